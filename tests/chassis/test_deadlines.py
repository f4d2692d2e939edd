"""Deadlines: set and cancelled with the facts, issued once when due, by the clock that everybody shares."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from prometheus_client import REGISTRY

from chassis.clock import DevelopmentClock, system_clock
from chassis.commands import Commands
from chassis.deadlines import Cancel, Deadlines, Set, follow
from chassis.decider import Recorded
from chassis.deciding import Asked, Outcome
from chassis.event_store import EventStore
from contracts.actors import Actor, Role
from tests.chassis.conftest import NOW, new_commands, shelve, take_off
from tests.chassis.shelf import SHELF, THINGS, Shelve, Shelved, TakenOff

TIMER = Actor(role=Role.TIMER, id="deadlines")
LATER = NOW + timedelta(days=5)


def due(recorded: Recorded) -> Sequence[Set | Cancel]:
    """What is wanted is put there five days after the wish, unless it is taken off before."""
    match recorded.fact:
        case Shelved(thing="wish"):
            return [Set("fulfil", LATER, Shelve(actor=TIMER, at=NOW, thing="fulfilment"))]
        case Shelved(thing="danger"):
            return [Set("explode", LATER, Shelve(actor=TIMER, at=NOW, thing="bomb"))]
        case TakenOff(thing="wish"):
            return [Cancel("fulfil")]
        case _:
            return []


@pytest.fixture
def now() -> list[datetime]:
    return [NOW]


@pytest.fixture
def deadlines(store: EventStore, pool: asyncpg.Pool, now: list[datetime]) -> Deadlines:
    return Deadlines(pool, new_commands(store, follow=[follow(due)]), [SHELF], lambda: now[0])


async def things(store: EventStore) -> list[str]:
    history = await store.load("shelf/a")
    return [e.fact().thing for e in history if isinstance(e.fact(), Shelved)]  # type: ignore[attr-defined]


async def test_a_command_is_issued_when_it_is_due_and_not_before(
    store: EventStore, deadlines: Deadlines, now: list[datetime], pool: asyncpg.Pool
) -> None:
    await new_commands(store, follow=[follow(due)]).handle_many([shelve("a", "wish")])
    now[0] = LATER - timedelta(microseconds=1)
    assert await deadlines.issue() == 0
    now[0] = LATER
    assert await deadlines.issue() == 1
    assert await things(store) == ["wish", "fulfilment"]
    [_, done] = await store.load("shelf/a")
    assert (done.actor, done.time) == ("timer:deadlines", LATER)
    assert await deadlines.issue() == 0
    assert await pool.fetchval("select count(*) from deadlines") == 0


async def test_a_deadline_that_was_called_off_never_comes(
    store: EventStore, deadlines: Deadlines, now: list[datetime]
) -> None:
    await new_commands(store, follow=[follow(due)]).handle_many([shelve("a", "wish"), take_off("a", "wish")])
    now[0] = LATER + timedelta(days=1)
    assert await deadlines.issue() == 0
    assert await things(store) == ["wish"]


async def test_two_processes_issue_a_deadline_once(
    store: EventStore, deadlines: Deadlines, now: list[datetime], pool: asyncpg.Pool
) -> None:
    await new_commands(store, follow=[follow(due)]).handle_many([shelve("a", "wish")])
    now[0] = LATER
    other = Deadlines(pool, new_commands(store), [SHELF], lambda: now[0])
    await asyncio.gather(deadlines.issue(), other.issue())
    assert await things(store) == ["wish", "fulfilment"]


async def test_what_fails_when_it_is_due_keeps_nothing_else_from_being_issued(
    store: EventStore, deadlines: Deadlines, now: list[datetime], pool: asyncpg.Pool
) -> None:
    commands = new_commands(store, follow=[follow(due)])
    await commands.handle_many([shelve("b", "danger"), shelve("c", "danger"), shelve("a", "wish")])
    await pool.execute(
        """update deadlines set doc = doc || '{"command": "Forgotten"}' where key = 'shelf/c#explode'"""
    )
    now[0] = LATER
    assert await deadlines.issue() == 1
    assert await things(store) == ["wish", "fulfilment"]
    waiting = await pool.fetch("select key from deadlines order by key")
    assert [row["key"] for row in waiting] == ["shelf/b#explode", "shelf/c#explode"]
    assert REGISTRY.get_sample_value("renkei_deadlines_failing") == 2
    await commands.handle_many([take_off("a", "wish"), take_off("a", "fulfilment"), shelve("a", "wish")])
    assert await deadlines.issue() == 1  # what failed is not asked again and again meanwhile


async def test_a_deadline_set_anew_to_the_same_moment_is_issued_anew(
    store: EventStore, deadlines: Deadlines, now: list[datetime], pool: asyncpg.Pool
) -> None:
    commands = new_commands(store, follow=[follow(due)])
    await commands.handle_many([shelve("a", "wish")])
    now[0] = LATER
    assert await deadlines.issue() == 1
    await commands.handle_many([take_off("a", "wish"), take_off("a", "fulfilment"), shelve("a", "wish")])
    assert await deadlines.issue() == 1
    assert await things(store) == ["wish", "fulfilment", "wish", "fulfilment"]
    assert await pool.fetchval("select count(*) from deadlines") == 0


async def test_a_deadline_set_anew_while_it_is_issued_stays(
    store: EventStore, now: list[datetime], pool: asyncpg.Pool
) -> None:
    commands = new_commands(store, follow=[follow(due)])
    await commands.handle_many([shelve("a", "wish")])

    class Meanwhile(Commands):
        async def handle_many(self, batch: Sequence[Asked]) -> list[Outcome]:
            await commands.handle_many([take_off("a", "wish"), shelve("a", "wish")])
            return await super().handle_many(batch)

    now[0] = LATER
    asking = Meanwhile(store, [SHELF], [THINGS], municipality="112089")
    assert await Deadlines(pool, asking, [SHELF], lambda: now[0]).issue() == 1
    assert await pool.fetchval("select count(*) from deadlines") == 1


def test_the_development_clock_is_shared_and_flows_on(tmp_path: Path) -> None:
    here, there = DevelopmentClock(tmp_path / "clock.json"), DevelopmentClock(tmp_path / "clock.json")
    assert abs(here() - system_clock()) < timedelta(seconds=5)
    here.set(datetime(2024, 7, 31, tzinfo=UTC))
    assert timedelta() <= there() - datetime(2024, 7, 31, tzinfo=UTC) < timedelta(seconds=5)
    first = there()
    assert there() >= first
    there.set(datetime(2029, 4, 1, tzinfo=UTC))
    assert here().year == 2029
