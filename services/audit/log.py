"""The log: records of all topics become entries with a contiguous index, each once, byte for byte as received.

There is one writer: whoever holds the advisory lock of the log on its own connection. An index is given in memory and
written with its entry by COPY in one transaction; a lost connection loses the lock and the counter with it.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Sequence
from typing import Any

import asyncpg
import orjson
from opentelemetry.trace import SpanKind

from chassis import telemetry
from chassis.clock import Clock
from chassis.event_store import Contention
from chassis.inbox import Received

WRITER = 0x0A0D17  # advisory lock

COLUMNS = (
    "idx", "received_at", "topic", "partition", "offset", "key", "headers", "value", "sha256", "id", "type", "source",
    "subject", "version", "case_id", "time", "actor", "cause", "traceparent",
)  # fmt: skip


class AnotherWriter(Contention):
    """Another process writes the log, and there is only one writer; stop that one first (`renkei stop audit`)."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class Log:
    """The writer of the log."""

    def __init__(self, pool: asyncpg.Pool, clock: Clock) -> None:
        self._pool = pool
        self._clock = clock
        self._connection: asyncpg.pool.PoolConnectionProxy | None = None
        self._next = 0

    async def __call__(self, batch: Sequence[Received]) -> None:
        """Adds the records that are not in the log yet."""
        joint = None
        spans = [
            telemetry.child(
                r.envelope.traceparent,
                f"audit keeps {r.envelope.type}",
                SpanKind.CONSUMER,
                r.envelope.case,
                {},
            )
            for r in batch
            if telemetry.sampled(r.envelope.traceparent)
        ]
        if spans:
            joint = telemetry.batch_span("audit keeps a batch", spans, len(batch))
        try:
            connection = await self._writer()
            await self._add(connection, batch)
        except BaseException:
            await self._step_down()
            raise
        for span in (*spans, joint):
            if span:
                span.end()

    async def _writer(self) -> asyncpg.pool.PoolConnectionProxy:
        if self._connection is None or self._connection.is_closed():
            await self._step_down()
            connection = self._connection = await self._pool.acquire()
            await self._become_writer(connection)
            self._next = await connection.fetchval("select coalesce(max(idx) + 1, 0) from entries")
        return self._connection

    async def _become_writer(self, connection: asyncpg.pool.PoolConnectionProxy) -> None:
        """A writer that was killed holds its lock for a moment; one that lives, for as long as it lives."""
        for _ in range(25):
            if await connection.fetchval("select pg_try_advisory_lock($1)", WRITER):
                return
            await asyncio.sleep(0.2)
        raise AnotherWriter()

    async def _step_down(self) -> None:
        """Gives the connection up, and the lock and the counter with it."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.terminate()
            await self._pool.release(connection)

    async def _add(self, connection: asyncpg.pool.PoolConnectionProxy, batch: Sequence[Received]) -> None:
        first_of = {received.envelope.id: received for received in reversed(batch)}
        there = await connection.fetch("select id from entries where id = any($1)", list(first_of))
        known = {row["id"] for row in there}
        now = self._clock()
        rows: list[tuple[Any, ...]] = []
        for received in batch:
            id_ = received.envelope.id
            if id_ not in known and first_of[id_] is received:
                rows.append((self._next + len(rows), now, *_columns(received)))
        if rows:
            async with connection.transaction():
                await connection.copy_records_to_table("entries", records=rows, columns=COLUMNS)
            self._next += len(rows)


def _columns(received: Received) -> tuple[Any, ...]:
    record, e = received.record, received.envelope
    headers = orjson.dumps([[name, base64.b64encode(value).decode()] for name, value in record.headers])
    return (
        record.topic, record.partition, record.offset, record.key, headers, e.body, hashlib.sha256(e.body).digest(),
        e.id, e.type, e.source, e.subject, e.version, e.case, e.time, e.actor, e.cause, e.traceparent,
    )  # fmt: skip
