"""Kafka, PostgreSQL and Zipkin of this run alone: on free ports, in a folder that goes away, ended with the run."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import asyncpg

from chassis import telemetry
from chassis.database import connect, migrate, migrations
from chassis.service import Parts, Service
from chassis.settings import Settings
from deploy.local import topics
from deploy.local.databases import create_database, in_database
from deploy.local.kafka import Kafka
from deploy.local.ports import any_free
from deploy.local.postgres import Postgres
from deploy.local.trouble import Trouble
from deploy.local.zipkin import Zipkin

Say = Callable[[str], None]

_numbers = count(1)


@dataclass(frozen=True)
class Bench:
    """What a measurement is given. `say` tells a person what is going on."""

    bootstrap: str
    admin_dsn: str
    quick: bool
    say: Say
    rounds: int = 3

    def scaled(self, whole: int, quick: int) -> int:
        """How much of something: as a rule, or when there is little time."""
        return quick if self.quick else whole

    async def database(self, hint: str, *services: Service) -> str:
        """The address of a new database; with the tables of a service, if one is given."""
        dsn = await create_database(self.admin_dsn, f"{hint}_{next(_numbers)}")
        for service in services:
            await migrate(dsn, *migrations(f"services.{service.name}"))
        return dsn

    async def topic(self, hint: str) -> str:
        """A new topic."""
        name = f"renkei.{hint}-{next(_numbers)}"
        await topics.create_topics(self.bootstrap, [name])
        return name

    @asynccontextmanager
    async def parts(self, service: Service) -> AsyncIterator[Parts]:
        """A service put together as its process would be, on a new database, not running."""
        dsn = await self.database(service.name, service)
        pool = await connect(dsn)
        try:
            yield service.parts(self._settings(dsn), pool)
        finally:
            pool.terminate()  # the audit log keeps its connection for as long as it lives

    async def settled(self, dsn: str) -> None:
        """Leaves nothing of what was just filled in for later: dead rows, statistics, a checkpoint."""
        admin = await asyncpg.connect(in_database(self.admin_dsn, dsn.rpartition("/")[2]))
        try:
            await admin.execute("vacuum (analyze)", timeout=120)
            await admin.execute("checkpoint", timeout=120)
        finally:
            await admin.close()

    def _settings(self, dsn: str) -> Settings:
        return Settings(environment="development", kafka=self.bootstrap, database=dsn)


def as_served() -> None:
    """What is here now, samples above all, is no work for the garbage collector: as in a service that starts."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@contextmanager
def engines(folder: Path, quick: bool, say: Say) -> Iterator[Bench]:
    """Started together; traces go to Zipkin where it can be had, as the services of the local stack send theirs."""
    kafka_port, controller_port, postgres_port, zipkin_port = any_free(4)
    logs = folder / "logs"
    kafka = Kafka(folder / "kafka", logs / "kafka.log", kafka_port, controller_port, tethered=True)
    postgres = Postgres(folder / "postgres", logs / "postgres.log", postgres_port, tethered=True)
    zipkin = Zipkin(logs / "zipkin.log", zipkin_port)
    zipkin.process.tethered = True

    async def start_kafka() -> None:
        await asyncio.to_thread(kafka.prepare, say)
        await kafka.start()

    async def start_postgres() -> None:
        await asyncio.to_thread(postgres.prepare)
        await postgres.start()

    async def start_zipkin() -> str:
        try:
            await asyncio.to_thread(zipkin.prepare, say)
            await zipkin.start()
        except Trouble as trouble:
            say(f"without Zipkin, so spans are made and not sent: {trouble}")
            return "none"
        return "zipkin"

    async def start() -> str:
        _, _, exporter = await asyncio.gather(start_kafka(), start_postgres(), start_zipkin())
        return exporter

    async def stop() -> None:
        await asyncio.gather(
            kafka.kill(), postgres.stop(), zipkin.kill()
        )  # nobody reads what they would write

    try:
        say("starting Kafka, PostgreSQL and Zipkin")
        exporter = asyncio.run(start())
        with _environment(
            OTEL_TRACES_EXPORTER=exporter,
            OTEL_EXPORTER_ZIPKIN_ENDPOINT=f"http://{zipkin.address}/api/v2/spans",
        ):
            provider = telemetry.set_up("bench")
        try:
            yield Bench(kafka.bootstrap, postgres.admin_dsn, quick, say)
        finally:
            provider.shutdown()
    finally:
        asyncio.run(stop())


@contextmanager
def _environment(**told: str) -> Iterator[None]:
    """Telemetry reads its settings from the environment; the stack that is started later must not."""
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
