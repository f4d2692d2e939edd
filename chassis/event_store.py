"""The event store: streams, events, outbox and read models of one service, written in one statement.

    Contention                   a batch met other writers again and again and gave up; nothing of it was written

A batch is appended by a single autocommitted statement (`APPEND`): streams that still stand at the version expected are
accepted, everything else of the batch is joined to them. What is not accepted leaves no trace and is decided again.
Positions are drawn while the stream's row is locked, so they order the facts of a case; between cases they may
become visible out of order, which is why nothing here is ever read by a cursor over positions during writes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import asyncpg

from chassis.database import encode
from chassis.projections import Change, Put
from contracts.cloudevents import Envelope

SHARDS = 4  # of the outbox, by key; each has one leader

# Of a fact, what its envelope is made of; the body in bytes, as it travels.
COLUMNS = """
stream, version, id, type, time, actor, municipality, cause, traceparent, convert_to(body, 'UTF8') as body
"""
LOAD = f"select {COLUMNS}, request, digest from events where stream = any($1) order by stream, version"
REPLAY = f"select {COLUMNS} from events order by position"
REST = f"""
select {COLUMNS} from events where position > $1 and not pg_visible_in_snapshot(xid, $2::text::pg_snapshot)
order by position
"""

SETTLED = "select request, digest from handled where request = any($1)"
SETTLE = """
insert into handled (request, digest, stream) select * from unnest($1::text[], $2::bytea[], $3::text[])
on conflict do nothing
"""

APPEND = """
with wanted as (
    select * from unnest($1::text[], $2::int[], $3::int[]) as w (stream, expected, next)
), locked as materialized (  -- in the order of ids, so that two writers never wait for each other in a circle
    select s.id from streams s where s.id = any($4) order by s.id for update
), created as (
    insert into streams (id, version)
    select stream, next from wanted where expected = 0 order by stream
    on conflict do nothing returning id
), advanced as (
    update streams s set version = w.next from wanted w, locked l
    where s.id = w.stream and l.id = w.stream and w.expected > 0 and s.version = w.expected returning s.id
), accepted as (
    select id from created union all select id from advanced
), recorded as (
    insert into events (stream, version, id, type, time, actor, municipality, cause, traceparent, body, request, digest)
    select e.stream, e.version, e.id, e.type, e.time, e.actor, e.municipality, e.cause, e.traceparent, e.body,
           e.request, e.digest
    from unnest($5::text[], $6::int[], $7::text[], $8::text[], $9::timestamptz[], $10::text[], $11::text[], $12::text[],
                $13::text[], $14::text[], $15::text[], $16::bytea[]) with ordinality
         as e (stream, version, id, type, time, actor, municipality, cause, traceparent, body, request, digest, nr)
    join accepted a on a.id = e.stream
    order by e.nr
    returning position, stream
), queued as (
    insert into outbox (position, shard)
    select position, abs(hashtext(split_part(stream, '/', 2)) % {shards}) from recorded
){changes}
select id from accepted
"""

PUT = """, put_{table} as (
    insert into {table} (key, doc)
    select r.key, r.doc::jsonb from unnest(${n}::text[], ${m}::text[], ${k}::text[]) as r (stream, key, doc)
    join accepted a on a.id = r.stream order by r.key
    on conflict (key) do update set doc = {table}.doc || excluded.doc
)"""

REMOVE = """, removed_{table} as (
    delete from {table} t using unnest(${n}::text[], ${m}::text[]) as r (stream, key), accepted a
    where a.id = r.stream and t.key = r.key
)"""


Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy


class Contention(Exception):
    """Other writers were faster again and again. Nothing was written; try again."""


@dataclass(frozen=True, slots=True)
class RequestKey:
    """What was asked: an id that asking again repeats, and a digest where another command could come under that id."""

    id: str
    digest: bytes | None = None


@dataclass(slots=True)
class Write:
    """What is to be written of one stream, if it still stands at version `expected`.

    `requests` are those that the events follow from, one for each.
    """

    stream: str
    expected: int
    events: list[Envelope] = field(default_factory=list)
    requests: list[RequestKey | None] = field(default_factory=list)
    changes: list[tuple[str, Change]] = field(default_factory=list)

    def add(self, event: Envelope, request: RequestKey | None = None) -> None:
        self.events.append(event)
        self.requests.append(request)


@dataclass(slots=True)
class Known:
    """A request that was acted on before, and the facts that followed then."""

    digest: bytes | None
    events: list[Envelope] = field(default_factory=list)


@dataclass(slots=True)
class History:
    """The facts of a stream, in order, and the requests they followed from."""

    events: list[Envelope] = field(default_factory=list)
    requests: dict[str, Known] = field(default_factory=dict)


class EventStore:
    """The streams of one service."""

    def __init__(self, pool: asyncpg.Pool, source: str) -> None:
        self.pool = pool
        self.source = source  # CloudEvents `source`: /<service>

    async def histories(self, streams: Iterable[str]) -> dict[str, History]:
        """What is stored of these streams; nothing, of one that has no facts."""
        found = {stream: History() for stream in streams}
        for row in await self.pool.fetch(LOAD, list(found)):
            history, event = found[row["stream"]], self.envelope(row)
            history.events.append(event)
            if request := row["request"]:
                history.requests.setdefault(request, Known(row["digest"])).events.append(event)
        return found

    async def load(self, stream: str) -> list[Envelope]:
        """The facts of one stream, in order."""
        return (await self.histories([stream]))[stream].events

    async def settled(self, requests: Sequence[str]) -> dict[str, Known]:
        """Which of these requests were acted on already although nothing followed."""
        rows = await self.pool.fetch(SETTLED, requests)
        return {row["request"]: Known(row["digest"]) for row in rows}

    async def settle(self, requests: Sequence[tuple[RequestKey, str]]) -> None:
        """Remembers requests, each with its stream, from which nothing followed."""
        ids, digests = [request.id for request, _ in requests], [request.digest for request, _ in requests]
        await self.pool.execute(SETTLE, ids, digests, [stream for _, stream in requests])

    async def append(self, writes: Sequence[Write]) -> set[str]:
        """Writes the batch in one statement and returns the streams that were accepted."""
        events = [event for write in writes for event in write.events]
        requests = [request for write in writes for request in write.requests]
        arguments: list[list[Any]] = [
            [w.stream for w in writes],
            [w.expected for w in writes],
            [w.expected + len(w.events) for w in writes],
            [w.stream for w in writes if w.expected],
            [e.subject for e in events],
            [e.version for e in events],
            [e.id for e in events],
            [e.type for e in events],
            [e.time for e in events],
            [e.actor for e in events],
            [e.municipality for e in events],
            [e.cause for e in events],
            [e.traceparent for e in events],
            [e.body.decode() for e in events],
            [r and r.id for r in requests],
            [r and r.digest for r in requests],
        ]
        statement = APPEND.format(shards=SHARDS, changes=_flush(writes, arguments))
        return {row["id"] for row in await self.pool.fetch(statement, *arguments)}

    async def replay(self, lock: Connection, chunk: int = 5000) -> AsyncIterator[list[Envelope]]:
        """Every fact once, those of a stream in order, while others write; for rebuilding a read model.

        First everything in one snapshot. Then, when the caller asks for more, the table is locked against writers in
        `lock`'s transaction and the rest follows: after the last chunk nothing can be missing until that transaction
        ends. A position below `settled` belongs to a transaction that had ended before the snapshot was taken.
        """
        settled = await self.pool.fetchrow(
            "select coalesce(max(position), 0) as position, pg_snapshot_xmax(pg_current_snapshot()) as xid from events"
        )
        assert settled is not None
        while await self.pool.fetchval("select pg_snapshot_xmin(pg_current_snapshot()) < $1", settled["xid"]):
            await asyncio.sleep(0.01)
        async with (
            self.pool.acquire() as reader,
            reader.transaction(isolation="repeatable_read", readonly=True),
        ):
            snapshot = await reader.fetchval("select pg_current_snapshot()::text")
            cursor = await reader.cursor(REPLAY)
            while rows := await cursor.fetch(chunk):
                yield [self.envelope(row) for row in rows]
        await lock.execute("lock table events in share row exclusive mode")
        rest = await lock.fetch(REST, settled["position"], snapshot)
        yield [self.envelope(row) for row in rest]

    def envelope(self, row: asyncpg.Record) -> Envelope:
        """A row of COLUMNS as the envelope it is sent in."""
        stream: str = row["stream"]
        time: datetime = row["time"]
        return Envelope(
            id=row["id"],
            type=row["type"],
            source=self.source,
            subject=stream,
            version=row["version"],
            time=time,
            case=stream.partition("/")[2],
            actor=row["actor"],
            municipality=row["municipality"],
            cause=row["cause"],
            traceparent=row["traceparent"],
            body=row["body"],
        )


def _flush(writes: Sequence[Write], arguments: list[list[Any]]) -> str:
    """The clauses that bring the row changes of a batch into its statement; adds their arguments."""
    puts: dict[str, dict[str, tuple[str, dict[str, Any]]]] = {}
    removes: dict[str, dict[str, str]] = {}
    for write in writes:
        for table, change in write.changes:
            if isinstance(change, Put):
                removes.get(table, {}).pop(change.key, None)
                _, doc = puts.setdefault(table, {}).setdefault(change.key, (write.stream, {}))
                doc.update(change.doc)
            else:
                puts.get(table, {}).pop(change.key, None)
                removes.setdefault(table, {})[change.key] = write.stream
    clauses = []
    for table, rows in sorted(puts.items()):
        if rows:
            n = len(arguments) + 1
            clauses.append(PUT.format(table=table, n=n, m=n + 1, k=n + 2))
            docs = [encode(doc) for _, doc in rows.values()]
            arguments += [[stream for stream, _ in rows.values()], list(rows), docs]
    for table, gone in sorted(removes.items()):
        if gone:
            n = len(arguments) + 1
            clauses.append(REMOVE.format(table=table, n=n, m=n + 1))
            arguments += [list(gone.values()), list(gone)]
    return "".join(clauses)
