"""A service's database with the chassis on it, its relay, and commands to the shelf."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import asyncpg
import pytest

from chassis.commands import Commands
from chassis.database import CHASSIS_MIGRATIONS, connect, migrate
from chassis.deciding import Asked
from chassis.event_store import EventStore, RequestKey
from chassis.outbox import Relay
from contracts.actors import Actor, Role
from tests.chassis.shelf import SHELF, THINGS, THINGS_TABLE, Shelve, TakeOff
from tests.engines import Engines

NOW = datetime(2024, 8, 1, 0, 0, tzinfo=UTC)
WINDOW = Actor(role=Role.WINDOW, id="W-01", section="S01")


@pytest.fixture
async def dsn(engines: Engines) -> str:
    dsn = await engines.database("chassis")
    await migrate(dsn, CHASSIS_MIGRATIONS)
    return dsn


@pytest.fixture
async def pool(dsn: str) -> AsyncIterator[asyncpg.Pool]:
    pool = await connect(dsn, 12)
    await pool.execute(THINGS_TABLE)
    yield pool
    await pool.close()


@pytest.fixture
def store(pool: asyncpg.Pool) -> EventStore:
    return EventStore(pool, "/shelf")


@pytest.fixture
async def commands(store: EventStore) -> AsyncIterator[Commands]:
    commands = new_commands(store)
    commands.start()
    yield commands
    await commands.stop()


@pytest.fixture
async def topic(engines: Engines, request: pytest.FixtureRequest) -> str:
    name = f"renkei.{abs(hash(request.node.nodeid))}"
    await engines.topics(name)
    return name


@pytest.fixture
async def relay(store: EventStore, engines: Engines, topic: str) -> AsyncIterator[Relay]:
    relay = relay_of(store, engines, topic)
    task = asyncio.create_task(relay.run())
    yield relay
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def new_commands(store: EventStore, **more: object) -> Commands:
    return Commands(store, [SHELF], [THINGS], municipality="112089", **more)  # type: ignore[arg-type]


def shelve(
    id_: str, thing: str, request: str | None = None, digest: bytes | None = None, **more: object
) -> Asked:
    known_by = request and RequestKey(request, digest)
    return Asked(id_, Shelve(actor=WINDOW, at=NOW, thing=thing), known_by or None, **more)  # type: ignore[arg-type]


def take_off(id_: str, thing: str) -> Asked:
    return Asked(id_, TakeOff(actor=WINDOW, at=NOW, thing=thing))


def relay_of(store: EventStore, engines: Engines, topic: str) -> Relay:
    return Relay(store, engines.bootstrap, topic.removeprefix("renkei."), shards=frozenset(range(4)))
