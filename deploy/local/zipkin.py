"""Zipkin, where a person looks at traces. Nothing else waits for it, and nothing breaks without it."""

from pathlib import Path

import aiohttp

from deploy.local.jars import Progress, class_path
from deploy.local.java import java_command
from deploy.local.process import Process, until_ready

LOCK = Path(__file__).with_name("zipkin.lock")
_SPANS_KEPT = 60_000  # in memory; more of them do not fit into the heap


class Zipkin:
    """The embedded trace viewer. It keeps traces in memory, so that its restart forgets them."""

    def __init__(self, log: Path, port: int) -> None:
        self.address = f"127.0.0.1:{port}"
        self._port = port
        self.process = Process([], log, patient=True)

    def prepare(self, progress: Progress) -> None:
        """Fetch the program, unless it is there."""
        settings = {
            # By default it listens on every interface. A list is replaced as a whole, hence the protocol
            "armeria.ports[0].ip": "127.0.0.1",
            "armeria.ports[0].port": self._port,
            "armeria.ports[0].protocols[0]": "http",
            "zipkin.storage.mem.max-spans": _SPANS_KEPT,
        }
        options = [f"-D{name}={value}" for name, value in settings.items()]
        options.append("-XX:+ExitOnOutOfMemoryError")
        jars = class_path(LOCK, progress)
        self.process.command = java_command(
            "org.springframework.boot.loader.launch.JarLauncher", jars, "128m", options
        )

    async def launch(self) -> None:
        self.process.start()

    async def start(self, within: float = 60.0) -> None:
        """Launch it and wait until it answers."""
        await self.launch()
        await until_ready("Zipkin", self.process, self.ready, within)

    async def ready(self) -> bool:
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session,
                session.get(f"http://{self.address}/health") as answer,
            ):
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def alive(self) -> bool:
        return True

    async def stop(self) -> None:
        await self.process.stop(grace=5.0)

    async def kill(self) -> None:
        await self.process.kill()
