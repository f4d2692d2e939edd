"""`python -m services.audit.witness HOST:PORT KEY FOLDER POLICY`: a witness of the logs that a policy names.

KEY is the file of its secret key, FOLDER where it keeps what it has seen. It ends with SIGTERM or SIGINT.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from aiohttp import web

from chassis.clock import system_clock
from services.audit.tlog.notes import WITNESS, NotAKey, Signer
from services.audit.verifier.notes import Key
from services.audit.verifier.policy import policy
from services.audit.verifier.verdict import Refusal
from services.audit.witness.server import application
from services.audit.witness.store import Store


async def serve(address: str, signer: Signer, folder: Path, logs: Sequence[Key]) -> None:
    by_origin = {log.name: [each for each in logs if each.name == log.name] for log in logs}
    app = application(signer, by_origin, Store(folder), lambda: system_clock().timestamp())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    host, _, port = address.rpartition(":")
    await web.TCPSite(runner, host, int(port)).start()
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await stopping.wait()
    await runner.cleanup()


def main() -> None:
    match sys.argv[1:]:
        case [address, key, folder, trusted]:
            try:
                signer = Signer.read(Path(key).read_text())
                if signer.type != WITNESS:
                    raise NotAKey(f"{key} holds the key of a log, not of a witness.")
                logs = policy(Path(trusted).read_bytes()).logs
                asyncio.run(serve(address, signer, Path(folder), logs))
            except (OSError, NotAKey, Refusal) as error:
                raise SystemExit(f"The witness cannot start: {error}") from None
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
