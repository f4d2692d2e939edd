"""The relay: what was decided is told, in the order of each case, at least once.

One leader for each shard of the outbox (a session's advisory lock in PostgreSQL). The leader reads by position what is
not on its way yet, sends it in batches with acks=all and idempotence, and deletes rows after Kafka's acknowledgement.
On any error it drops its producer and begins again with whatever is still in the outbox: a fact may be sent twice, with
the same id, and never out of order.
"""

from __future__ import annotations

import asyncio
import logging
import zlib
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from opentelemetry.trace import Span, SpanKind

from chassis import telemetry
from chassis.database import FAILS, UNREACHABLE
from chassis.event_store import COLUMNS, EventStore
from contracts.cloudevents import Envelope, headers, topic

log = logging.getLogger(__name__)

READ = f"""
select position, {COLUMNS} from outbox join events using (position)
where shard = any($1) and position not in (select unnest($2::bigint[])) order by position limit $3
"""
ACKNOWLEDGED = "delete from outbox where position = any($1)"
DEPTH = """
select count(*) as depth, coalesce(extract(epoch from clock_timestamp() - min(at)), 0)::float as age from outbox
"""


class Lost(Exception):
    """Kafka did not acknowledge in time."""


AGAIN: tuple[type[BaseException], ...] = (*UNREACHABLE, KafkaError, Lost)

LOCKS = 0x0B0C  # the class of the shards' advisory locks
FEW = 50  # rows: after so small a batch it pays to let more of them gather
GATHER = 0.004  # seconds for each row of the last batch: the busier, the longer; an idle relay hardly waits
LONGEST = 0.05
UNDER_WAY = 4  # batches that are read, sent or wait for their acknowledgement at once
ROWS = 2000  # rows a batch
BATCH_BYTES = 900 * 1024  # below what a broker takes by default
TIMEOUT = 15.0  # seconds until an unacknowledged batch is taken for lost, or a client that does not come to send one


@dataclass(slots=True)
class _Sent:
    """A batch on its way."""

    positions: list[int]
    acknowledged: Sequence[asyncio.Future[object]]
    spans: list[Span]


class Relay:
    """Tells the facts of one service to Kafka."""

    def __init__(
        self,
        store: EventStore,
        bootstrap: str,
        publisher: str,
        *,
        shards: frozenset[int],
        idle: float = 0.02,
    ) -> None:
        """`idle` is how long (seconds) to wait for a wake-up before looking again."""
        self._store = store
        self._bootstrap = bootstrap
        self._topic = topic(publisher)
        self._shards = shards
        self._idle = idle
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """There is something new in the outbox."""
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled. Lost connections are taken up again."""
        while True:
            try:
                await self._lead()
            except AGAIN as error:
                log.warning("the relay begins again: %s: %s", type(error).__name__, error)
                await asyncio.sleep(0.5)

    async def _lead(self) -> None:
        """Leads the shards that are free, until something fails."""
        connection = await self._store.pool.acquire()
        producer = AIOKafkaProducer(
            bootstrap_servers=self._bootstrap,
            acks="all",
            enable_idempotence=True,
            linger_ms=0,
            max_batch_size=BATCH_BYTES,
            request_timeout_ms=int(TIMEOUT * 1000),
        )
        try:
            async with asyncio.timeout(TIMEOUT):
                await producer.start()
            await self._relay(connection, producer)
        finally:
            try:
                await asyncio.wait_for(producer.stop(), 5)
            except (KafkaError, TimeoutError) as error:
                log.warning("the producer did not stop cleanly: %s", error)
            await self._let_go(connection)

    async def _let_go(self, connection: asyncpg.pool.PoolConnectionProxy) -> None:
        """Gives the locks back with the session that holds them."""
        try:
            await connection.execute("select pg_advisory_unlock_all()", timeout=2)
        except FAILS:
            connection.terminate()
        await self._store.pool.release(connection)

    async def _relay(self, connection: asyncpg.pool.PoolConnectionProxy, producer: AIOKafkaProducer) -> None:
        """Reads ahead while what was read is encoded, and sends while others wait for their acknowledgement."""
        under_way: deque[list[int]] = deque()  # positions, batch by batch
        read: asyncio.Queue[list[asyncpg.Record]] = asyncio.Queue(1)
        sent: asyncio.Queue[_Sent] = asyncio.Queue()
        stages = {
            asyncio.create_task(self._read_on(connection, under_way, read), name="reads"),
            asyncio.create_task(self._send_on(producer, read, sent), name="sends"),
            asyncio.create_task(self._settle_on(under_way, sent), name="acknowledgements"),
        }
        try:
            done, _ = await asyncio.wait(stages, return_when=asyncio.FIRST_EXCEPTION)
            for task in done:
                task.result()
        finally:
            for task in stages:
                task.cancel()
            await asyncio.gather(*stages, return_exceptions=True)

    async def _read_on(
        self,
        connection: asyncpg.pool.PoolConnectionProxy,
        under_way: deque[list[int]],
        read: asyncio.Queue[list[asyncpg.Record]],
    ) -> None:
        led: set[int] = set()
        loop = asyncio.get_running_loop()
        claimed_at = -1.0
        while True:
            if led != self._shards and loop.time() - claimed_at > 1:
                led |= await self._claim(connection, led)
                claimed_at = loop.time()
            self._woken.clear()
            rows = await self._read(connection, led, under_way) if led and len(under_way) < UNDER_WAY else []
            if rows:
                under_way.append([row["position"] for row in rows])
                await read.put(rows)
            if not rows:
                await self._wait()
            elif len(rows) < FEW:
                await asyncio.sleep(min(GATHER * (1 + len(rows)), LONGEST))

    async def _send_on(
        self,
        producer: AIOKafkaProducer,
        read: asyncio.Queue[list[asyncpg.Record]],
        sent: asyncio.Queue[_Sent],
    ) -> None:
        while True:
            rows = await read.get()
            async with asyncio.timeout(TIMEOUT):
                sent.put_nowait(await self._send(producer, rows))

    async def _settle_on(self, under_way: deque[list[int]], sent: asyncio.Queue[_Sent]) -> None:
        """Takes rows out of the outbox, batch by batch, as they are acknowledged."""
        while True:
            await self._settled(await sent.get())
            under_way.popleft()
            self._woken.set()  # there is room for another batch

    async def _claim(self, connection: asyncpg.pool.PoolConnectionProxy, led: set[int]) -> set[int]:
        free = await connection.fetch(
            "select s, pg_try_advisory_lock($1, s) as led from unnest($2::int[]) s",
            LOCKS,
            sorted(self._shards - led),
        )
        return {row["s"] for row in free if row["led"]}

    async def _read(
        self, connection: asyncpg.pool.PoolConnectionProxy, led: set[int], under_way: deque[list[int]]
    ) -> list[asyncpg.Record]:
        positions = [position for batch in under_way for position in batch]
        rows: list[asyncpg.Record] = await connection.fetch(READ, sorted(led), positions, ROWS)
        return rows

    async def _send(self, producer: AIOKafkaProducer, rows: Sequence[asyncpg.Record]) -> _Sent:
        """Hands the rows to the producer, batched by partition, each case in order."""
        count = len(await producer.partitions_for(self._topic))
        by_partition: dict[int, list[tuple[bytes, Envelope]]] = defaultdict(list)
        for row in rows:
            envelope = self._store.envelope(row)
            key = envelope.case.encode()
            by_partition[partition_of(key, count)].append((key, envelope))
        spans: list[Span] = []
        acknowledged: list[asyncio.Future[object]] = []
        for partition, envelopes in by_partition.items():
            batch = producer.create_batch()
            for key, envelope in envelopes:
                hop = self._hop(envelope, spans) if telemetry.sampled(envelope.traceparent) else None
                pairs = headers(envelope, hop)
                if (
                    batch.append(timestamp=None, key=key, value=envelope.body, headers=pairs) is None
                ):  # it is full
                    acknowledged.append(await producer.send_batch(batch, self._topic, partition=partition))
                    batch = producer.create_batch()
                    batch.append(timestamp=None, key=key, value=envelope.body, headers=pairs)
            acknowledged.append(await producer.send_batch(batch, self._topic, partition=partition))
        return _Sent([row["position"] for row in rows], acknowledged, spans)

    def _hop(self, envelope: Envelope, spans: list[Span]) -> str | None:
        """The `traceparent` of a span for this sending, which goes on until the acknowledgement."""
        attributes = {"messaging.system": "kafka", "messaging.destination.name": self._topic}
        span = telemetry.child(
            envelope.traceparent, f"send {envelope.type}", SpanKind.PRODUCER, envelope.case, attributes
        )
        if span is None:
            return None
        spans.append(span)
        return telemetry.traceparent(span)

    async def _settled(self, sent: _Sent) -> None:
        done, late = await asyncio.wait(sent.acknowledged, timeout=TIMEOUT)
        if late:
            raise Lost(f"no acknowledgement within {TIMEOUT:.0f} s")
        for future in done:
            future.result()
        await self._store.pool.execute(ACKNOWLEDGED, sent.positions)
        telemetry.SENT.inc(len(sent.positions))
        for span in sent.spans:
            span.end()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._idle):  # `wait_for` can swallow a cancellation (Python 3.11)
                await self._woken.wait()
        except TimeoutError:
            pass


def partition_of(key: bytes, count: int) -> int:
    """The partition of a key: CRC-32, as librdkafka's default partitioner has it, which costs next to nothing here."""
    return zlib.crc32(key) % count
