"""The relay: from rows in the outbox to records that Kafka has acknowledged."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median

from bench import bare
from bench.engines import Bench, as_served
from bench.samples import in_lots, submitted
from bench.table import Row, share_at_least
from chassis import telemetry
from chassis.event_store import SHARDS, EventStore, Write
from chassis.outbox import Relay
from services.intake.main import SERVICE

AGAIN = "insert into outbox select * from bench_kept"
PATIENCE = 60.0  # seconds


async def measure(bench: Bench) -> list[Row]:
    many = bench.scaled(20_000, 4_000)
    rates, bares = [], []
    async with bench.parts(SERVICE) as parts:
        envelopes = list(submitted(many))
        for lot in in_lots(iter(envelopes), 500):
            await parts.store.append([Write(e.subject, 0, [e], [None]) for e in lot])
        await parts.pool.execute("create table bench_kept as select * from outbox")
        topic = await bench.topic("bench-relay")
        async with _relaying(parts.store, bench.bootstrap, topic.removeprefix("renkei.")) as relay:
            await _sent(many)  # warms up: what the appends have left
            for number in range(3 * bench.rounds):
                bench.say(f"relay: round {number + 1} of {3 * bench.rounds}")
                bares.append(await bare.produced(bench.bootstrap, topic, envelopes))
                before = _count()
                as_served()
                await parts.pool.execute(AGAIN)
                began = time.perf_counter()
                relay.wake()
                await _sent(before + many)
                rates.append(many / (time.perf_counter() - began))
    return [
        Row(
            "relay, outbox to acknowledged record",
            median(rates),
            "records/s",
            median(bares),
            f"bare producer futures, {bare.IN_FLIGHT:,} in flight, same bytes and headers",
            share_at_least(0.6),
            f"{3 * bench.rounds} rounds of {many:,}",
        )
    ]


@asynccontextmanager
async def _relaying(store: EventStore, bootstrap: str, publisher: str) -> AsyncIterator[Relay]:
    relay = Relay(store, bootstrap, publisher, shards=frozenset(range(SHARDS)))
    task = asyncio.create_task(relay.run())
    try:
        yield relay
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _count() -> float:
    """Records acknowledged and out of the outbox, in this process so far."""
    [sent] = telemetry.SENT.collect()  # not the whole registry: this is asked all the time
    return sent.samples[0].value


async def _sent(total: float) -> None:
    end = time.perf_counter() + PATIENCE
    while _count() < total:
        if time.perf_counter() > end:
            raise TimeoutError(f"the relay sent {_count():,.0f} of {total:,.0f} records")
        await asyncio.sleep(0.002)
