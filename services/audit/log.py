"""The log: records of all topics become entries with a contiguous index, each once, byte for byte as received.

There is one writer: whoever holds the advisory lock of the log on its own connection. Entries, their leaves, the hashes
above them and the signed checkpoint are one transaction, which goes on from the checkpoint before: of two writers that
go on from the same, one loses, lock or no lock. A lost connection loses the lock, and what was kept in memory with it.

Another body under an id that is there already is an entry of its own, which says so; nothing is overwritten.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from binascii import b2a_base64
from collections.abc import Sequence
from typing import Any

import asyncpg
import orjson
from opentelemetry.trace import SpanKind

from chassis import telemetry
from chassis.clock import Clock
from chassis.event_store import Contention
from chassis.inbox import Received
from contracts.cloudevents import Envelope, instant, parse
from services.audit.growth import Connection, Grown, Growth
from services.audit.standing import Standing
from services.audit.tlog.entries import Found
from services.audit.tlog.notes import Signer

WRITER = 0x0A0D17  # advisory lock

COLUMNS = (
    "idx", "received_at", "topic", "partition", "offset", "key", "headers", "value", "sha256", "id", "type", "source",
    "subject", "version", "case_id", "time", "actor", "cause", "traceparent",
)  # fmt: skip
THERE = "select idx, id, sha256 from entries where id = any($1)"
# Entries from before there was a tree, or of a database whose tree was never begun.
WITHOUT_LEAVES = """
select idx, received_at, topic, partition, "offset", headers, value from entries where idx >= $1 order by idx limit 1000
"""


class AnotherWriter(Contention):
    """Another process writes the log, and there is only one writer; stop that one first (`renkei stop audit`)."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class Log:
    """The writer of the log."""

    def __init__(
        self, pool: asyncpg.Pool, clock: Clock, signer: Signer | None = None, standing: Standing | None = None
    ) -> None:
        """Without a signer, checkpoints are kept unsigned. `standing`: the witnesses, if any are asked."""
        self._pool = pool
        self._clock = clock
        self._signer = signer
        self.standing = standing
        self._connection: asyncpg.pool.PoolConnectionProxy | None = None
        self._growth = Growth()

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
            await self.step_down()
            raise
        for span in (*spans, joint):
            if span:
                span.end()

    async def _writer(self) -> asyncpg.pool.PoolConnectionProxy:
        if self.standing:
            self.standing.hold()
        if self._connection is None or self._connection.is_closed():
            await self.step_down()
            connection = self._connection = await self._pool.acquire()
            await self._become_writer(connection)
            self._growth = await Growth.of(connection)
            if self.standing and self._signer:
                await self.standing.ask(self._signer, self._growth.size, self._growth.root())
            await self._catch_up(connection)
        return self._connection

    async def _become_writer(self, connection: asyncpg.pool.PoolConnectionProxy) -> None:
        """A writer that was killed holds its lock for a moment; one that lives, for as long as it lives."""
        for _ in range(25):
            if await connection.fetchval("select pg_try_advisory_lock($1)", WRITER):
                return
            await asyncio.sleep(0.2)
        raise AnotherWriter()

    async def step_down(self) -> None:
        """Gives the connection up, and the lock and the tree in memory with it."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.terminate()
            await self._pool.release(connection)

    async def _catch_up(self, connection: asyncpg.pool.PoolConnectionProxy) -> None:
        """Entries that have no leaves yet get them."""
        while rows := await connection.fetch(WITHOUT_LEAVES, self._growth.size):
            envelopes = [envelope_of(row) for row in rows]
            grown = await self._growth.grown(connection, {envelope.case for envelope in envelopes})
            for envelope, row in zip(envelopes, rows, strict=True):
                found = Found(row["topic"], row["partition"], row["offset"])
                grown.add(envelope, found, instant(row["received_at"]))
            await self._keep(connection, [], grown)

    async def _add(self, connection: asyncpg.pool.PoolConnectionProxy, batch: Sequence[Received]) -> None:
        known = await _there(connection, [received.envelope.id for received in batch])
        digests = [hashlib.sha256(received.envelope.body).digest() for received in batch]
        others = [
            second_id(r.envelope.id, digest)
            for r, digest in zip(batch, digests, strict=True)
            if known.get(r.envelope.id, (0, digest))[1] != digest
        ]
        known |= await _there(connection, others) if others else {}
        now = self._clock()
        received_at = instant(now)
        grown = await self._growth.grown(connection, {received.envelope.case for received in batch})
        rows: list[tuple[Any, ...]] = []
        for received, digest in zip(batch, digests, strict=True):
            id_, conflict = received.envelope.id, None
            if id_ in known:
                first, of_first = known[id_]
                if of_first == digest or second_id(id_, digest) in known:
                    continue
                id_, conflict = second_id(id_, digest), first
            known[id_] = (grown.size, digest)
            rows.append((grown.size, now, *columns(received, id_, digest)))
            record = received.record
            grown.add(
                received.envelope, Found(record.topic, record.partition, record.offset), received_at, conflict
            )
        if rows:
            await self._keep(connection, rows, grown)

    async def _keep(
        self, connection: asyncpg.pool.PoolConnectionProxy, rows: Sequence[tuple[Any, ...]], grown: Grown
    ) -> None:
        """All of it or nothing; then the tree in memory is that of the database."""
        try:
            async with connection.transaction():
                if rows:
                    await connection.copy_records_to_table("entries", records=rows, columns=COLUMNS)
                await grown.keep(connection, self._clock(), self._signer)
        except asyncpg.UniqueViolationError:
            raise AnotherWriter() from None
        self._growth.take(grown)


def envelope_of(row: asyncpg.Record) -> Envelope:
    """A row of `entries` as the envelope that was received."""
    headers = [(name, base64.b64decode(value)) for name, value in orjson.loads(row["headers"])]
    return parse(headers, row["value"])


async def _there(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[int, bytes]]:
    """Which of these ids are in the log: id → index and digest."""
    return {row["id"]: (row["idx"], row["sha256"]) for row in await connection.fetch(THERE, ids)}


def second_id(id_: str, digest: bytes) -> str:
    """The id, in the database, of another body under an id that is there."""
    return f"{id_}#{digest.hex()}"


def columns(received: Received, id_: str, digest: bytes) -> tuple[Any, ...]:
    """A record as a row of `entries`, from `topic` on."""
    record, e = received.record, received.envelope
    headers = orjson.dumps(
        [(name, b2a_base64(value, newline=False).decode()) for name, value in record.headers]
    )
    return (
        record.topic, record.partition, record.offset, record.key, headers, e.body, digest,
        id_, e.type, e.source, e.subject, e.version, e.case, e.time, e.actor, e.cause, e.traceparent,
    )  # fmt: skip
