"""The audit log: from Kafka to entries that are committed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import chain
from statistics import median

import asyncpg

from bench import bare
from bench.engines import Bench
from bench.inbox import through_inbox
from bench.samples import received, submitted
from bench.table import Row, at_least
from chassis.inbox import MAX_RECORDS
from services.audit.main import SERVICE


async def measure(bench: Bench) -> list[Row]:
    many = bench.scaled(20_000, 4_000)
    topic = await bench.topic("bench-facts")
    both = zip(submitted(many // 2), received(many // 2), strict=True)
    await bare.produced(bench.bootstrap, topic, list(chain.from_iterable(both)))
    rates, copies = [], []
    for number in range(bench.rounds):
        bench.say(f"audit: round {number + 1} of {bench.rounds}")
        async with bench.parts(SERVICE) as parts, SERVICE.taking(parts) as take:
            group = f"audit-{topic}-{number}"
            rates.append(await through_inbox(bench.bootstrap, topic, group, take, parts.letters, many))
            entries = await parts.pool.fetch("select * from entries order by idx")
            assert len(entries) == many, f"{len(entries):,} of {many:,} records were kept"
        async with bench.parts(SERVICE) as parts:
            copies.append(await copied(parts.pool, entries))
    return [
        Row(
            "audit, Kafka to committed entries",
            median(rates),
            "entries/s",
            median(copies),
            f"COPY of the same rows, {MAX_RECORDS} a transaction",
            at_least(10_000),
            f"{bench.rounds} rounds of {many:,}, half of them submissions",
        )
    ]


async def copied(pool: asyncpg.Pool, entries: Sequence[asyncpg.Record]) -> float:
    """Rows a second into an empty log, in transactions of the size that the service has."""
    columns = list(entries[0].keys())
    rows = [tuple(entry) for entry in entries]
    async with pool.acquire() as connection:
        began = time.perf_counter()
        for first in range(0, len(rows), MAX_RECORDS):
            lot = rows[first : first + MAX_RECORDS]
            await connection.copy_records_to_table("entries", records=lot, columns=columns)
        return len(rows) / (time.perf_counter() - began)
