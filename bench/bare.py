"""What the engines do without us: appends that only PostgreSQL is needed for, producer and consumer as they come."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from typing import Any, cast

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from bench.engines import as_served
from chassis.event_store import EventStore, Write
from contracts.cloudevents import Envelope, headers

IN_FLIGHT = 1000  # futures
BATCH_BYTES = 256 * 1024  # as the relay


class _Listens:
    """In the place of a pool: keeps what would have been asked of PostgreSQL."""

    def __init__(self) -> None:
        self.statement = ""
        self.arguments: tuple[Any, ...] = ()

    async def fetch(self, statement: str, *arguments: Any) -> list[Any]:
        self.statement, self.arguments = statement, arguments
        return []


async def append_of(envelopes: Sequence[Envelope]) -> tuple[str, tuple[Any, ...]]:
    """The statement, and its arguments, by which the store would append these facts: nothing but the facts."""
    listens = _Listens()
    store = EventStore(cast(asyncpg.Pool, listens), "/intake")
    await store.append([Write(e.subject, e.version - 1, [e], [None]) for e in envelopes])
    return listens.statement, listens.arguments


async def appended(pool: asyncpg.Pool, lots: Sequence[Sequence[Envelope]]) -> float:
    """Events a second when each lot is one prepared statement on one connection."""
    prepared = [await append_of(lot) for lot in lots]
    async with pool.acquire() as connection:
        statement = await connection.prepare(prepared[0][0])
        as_served()
        began = time.perf_counter()
        for _, arguments in prepared:
            await statement.fetch(*arguments)
        return sum(map(len, lots)) / (time.perf_counter() - began)


async def produced(bootstrap: str, topic: str, envelopes: Sequence[Envelope]) -> float:
    """Records a second, by futures, with acks=all and idempotence as the relay has them."""
    records = [(e.case.encode(), e.body, headers(e, e.traceparent)) for e in envelopes]
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap, acks="all", enable_idempotence=True, max_batch_size=BATCH_BYTES
    )
    await producer.start()
    try:
        await producer.partitions_for(topic)
        as_served()
        began = time.perf_counter()
        flying: deque[Any] = deque()
        for key, value, attributes in records:
            flying.append(await producer.send(topic, value, key=key, headers=attributes))
            if len(flying) >= IN_FLIGHT:
                await flying.popleft()
        while flying:
            await flying.popleft()
        return len(records) / (time.perf_counter() - began)
    finally:
        await producer.stop()


async def consumed(bootstrap: str, topic: str, group: str, total: int, lot: int = 500) -> float:
    """Records a second, in lots, with a commit after each."""
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=bootstrap,
        group_id=group,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    await consumer.start()
    try:
        began, seen = 0.0, 0
        while seen < total:
            records = await consumer.getmany(timeout_ms=1000, max_records=lot)
            began = began or time.perf_counter()
            seen += sum(map(len, records.values()))
            await consumer.commit()
        return seen / (time.perf_counter() - began)
    finally:
        await consumer.stop()
