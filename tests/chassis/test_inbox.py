"""From Kafka into another service's streams, on the real engines."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from operator import attrgetter

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import KafkaError

from chassis.commands import Commands
from chassis.database import CHASSIS_MIGRATIONS, connect, migrate
from chassis.dead_letters import DeadLetters
from chassis.decider import Command, Recorded
from chassis.deciding import Deciding, Outcome
from chassis.event_store import EventStore
from chassis.inbox import Inbox, Reaction, Reactions, again
from chassis.outbox import Relay
from contracts.actors import Actor, Role
from contracts.cloudevents import headers
from contracts.fact import Fact
from deploy.local.topics import PARTITIONS
from tests.chassis.conftest import NOW, new_commands, shelve
from tests.chassis.shelf import SHELF, THINGS_TABLE, Shelve, Shelved
from tests.engines import Engines
from tests.waiting import until

Tell = Callable[[bytes | None, bytes | None, list[tuple[str, bytes | None]]], Awaitable[None]]

SERVICE = Actor(role=Role.SERVICE, id="copy")


def copy_on_the_shelf(told: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """Whatever is shelved there is shelved here as well."""
    assert isinstance(told.fact, Shelved)
    return [(told.id, Shelve(actor=SERVICE, at=at, thing=told.fact.thing))]


REACTIONS: dict[type[Fact], Reaction] = {Shelved: copy_on_the_shelf}


class Copy:
    """Another service, which copies what it hears."""

    def __init__(self, engines: Engines, pool: asyncpg.Pool, topic: str) -> None:
        self.pool = pool
        self.letters = DeadLetters(pool)
        self.commands = new_commands(EventStore(pool, "/copy"))
        self.take = Reactions("copy", REACTIONS, self.commands, lambda: NOW)
        self.group = f"copy-{topic}"
        self._engines = engines
        self._topic = topic
        self.inbox = self.new_inbox()

    def new_inbox(self) -> Inbox:
        return Inbox(self._engines.bootstrap, self.group, [self._topic], self.take, self.letters)

    async def things(self) -> list[str]:
        rows = await self.pool.fetch("select stream, body from events order by stream, version")
        return [f"{row['stream']}:{Shelved.model_validate_json(row['body']).thing}" for row in rows]


@pytest.fixture
async def copy(engines: Engines, topic: str) -> AsyncIterator[Copy]:
    dsn = await engines.database("copy")
    await migrate(dsn, CHASSIS_MIGRATIONS)
    pool = await connect(dsn, 12)
    await pool.execute(THINGS_TABLE)
    copy = Copy(engines, pool, topic)
    await copy.inbox.start()
    yield copy
    await copy.inbox.stop()
    await pool.close()


@pytest.fixture
async def tell(engines: Engines, topic: str) -> AsyncIterator[Tell]:
    """Puts a record of our making on the topic."""
    producer = AIOKafkaProducer(bootstrap_servers=engines.bootstrap)
    await producer.start()

    async def tell(key: bytes | None, value: bytes | None, pairs: list[tuple[str, bytes | None]]) -> None:
        await producer.send_and_wait(topic, value, key, headers=pairs)

    yield tell
    await producer.stop()


def a_record(key: str, thing: str) -> list[tuple[str, bytes | None]]:
    """Headers of a fact that never was in a store, as the chassis makes them."""
    deciding = Deciding([SHELF], [], "/shelf", "112089")
    outcomes: list[Outcome | None] = [None]
    deciding.decide([shelve(key, thing)], [0], {}, {}, outcomes)
    match outcomes:
        case [[recorded]]:
            return [*headers(recorded.envelope)]
    raise AssertionError(outcomes)


async def test_a_fact_there_becomes_a_fact_here_once(
    commands: Commands, relay: Relay, copy: Copy, pool: asyncpg.Pool, topic: str
) -> None:
    await asyncio.gather(*(commands.handle(shelve(f"s{n % 100}", f"t{n}")) for n in range(300)))
    assert await until(lambda: copy.pool.fetchval("select count(*) = 300 from events"))
    causes = await copy.pool.fetch("select cause from events")
    told = await pool.fetch("select id from events")
    assert sorted(row["cause"] for row in causes) == sorted(row["id"] for row in told)


async def test_a_batch_that_comes_again_changes_nothing(
    commands: Commands, relay: Relay, copy: Copy, engines: Engines, topic: str
) -> None:
    await asyncio.gather(*(commands.handle(shelve(f"s{n}", "t")) for n in range(50)))
    assert await until(lambda: copy.pool.fetchval("select count(*) = 50 from events"))
    await copy.inbox.stop()
    copy.group += "-again"  # a group without offsets reads everything from the start
    copy.inbox = copy.new_inbox()
    await copy.inbox.start()
    await commands.handle(shelve("s0", "last"))
    assert await until(lambda: copy.pool.fetchval("select count(*) = 51 from events"))


BAD = {
    "no body": (None, {}, "NoBody"),
    "no JSON": (b"{", {}, "WrongShape"),
    "wrong shape": (b'{"thing": 7}', {}, "WrongShape"),
    "unknown version": (b"{}", {"ce_type": b"renkei.shelf.Shelved.v9"}, "UnknownVersion"),
    "header not UTF-8": (b"{}", {"ce_actor": b"\xff\xfe"}, "NotACloudEvent"),
    "header missing": (b"{}", {"ce_id": b""}, "NotACloudEvent"),
}


@pytest.mark.parametrize("kind", BAD)
async def test_a_bad_record_is_set_aside_with_its_reason_and_its_key_waits(
    kind: str, copy: Copy, tell: Tell
) -> None:
    value, changed, reason = BAD[kind]
    good = a_record("bad", "x")
    await tell(b"bad", value, [(name, changed.get(name, v)) for name, v in good])
    await tell(b"bad", b'{"thing": "later"}', a_record("bad", "later"))
    await tell(b"good", b'{"thing": "x"}', a_record("good", "x"))
    assert await until(lambda: copy.pool.fetchval("select count(*) = 2 from dead_letters"))
    assert await until(lambda: copy.pool.fetchval("select count(*) = 1 from events"))
    assert await copy.things() == ["shelf/good:x"]
    letters = await copy.letters.list()
    assert sorted(letter["reason"] for letter in letters) == sorted([reason, "WaitsForEarlier"])
    assert await copy.pool.fetchval("select value from dead_letters where reason = $1", reason) == value


async def test_an_unknown_type_is_set_aside_and_keeps_nobody_waiting(copy: Copy, tell: Tell) -> None:
    pairs = a_record("k", "x")
    await tell(b"k", b"{}", [(n, b"renkei.shelf.Invented.v1" if n == "ce_type" else v) for n, v in pairs])
    await tell(b"k", b'{"thing": "x"}', a_record("k", "x"))
    assert await until(lambda: copy.pool.fetchval("select count(*) = 1 from dead_letters"))
    assert await until(lambda: copy.pool.fetchval("select count(*) = 1 from events"))
    assert [letter["reason"] for letter in await copy.letters.list()] == ["UnknownType"]


async def test_what_keeps_failing_waits_with_its_key_and_goes_through_when_replayed(
    commands: Commands, relay: Relay, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = True

    def sometimes(told: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
        if broken and told.id == "sick":
            raise LookupError("a fault in a reaction")
        return copy_on_the_shelf(told, at)

    monkeypatch.setitem(REACTIONS, Shelved, sometimes)
    for thing in ("1", "2", "3"):
        await commands.handle(shelve("sick", thing))
        await commands.handle(shelve("well", thing))
    assert await until(lambda: copy.pool.fetchval("select count(*) = 3 from dead_letters"))
    assert await until(lambda: copy.pool.fetchval("select count(*) = 3 from events"))
    assert {thing.partition(":")[0] for thing in await copy.things()} == {"shelf/well"}
    first = (await copy.letters.list())[0]
    place = (first["topic"], first["partition"], first["offset"])
    with pytest.raises(LookupError):
        await copy.letters.replay(*place, again(copy.take))
    broken = False
    assert await copy.letters.replay(*place, again(copy.take)) == 3
    assert [t for t in await copy.things() if t.startswith("shelf/sick")] == [
        "shelf/sick:1",
        "shelf/sick:2",
        "shelf/sick:3",
    ]
    assert await copy.letters.count() == 0
    await commands.handle(shelve("later", "x"))
    assert await until(lambda: copy.pool.fetchval("select count(*) = 7 from events"))


async def test_what_is_told_of_a_fault_quotes_nobody(
    commands: Commands,
    relay: Relay,
    copy: Copy,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def quoting(told: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
        raise ValueError("no number: 'the idea of somebody'")

    monkeypatch.setitem(REACTIONS, Shelved, quoting)
    await commands.handle(shelve("a", "x"))
    assert await until(lambda: copy.pool.fetchval("select count(*) = 1 from dead_letters"))
    [letter] = await copy.letters.list()
    with pytest.raises(ValueError, match="no number"):
        await copy.letters.replay(letter["topic"], letter["partition"], letter["offset"], again(copy.take))
    [again_] = await copy.letters.list()
    for said in (letter, again_):
        assert said["reason"] == "ValueError"
        assert "test_inbox.py:" in said["detail"]
        assert "idea" not in said["detail"]
    assert "set aside" in caplog.text
    assert "idea" not in caplog.text


async def test_a_stray_cancellation_does_not_end_the_consumer_unseen(
    commands: Commands, relay: Relay, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    strays = [asyncio.CancelledError()]

    def stray(told: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
        if strays:
            raise strays.pop()
        return copy_on_the_shelf(told, at)

    monkeypatch.setitem(REACTIONS, Shelved, stray)
    await commands.handle(shelve("a", "x"))
    assert await until(lambda: not strays)
    await commands.handle(shelve("a", "y"))
    assert await until(lambda: copy.pool.fetchval("select count(*) = 2 from events"))
    assert copy.inbox.alive()


@pytest.mark.parametrize(
    "part", ["_client._sync_task", "_coordinator._coordination_task", "_fetcher._fetch_task"]
)
async def test_a_part_of_the_consumer_that_has_ended_is_seen(copy: Copy, part: str) -> None:
    """Each of them could end for a reason of its own, and all others would wait for it for ever."""
    assert copy.inbox.alive()
    attrgetter(part)(copy.inbox._subscriber.consumer).cancel()
    assert await until(lambda: not copy.inbox.alive())


async def test_a_start_that_went_half_way_leaves_nobody_in_the_group(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, failures = AIOKafkaConsumer.start, [KafkaError("lost after it had joined")]

    async def half_way(consumer: AIOKafkaConsumer) -> None:
        await start(consumer)
        if failures:
            raise failures.pop()

    monkeypatch.setattr(AIOKafkaConsumer, "start", half_way)
    copy.group += "-half-way"
    inbox = copy.new_inbox()
    await inbox.start()
    assert not failures
    assert len(inbox._subscriber.consumer.assignment()) == PARTITIONS
    await inbox.stop()
