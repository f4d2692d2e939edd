"""The witness of this stack's log: a process with a key and a store of its own, which cosigns what extends."""

import asyncio
import sys
from pathlib import Path

from deploy.local.jars import Progress, silent
from deploy.local.process import Process
from deploy.local.settings import ROOT


class Witness:
    """`python -m services.audit.witness`. Without it the log is published without its cosignature, and says so."""

    def __init__(self, address: str, key: Path, folder: Path, policy: Path, log: Path) -> None:
        self.address = address
        command = [
            sys.executable,
            "-m",
            "services.audit.witness",
            address,
            str(key),
            str(folder),
            str(policy),
        ]
        self.process = Process(command, log, folder=ROOT, patient=True)

    def prepare(self, _progress: Progress = silent) -> None:
        """Nothing to fetch."""

    async def launch(self) -> None:
        self.process.start()

    async def ready(self) -> bool:
        """It takes connections."""
        host, _, port = self.address.rpartition(":")
        try:
            async with asyncio.timeout(5):
                _, writer = await asyncio.open_connection(host, int(port))
        except (OSError, TimeoutError):
            return False
        writer.close()
        return True

    async def alive(self) -> bool:
        return True

    async def stop(self) -> None:
        await self.process.stop(grace=5.0)

    async def kill(self) -> None:
        await self.process.kill()
