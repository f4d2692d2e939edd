"""A stream that is presumed new is decided without a look at it: that must never make a difference."""

from collections.abc import Sequence

import asyncpg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.commands import Commands
from chassis.decider import Refused
from chassis.deciding import Asked
from chassis.event_store import EventStore, RequestKey
from tests.chassis.conftest import NOW, WINDOW, new_commands
from tests.chassis.shelf import Assemble, Shelve, TakeOff

COMMANDS = (Assemble, Shelve, TakeOff)

one = st.tuples(
    st.sampled_from(COMMANDS),
    st.sampled_from("ab"),
    st.sampled_from(["x", "y", "nothing"]),
    st.integers(0, 3),
)
batches = st.lists(st.lists(one, min_size=1, max_size=6), min_size=1, max_size=4)


@given(batches)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_presuming_a_stream_new_changes_no_outcome(
    store: EventStore, pool: asyncpg.Pool, given_batches: list[list[tuple[type, str, str, int]]]
) -> None:
    """The same batches, presumed and looked up, on shelves of other names: the same answers and the same facts."""
    plain = new_commands(store)
    await pool.execute("truncate streams, events, outbox, handled, things")
    presumed = await _outcomes(plain, given_batches, "p")
    Assemble.opens = False
    try:
        looked_up = await _outcomes(plain, given_batches, "l")
    finally:
        Assemble.opens = True
    assert presumed == looked_up
    assert await _stored(pool, "p") == await _stored(pool, "l")


async def _outcomes(
    commands: Commands, given_batches: Sequence[Sequence[tuple[type, str, str, int]]], prefix: str
) -> list[object]:
    said: list[object] = []
    for batch in given_batches:
        asked = [
            Asked(
                prefix + id_,
                type_(actor=WINDOW, at=NOW, thing=thing),
                RequestKey(f"{prefix}{id_}/{type_.__name__}/{thing}/{number}") if number else None,
                settled=number > 1,
            )
            for type_, id_, thing, number in batch
        ]
        outcomes = await commands.handle_many(asked)
        said += [type(each) if isinstance(each, Refused) else [r.fact for r in each] for each in outcomes]
    return said


async def _stored(pool: asyncpg.Pool, prefix: str) -> list[tuple[str, int, str]]:
    rows = await pool.fetch(
        "select substr(stream, 8) as id, version, body from events where stream like $1 order by stream, version",
        f"shelf/{prefix}%",
    )
    return [(row["id"], row["version"], row["body"]) for row in rows]
