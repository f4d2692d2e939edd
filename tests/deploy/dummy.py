"""A part that starts in a moment: a small HTTP server, kept as any other."""

import asyncio
import sys
from pathlib import Path

from deploy.local.jars import Progress, silent
from deploy.local.ports import free
from deploy.local.process import Process

_SERVER = """
import sys, http.server
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


class Dummy:
    """`lively` False: it answers, but says of itself that it is beyond help."""

    def __init__(self, folder: Path, port: int, program: str = _SERVER) -> None:
        self.port = port
        self.lively = True
        command = [sys.executable, "-I", "-S", "-c", program, str(port)]
        self.process = Process(command, folder / "dummy.log", tethered=True)

    def prepare(self, _progress: Progress = silent) -> None: ...

    async def launch(self) -> None:
        self.process.start()

    async def ready(self) -> bool:
        await asyncio.sleep(0)
        return self.lively and not free(self.port)

    async def alive(self) -> bool:
        return self.lively

    async def stop(self) -> None:
        await self.process.stop(grace=5.0)
