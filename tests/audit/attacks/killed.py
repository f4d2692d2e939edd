"""`python killed.py DSN FOLDER KEY STEP WITNESS URL`: adds 300 facts, has them cosigned and publishes them, and is
killed before the n-th file.

Step 0: between the entries and their commit. The kernel ends it, as it would any process (SIGKILL).
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from chassis.database import connect
from services.audit import growth, publishing
from services.audit.log import Log
from services.audit.publishing import Publisher
from services.audit.standing import Standing, Witness
from services.audit.tlog.notes import Key, Signer
from tests.audit.attacks.town import START, facts


def end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def main(dsn: str, folder: str, key: str, step: int, vkey: str, url: str) -> None:
    keep, write, left = growth.Grown.keep, publishing._write, iter(range(step - 1))

    async def kept_and_killed(self: growth.Grown, *given: object) -> None:
        await keep(self, *given)  # type: ignore[arg-type]
        end()

    def written_or_killed(file: Path, data: bytes) -> None:
        if next(left, None) is None:
            end()
        write(file, data)

    if step == 0:
        growth.Grown.keep = kept_and_killed  # type: ignore[assignment, method-assign]
    publishing._write = written_or_killed
    pool, standing = await connect(dsn), Standing([Witness(Key.read(vkey), url)])
    await Log(pool, lambda: START, Signer.read(key), standing)(facts(300))
    await Publisher(pool, Path(folder), standing).publish()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), *sys.argv[5:7]))
