"""Keeps every mail as a file of its own: `python -m deploy.local.sink HOST:PORT FOLDER`.

A mail counts as taken once its file is on the disk. Nothing is ever sent on.
"""

import asyncio
import contextlib
import itertools
import os
import signal
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST = 20_000_000  # bytes
SUFFIX = ".eml"


class Keep:
    """Writes what comes to a folder, in the order in which it came."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._numbers = itertools.count()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        name = f"{time.time_ns():019d}-{next(self._numbers):06d}"
        await asyncio.to_thread(self._keep, name, bytes(envelope.original_content or b""))
        return "250 2.0.0 kept"

    def _keep(self, name: str, content: bytes) -> None:
        """Whole or not at all: a mail that is half written has another name."""
        half = self._folder / f"{name}.part"
        with half.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.rename(half.with_suffix(SUFFIX))


async def serve(address: str, folder: Path) -> None:
    """Until SIGTERM or SIGINT."""
    host, _, port = address.rpartition(":")
    loop = asyncio.get_running_loop()
    keep = Keep(folder)
    server = await loop.create_server(lambda: session(keep), host, int(port))
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    async with server:
        await stopping.wait()


def session(handler: object) -> SMTP:
    """One connection of a server that takes mail for everybody."""
    return SMTP(
        handler,
        hostname="localhost",
        ident="Renkei mail sink",
        data_size_limit=LARGEST,
        enable_SMTPUTF8=True,
        loop=asyncio.get_running_loop(),
    )


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(sys.argv[1], Path(sys.argv[2])))
