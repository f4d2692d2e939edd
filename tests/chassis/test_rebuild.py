"""A read model made anew by replay equals the old one, also while others write."""

import asyncio

import asyncpg
import pytest

from chassis.commands import Commands
from chassis.event_store import EventStore
from chassis.rebuild import rebuild
from contracts.fact import UnknownVersion
from tests.chassis.conftest import shelve, take_off
from tests.chassis.shelf import THINGS, ShelfFull

ALL = "select key, doc from things order by key"


async def test_a_damaged_read_model_comes_back_as_it_was(
    commands: Commands, store: EventStore, pool: asyncpg.Pool
) -> None:
    await asyncio.gather(*(commands.handle(shelve(f"s{n}", t)) for n in range(40) for t in "ab"))
    await asyncio.gather(*(commands.handle(take_off(f"s{n}", "a")) for n in range(0, 40, 2)))
    before = await pool.fetch(ALL)
    await pool.execute("update things set doc = '{}' where key < 's2'")
    assert await rebuild(store, THINGS) == 100
    assert await pool.fetch(ALL) == before


async def test_what_is_written_during_the_rebuild_is_in_it(
    commands: Commands, store: EventStore, pool: asyncpg.Pool
) -> None:
    stop = asyncio.Event()

    async def write(n: int) -> None:
        shelf = 0
        while not stop.is_set():
            try:
                await commands.handle(shelve(f"w{n}.{shelf}", f"t{shelf}"))
            except ShelfFull:
                pass
            shelf += 1

    writing = [asyncio.create_task(write(n)) for n in range(16)]
    rebuilt = 0
    while rebuilt < 5 or await pool.fetchval("select count(*) from events") < 100:
        await rebuild(store, THINGS)
        rebuilt += 1
    stop.set()
    await asyncio.gather(*writing)
    events = await pool.fetchval("select count(*) from events")
    assert await pool.fetchval("select count(*) from things") == events
    assert await pool.fetchval("select count(*) from streams") == events


async def test_a_rebuild_that_fails_leaves_the_old_one(
    commands: Commands, store: EventStore, pool: asyncpg.Pool
) -> None:
    await commands.handle(shelve("a", "x"))
    await pool.execute("update events set type = 'renkei.shelf.Shelved.v9'")
    with pytest.raises(UnknownVersion):
        await rebuild(store, THINGS)
    assert await pool.fetchval("select count(*) from things") == 1
    assert await pool.fetchval("select to_regclass('things_beside')") is None
