"""The whole local stack for tests: its own home, its own ports, gone after the test run."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import orjson
import psutil
import pytest
from rich.console import Console

from deploy.local import client
from deploy.local.passwords import AUDITOR
from deploy.local.ports import Ports, free_base
from deploy.local.settings import Settings
from deploy.local.stack import dsn
from deploy.local.state import PartState
from tests.spans import Spans, collecting
from tests.waiting import until

PACKS = Path(__file__).parent / "guidelines" / "packs"
REVISIONS = (  # edition, its first day, what becomes of running cases
    ("tokorozawa/2031-10", "2031-10-01", "keep"),
    ("tokorozawa/2032-04", "2032-04-01", "migrate"),
)


@dataclass
class RunningStack:
    """A stack that somebody may break: the supervisor is what mends it."""

    settings: Settings
    spans: Spans
    packs: Path  # further editions of the guideline, which the services know

    @property
    def address(self) -> str:
        """The one address for people."""
        return self.settings.front

    @property
    def environment(self) -> dict[str, str]:
        """For the `renkei` command."""
        return self.settings.for_supervisor()

    @property
    def log(self) -> str:
        """The audit database, for reading."""
        return dsn(self.settings, AUDITOR, "audit")

    def part(self, name: str) -> PartState:
        state, running = client.status(self.settings)
        assert state is not None
        assert running, "the supervisor is gone"
        return next(part for part in state.parts if part.name == name)

    def process(self, name: str) -> psutil.Process:
        pid = self.part(name).pid
        assert pid is not None, f"{name} has no process"
        return psutil.Process(pid)

    def forget_the_clock(self) -> None:
        """From here on it is now, for every service."""
        (self.settings.home / "clock.json").unlink(missing_ok=True)

    def kill(self, name: str) -> None:
        """SIGKILL, from outside. PostgreSQL's own processes end with their parent."""
        self.process(name).kill()

    async def ready(self, within: float = 60.0) -> bool:
        """Whether everything is ready again, without anybody's help."""

        def all_ready() -> bool:
            state, running = client.status(self.settings)
            return running and state is not None and state.usable

        return await until(all_ready, within)

    @asynccontextmanager
    async def database(self, service: str) -> AsyncIterator[asyncpg.Connection]:
        """The service's own way into its database."""
        connection = await asyncpg.connect(dsn(self.settings, service))
        try:
            yield connection
        finally:
            await connection.close()


@contextmanager
def running_stack(home: Path) -> Iterator[RunningStack]:
    """Up, and whatever happens down again."""
    settings = Settings(home=home, ports=Ports(free_base()), traces=False, own_telemetry=True)
    settings.make_home()
    with collecting() as (spans, address), pytest.MonkeyPatch.context() as environment:
        environment.setenv("OTEL_TRACES_EXPORTER", "zipkin")
        environment.setenv("OTEL_EXPORTER_ZIPKIN_ENDPOINT", address)
        environment.setenv("OTEL_BSP_SCHEDULE_DELAY", "500")
        packs = revised(home / "packs")
        with pytest.MonkeyPatch.context() as for_services:
            for_services.setenv("RENKEI_GUIDELINES", str(packs))
            client.up(settings, Console(quiet=True))
        try:
            yield RunningStack(settings, spans, packs)
        finally:
            client.down(settings)


def revised(folder: Path) -> Path:
    """The revisions of the tests, in force so late that only who sets the clock that far meets them."""
    for id_, effective, running_cases in REVISIONS:
        pack = folder / id_
        shutil.copytree(PACKS / "tokorozawa" / "2024-10", pack)
        edition = orjson.loads((pack / "edition.json").read_bytes())
        changed = {"id": id_, "effective": effective, "running_cases": running_cases}
        (pack / "edition.json").write_bytes(orjson.dumps({**edition, **changed}))
    return folder


async def finished(process: asyncio.subprocess.Process, within: float) -> tuple[int, str]:
    """Exit code and output of a command."""
    output, _ = await asyncio.wait_for(process.communicate(), within)
    assert process.returncode is not None
    return process.returncode, output.decode()
