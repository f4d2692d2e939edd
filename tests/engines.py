"""Real Kafka and PostgreSQL for tests: embedded, or in containers with STACK=containers."""

import asyncio
import itertools
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from chassis.database import migrate, migrations
from deploy.local import topics
from deploy.local.databases import create_database
from deploy.local.kafka import Kafka
from deploy.local.ports import any_free
from deploy.local.postgres import Postgres
from tests.containers import contained

_numbers = itertools.count(1)


async def copied(admin_dsn: str, dsn: str, number: int) -> str:
    """A copy of a database to which nobody is connected, for the same role."""
    parts = urlsplit(dsn)
    role, name = parts.username, f"{parts.path[1:]}_{number}"
    admin = await asyncpg.connect(admin_dsn)
    try:
        await admin.execute(f'create database "{name}" owner "{role}" template "{role}" strategy wal_log')
    finally:
        await admin.close()
    return urlunsplit(parts._replace(path=f"/{name}"))


class Breakable(Protocol):
    """An engine that a test may stop, kill and start again: same address, and what it kept is still there."""

    async def start(self) -> None: ...
    async def stop(self) -> None: ...
    async def kill(self) -> None: ...
    async def restart(self) -> None: ...
    async def ready(self) -> bool: ...


class Engines:
    """The engines are the whole session's, so each test asks for databases and topics of its own."""

    def __init__(self, bootstrap: str, admin_dsn: str, kafka: Breakable, postgres: Breakable) -> None:
        self.bootstrap = bootstrap
        self.admin_dsn = admin_dsn
        self.kafka = kafka
        self.postgres = postgres
        self._migrated: dict[str, str] = {}  # by package

    async def database(self, hint: str = "test") -> str:
        """Address of a new empty database with a role of its own, who owns it."""
        return await create_database(self.admin_dsn, f"{hint}_{next(_numbers)}")

    async def of(self, package: str) -> str:
        """Address of a new database of the service in this package, with its tables: a copy of a migrated one."""
        if package not in self._migrated:
            dsn = await self.database(package.rpartition(".")[2])
            await migrate(dsn, *migrations(package))
            self._migrated[package] = dsn
        return await copied(self.admin_dsn, self._migrated[package], next(_numbers))

    async def topics(self, *names: str, partitions: int = topics.PARTITIONS) -> None:
        """Create topics, as far as they do not exist."""
        await topics.create_topics(self.bootstrap, names, partitions)

    async def healed(self) -> None:
        """Start again whichever engine a test has left down."""
        for engine in (self.kafka, self.postgres):
            if not await engine.ready():
                await engine.restart()


@contextmanager
def embedded(folder: Path) -> Iterator[Engines]:
    """The engines of the local stack, on ports that nobody uses, with data that ends with the test run."""
    kafka_port, controller_port, postgres_port = any_free(3)
    logs = folder / "logs"
    kafka = Kafka(folder / "kafka", logs / "kafka.log", kafka_port, controller_port, tethered=True)
    settings = {
        "fsync": "off"
    }  # what a killed server wrote is still there, and no machine goes down in a test
    postgres = Postgres(
        folder / "postgres", logs / "postgres.log", postgres_port, tethered=True, settings=settings
    )

    async def start() -> None:
        await asyncio.gather(_prepare_kafka(kafka), _prepare_postgres(postgres))

    async def stop() -> None:
        await asyncio.gather(kafka.kill(), postgres.stop())  # nobody will read what Kafka would still write

    try:
        asyncio.run(start())
        yield Engines(kafka.bootstrap, postgres.admin_dsn, kafka, postgres)
    finally:
        asyncio.run(stop())


async def _prepare_kafka(kafka: Kafka) -> None:
    await asyncio.to_thread(kafka.prepare, _say)
    await kafka.start()


async def _prepare_postgres(postgres: Postgres) -> None:
    await asyncio.to_thread(postgres.prepare)
    await postgres.start()


def _say(words: str) -> None:
    print(f"Kafka: {words}", file=sys.__stderr__, flush=True)  # past pytest's capture: somebody waits


@contextmanager
def engines_of_choice(folder: Path) -> Iterator[Engines]:
    if os.environ.get("STACK") == "containers":
        with contained() as parts:
            yield Engines(*parts)
    else:
        with embedded(folder) as engines:
            yield engines
