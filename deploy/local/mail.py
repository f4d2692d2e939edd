"""The mail sink: a mail server that keeps what it is given, and sends nothing on."""

import asyncio
import sys
from pathlib import Path

from deploy.local.jars import Progress, silent
from deploy.local.process import Process, until_ready
from deploy.local.settings import ROOT


class MailSink:
    """`python -m deploy.local.sink`, beside the services. Without it mail waits, and nothing breaks."""

    def __init__(self, folder: Path, log: Path, address: str) -> None:
        self.address = address
        command = [sys.executable, "-m", "deploy.local.sink", address, str(folder)]
        self.process = Process(command, log, folder=ROOT, patient=True)

    def prepare(self, _progress: Progress = silent) -> None:
        """Nothing to fetch."""

    async def launch(self) -> None:
        self.process.start()

    async def start(self, within: float = 20.0) -> None:
        """Launch it and wait until it answers."""
        await self.launch()
        await until_ready("The mail sink", self.process, self.ready, within)

    async def ready(self) -> bool:
        return await greets(self.address)

    async def alive(self) -> bool:
        return True

    async def stop(self) -> None:
        await self.process.stop(grace=5.0)

    async def kill(self) -> None:
        await self.process.kill()


async def greets(address: str) -> bool:
    """Whether a mail server says there that it is ready (RFC 5321: 220)."""
    host, _, port = address.rpartition(":")
    try:
        async with asyncio.timeout(5):
            reader, writer = await asyncio.open_connection(host.strip("[]"), int(port))
            try:
                return (await reader.readline()).startswith(b"220")
            finally:
                writer.close()
    except (OSError, TimeoutError, ValueError):
        return False
