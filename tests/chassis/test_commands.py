"""Commands over the real event store: collected, decided, appended, remembered."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace

import asyncpg
import pytest

from chassis.commands import Commands
from chassis.decider import NotYours, Refused
from chassis.deciding import Asked, Deciding, KeyUsedBefore
from chassis.event_store import EventStore, History
from contracts.actors import Actor, Role
from tests.chassis.conftest import NOW, WINDOW, new_commands, shelve, take_off
from tests.chassis.shelf import SHELF, Assemble, Assembled, ShelfFull, Shelved, TakeOff


async def test_facts_are_stored_with_their_envelope(commands: Commands, store: EventStore) -> None:
    [recorded] = await commands.handle(shelve("a", "茶碗", cause="why"))
    [stored] = await store.load("shelf/a")
    assert stored == recorded.envelope
    assert stored.fact() == Shelved(thing="茶碗")
    assert (stored.version, stored.case, stored.actor, stored.cause) == (1, "a", "window:W-01:S01", "why")
    assert stored.time == NOW


async def test_a_refusal_leaves_no_trace(commands: Commands, pool: asyncpg.Pool) -> None:
    for thing in "abc":
        await commands.handle(shelve("full", thing))
    with pytest.raises(ShelfFull):
        await commands.handle(shelve("full", "d"))
    assert await pool.fetchval("select count(*) from events") == 3
    assert await pool.fetchval("select count(*) from outbox") == 3


def test_a_command_that_two_deciders_take_is_refused_at_the_start() -> None:
    other = replace(SHELF, kind="other")
    with pytest.raises(TypeError, match="taken by two deciders"):
        Deciding([SHELF, other], [], "/shelf", "112089")


async def test_only_the_roles_named_may_ask(commands: Commands) -> None:
    asked = shelve("a", "x")
    reviewer = asked.command.model_copy(update={"actor": Actor(role=Role.REVIEWER, id="REV-01")})
    with pytest.raises(NotYours):
        await commands.handle(type(asked)("a", reviewer))


async def test_a_hundred_callers_at_one_stream_are_decided_one_after_the_other(
    commands: Commands, store: EventStore
) -> None:
    answers = await asyncio.gather(
        *(commands.handle(shelve("one", f"t{n}")) for n in range(100)), return_exceptions=True
    )
    assert sum(isinstance(answer, list) for answer in answers) == 3
    assert sum(isinstance(answer, ShelfFull) for answer in answers) == 97
    assert [e.version for e in await store.load("shelf/one")] == [1, 2, 3]


async def test_two_writers_in_two_processes_lose_and_double_nothing(
    store: EventStore, pool: asyncpg.Pool
) -> None:
    both = [new_commands(store), new_commands(store)]
    for one in both:
        one.start()
    asked = [(both[n % 2], shelve(f"s{n % 10}", f"t{n}")) for n in range(200)]
    answers = await asyncio.gather(*(one.handle(ask) for one, ask in asked), return_exceptions=True)
    for one in both:
        await one.stop()
    accepted = [answer for answer in answers if isinstance(answer, list)]
    assert {type(answer) for answer in answers} <= {list, ShelfFull}
    assert len(accepted) == 30
    rows = await pool.fetch(
        "select stream, array_agg(version order by version) as versions from events group by stream"
    )
    assert {tuple(row["versions"]) for row in rows} == {(1, 2, 3)}
    assert await pool.fetchval("select count(*) from outbox") == 30
    assert await pool.fetchval("select count(*) from things") == 30


async def test_the_same_request_again_gets_the_same_facts(commands: Commands, pool: asyncpg.Pool) -> None:
    first = await commands.handle(shelve("a", "x", request="http:shelf/a:1"))
    await commands.handle(take_off("a", "x"))
    again = await commands.handle(shelve("a", "x", request="http:shelf/a:1"))
    assert [r.envelope.id for r in again] == [r.envelope.id for r in first]
    assert await pool.fetchval("select count(*) from events") == 2


async def test_the_same_request_at_once_is_acted_on_once(commands: Commands, pool: asyncpg.Pool) -> None:
    answers = await asyncio.gather(*(commands.handle(shelve("a", "x", request="r")) for _ in range(20)))
    assert len({answer[0].envelope.id for answer in answers}) == 1
    assert await pool.fetchval("select count(*) from events") == 1


async def test_a_key_with_another_command_is_refused(commands: Commands) -> None:
    await commands.handle(shelve("a", "x", request="r", digest=b"x"))
    with pytest.raises(KeyUsedBefore):
        await commands.handle(shelve("a", "y", request="r", digest=b"y"))


async def test_a_batch_is_one_transaction_and_answers_in_order(
    commands: Commands, pool: asyncpg.Pool
) -> None:
    outcomes = await commands.handle_many(
        [
            shelve("a", "x"),
            shelve("b", "x"),
            shelve("a", "x"),
            take_off("a", "x"),
            *(shelve("b", t) for t in "123"),
        ]
    )
    assert [len(o) if isinstance(o, list) else type(o) for o in outcomes] == [1, 1, 0, 1, 1, 1, ShelfFull]
    assert await pool.fetchval("select count(distinct xid) from events") == 1


async def test_what_led_to_nothing_is_remembered_where_that_matters(
    commands: Commands, pool: asyncpg.Pool
) -> None:
    await commands.handle_many([shelve("a", "x")])
    nothing = shelve("a", "x", request="fact-1/a", settled=True)
    assert await commands.handle_many([nothing]) == [[]]
    await commands.handle(take_off("a", "x"))
    assert await commands.handle_many([nothing]) == [[]]
    assert await pool.fetchval("select count(*) from events") == 2


async def test_read_models_are_written_with_their_facts(commands: Commands, pool: asyncpg.Pool) -> None:
    await commands.handle(shelve("a", "x"))
    assert await pool.fetchval("select doc from things where key = 'a.x'") == {"thing": "x", "shelf": "a"}
    await commands.handle(take_off("a", "x"))
    assert await pool.fetchval("select count(*) from things") == 0


async def test_a_fault_in_the_domain_reaches_its_callers_and_the_writer_goes_on(commands: Commands) -> None:
    with pytest.raises(ZeroDivisionError):
        await commands.handle(shelve("a", "bomb"))
    assert len(await commands.handle(shelve("a", "x"))) == 1


async def test_a_fault_in_the_domain_reaches_nobody_else_of_its_batch(commands: Commands) -> None:
    asked = [shelve("a", "x"), shelve("b", "bomb"), shelve("c", "x")]
    a, b, c = await asyncio.gather(*map(commands.handle, asked), return_exceptions=True)
    assert isinstance(b, ZeroDivisionError)
    assert [len(facts) for facts in (a, c) if isinstance(facts, list)] == [1, 1]


async def test_what_the_database_cannot_store_fails_alone(commands: Commands) -> None:
    asked = [shelve("a", "x"), shelve("b", "\x00"), shelve("c", "x")]
    a, b, c = await asyncio.gather(*map(commands.handle, asked), return_exceptions=True)
    assert isinstance(b, asyncpg.PostgresError)
    assert [len(facts) for facts in (a, c) if isinstance(facts, list)] == [1, 1]


async def test_every_outcome_is_facts_or_a_named_refusal(commands: Commands) -> None:
    outcomes = await commands.handle_many([shelve("z", t) for t in "abcd"] + [take_off("z", "a")])
    assert all(isinstance(o, list | Refused) for o in outcomes)
    assert isinstance(TakeOff.by, frozenset)


async def test_a_stream_that_is_opened_is_not_looked_up_unless_it_was_not_new(
    commands: Commands, store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    histories = store.histories

    async def watched(streams: Iterable[str]) -> dict[str, History]:
        looked_up.extend(streams)
        return await histories(streams)

    monkeypatch.setattr(store, "histories", watched)
    assert len(await commands.handle(assemble("new", "x"))) == 1
    assert looked_up == []
    with pytest.raises(Assembled):
        await commands.handle(assemble("new", "y"))
    assert looked_up == ["shelf/new"]


async def test_what_follows_an_opening_in_its_batch_is_decided_on_what_is_there(commands: Commands) -> None:
    await commands.handle(shelve("a", "x"))
    outcomes = await commands.handle_many(
        [assemble("a", "nothing"), take_off("a", "x"), assemble("b", "y"), take_off("b", "y")]
    )
    assert [len(o) if isinstance(o, list) else type(o) for o in outcomes] == [Assembled, 1, 1, 1]
    outcomes = await commands.handle_many([take_off("b", "y"), assemble("b", "z")])
    assert [len(o) for o in outcomes if isinstance(o, list)] == [0, 1]


def assemble(id_: str, thing: str) -> Asked:
    return Asked(id_, Assemble(actor=WINDOW, at=NOW, thing=thing))
