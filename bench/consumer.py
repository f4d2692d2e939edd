"""A consumer that decides: screening opens a screening for every proposal received."""

from __future__ import annotations

import time
from statistics import median

from aiokafka import AIOKafkaConsumer

from bench import bare
from bench.engines import Bench
from bench.inbox import through_inbox
from bench.samples import received
from bench.table import Row, at_least, share_at_least
from chassis.inbox import Received, Take
from contracts.cloudevents import parse
from services.screening.main import SERVICE


async def measure(bench: Bench) -> list[Row]:
    many, few = bench.scaled(15_000, 4_000), bench.scaled(400, 100)
    topic = await bench.topic("bench-received")
    await bare.produced(bench.bootstrap, topic, list(received(many)))
    rates, singles, bares = [], [], []
    for number in range(bench.rounds):
        bench.say(f"consumer: round {number + 1} of {bench.rounds}")
        bares.append(await bare.consumed(bench.bootstrap, topic, f"bare-{topic}-{number}", many))
        async with bench.parts(SERVICE) as parts, SERVICE.taking(parts) as take:
            singles.append(await _one_by_one(bench.bootstrap, topic, f"one-{topic}-{number}", take, few))
        async with bench.parts(SERVICE) as parts, SERVICE.taking(parts) as take:
            group = f"many-{topic}-{number}"
            rates.append(await through_inbox(bench.bootstrap, topic, group, take, parts.letters, many))
            found = await parts.pool.fetchval("select count(*) from events join outbox using (position)")
            assert found == many, f"{found:,} of {many:,} facts were committed"
    rate, note = median(rates), f"{bench.rounds} rounds of {many:,}"
    return [
        Row(
            "consumer, Kafka to committed events and outbox",
            rate,
            "events/s",
            median(bares),
            "bare getmany and commit of the same records",
            at_least(6_000),
            note,
        ),
        Row(
            "consumer, against one record at a time",
            rate,
            "events/s",
            median(singles),
            "the same reactions, a batch and a commit for each record",
            share_at_least(5),
        ),
    ]


async def _one_by_one(bootstrap: str, topic: str, group: str, take: Take, total: int) -> float:
    """Records a second when each is a batch of its own."""
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=bootstrap,
        group_id=group,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    await consumer.start()
    try:
        began = 0.0
        for _ in range(total):
            record = await consumer.getone()
            began = began or time.perf_counter()
            await take([Received(record, parse(record.headers, record.value))])
            await consumer.commit()
        return total / (time.perf_counter() - began)
    finally:
        await consumer.stop()
