"""The log keeps every fact once, byte for byte, and nobody changes it, not even its owner."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from aiokafka import ConsumerRecord

import contracts.screening
import services.audit
from chassis.database import connect
from chassis.inbox import Received
from chassis.settings import Settings
from contracts.cloudevents import Envelope, headers
from deploy.local.databases import in_database
from services.audit.history import history, verify
from services.audit.log import AnotherWriter, Log
from services.audit.main import SERVICE
from tests.engines import Engines

AUDIT = Path(services.audit.__file__).parent
START = datetime(2024, 7, 31, 3, 0, tzinfo=UTC)


class Ticking:
    """A clock that goes on by a minute each time it is asked."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
async def dsn(engines: Engines) -> str:
    return await engines.of("services.audit")


@pytest.fixture
async def pool(dsn: str) -> AsyncIterator[asyncpg.Pool]:
    pool = await connect(dsn)
    yield pool
    pool.terminate()


def received(case: str, version: int, offset: int | None = None, id_: str | None = None) -> Received:
    """A fact of a screening as it comes from Kafka."""
    fact = contracts.screening.ScreeningClosed(reason="withdrawn")
    envelope = Envelope(
        id=id_ or f"{case}-{version}",
        type=fact.type,
        source="/screening",
        subject=f"screening/{case}",
        version=version,
        time=START,
        case=case,
        actor="service:screening",
        municipality="112089",
        cause=None,
        traceparent=None,
        body=fact.encoded(),
    )
    place = offset if offset is not None else version
    record = ConsumerRecord(
        "renkei.screening",
        0,
        place,
        0,
        0,
        case.encode(),
        envelope.body,
        None,
        -1,
        -1,
        tuple(headers(envelope)),
    )
    return Received(record, envelope)


async def test_entries_have_an_index_without_a_gap_and_the_bytes_as_received(pool: asyncpg.Pool) -> None:
    log = Log(pool, Ticking())
    await log([received("a", 1), received("b", 1)])
    await log([received("a", 2)])
    rows = await pool.fetch("select idx, value, sha256(value) = sha256 as whole from entries order by idx")
    assert [row["idx"] for row in rows] == [0, 1, 2]
    assert all(row["whole"] and row["value"] == b'{"reason":"withdrawn"}' for row in rows)
    found = await verify(pool)
    assert (found.entries, found.problems) == (3, [])


async def test_what_comes_again_is_kept_once(pool: asyncpg.Pool) -> None:
    log = Log(pool, Ticking())
    await log([received("a", 1), received("a", 1), received("a", 2)])
    await log([received("a", 2, offset=9), received("a", 3)])
    assert await pool.fetchval("select array_agg(version order by idx) from entries") == [1, 2, 3]


async def test_a_new_writer_goes_on_where_the_last_one_ended(pool: asyncpg.Pool) -> None:
    first = Log(pool, Ticking())
    await first([received("a", 1)])
    second = Log(pool, Ticking())
    with pytest.raises(AnotherWriter):
        await second([received("a", 2)])
    await first.step_down()
    await second([received("a", 2)])
    assert await pool.fetchval("select array_agg(idx order by idx) from entries") == [0, 1]


async def test_a_service_that_ends_waits_for_no_connection_of_its_writer(pool: asyncpg.Pool) -> None:
    parts = SERVICE.parts(Settings(kafka="nowhere:1", database="", environment="development"), pool)
    async with SERVICE.taking(parts) as take:
        await take([received("a", 1)])
        assert pool.get_size() > pool.get_idle_size()
    async with asyncio.timeout(2):
        await pool.close()


CHANGES = (
    "update entries set actor = 'nobody'",
    "delete from entries",
    "truncate entries",
    "set session_replication_role = replica; delete from entries",
)

DDL = (
    "drop table entries",
    "drop table entries cascade",
    "alter table entries disable trigger all",
    "alter table entries drop column value",
    "alter table entries rename to forgotten",
    "alter table entries set unlogged",
    "alter trigger entries_are_kept on entries rename to gone",
    "alter function refuse_change() rename to allow_change",
    "drop trigger entries_are_kept on entries",
    "drop function refuse_change() cascade",
    "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'",
    "create rule nothing as on insert to entries do instead nothing",
    "drop event trigger log_keeps_its_shape",
    "alter event trigger log_is_not_dropped disable",
)


async def test_its_owner_cannot_change_an_entry(pool: asyncpg.Pool, dsn: str) -> None:
    await Log(pool, Ticking())([received("a", 1)])
    await all_are_refused(dsn, CHANGES)
    assert await pool.fetchval("select count(*) from entries") == 1


async def test_once_sealed_no_ddl_reaches_the_log(engines: Engines, pool: asyncpg.Pool, dsn: str) -> None:
    admin = await asyncpg.connect(in_database(engines.admin_dsn, dsn.rpartition("/")[2]))
    for _ in range(2):  # sealing again changes nothing
        await admin.execute((AUDIT / "seal.sql").read_text())
    await admin.close()
    await all_are_refused(dsn, DDL)
    await Log(pool, Ticking())([received("a", 1)])
    assert await pool.fetchval("select count(*) from entries") == 1


async def all_are_refused(dsn: str, statements: Sequence[str]) -> None:
    """To the owner of everything in this database."""
    went_through = []
    for statement in statements:
        owner = await asyncpg.connect(dsn)
        try:
            await owner.execute(statement)
            went_through.append(statement)
        except asyncpg.InsufficientPrivilegeError:
            pass
        await owner.close()
    assert went_through == []


async def test_a_history_is_shown_as_it_was_known_then(pool: asyncpg.Pool) -> None:
    clock = Ticking()
    log = Log(pool, clock)
    await log([received("a", 1)])
    between = clock.now
    await log([received("a", 2), received("b", 1)])
    assert [entry["version"] for entry in (await history(pool, "a"))["entries"]] == [1, 2]
    assert [entry["version"] for entry in (await history(pool, "a", between))["entries"]] == [1]
    assert (await history(pool, "a", START))["entries"] == []


async def test_a_missing_fact_shows(pool: asyncpg.Pool) -> None:
    await Log(pool, Ticking())([received("a", 1), received("a", 3)])
    found = await history(pool, "a")
    assert not found["complete"]
    assert found["gaps"] == ["/screening screening/a: 2 facts kept, the last is number 3"]
    assert (await verify(pool)).problems == found["gaps"]


async def test_a_changed_byte_and_a_missing_index_show(
    engines: Engines, pool: asyncpg.Pool, dsn: str
) -> None:
    await Log(pool, Ticking())([received("a", n) for n in (1, 2, 3)])
    admin = await asyncpg.connect(in_database(engines.admin_dsn, dsn.rpartition("/")[2]))
    await admin.execute(
        "alter table entries disable trigger all"
    )  # only an administrator can, before it is sealed
    await admin.execute("update entries set value = 'x' where idx = 0; delete from entries where idx = 1")
    await admin.close()
    problems = (await verify(pool)).problems
    assert "entry 0: its bytes are not those received" in problems
    assert "the index jumps at 2" in problems
