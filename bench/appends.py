"""Whether appending gets slower as the store fills up."""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import median

from bench.engines import Bench, as_served
from bench.figures import percentile
from bench.samples import in_lots, submitted
from bench.table import Row, share_at_most
from chassis.event_store import EventStore, RequestKey, Write
from chassis.service import Parts
from contracts.cloudevents import Envelope
from services.intake.main import SERVICE

BATCH = 64
WARM_UP = 30  # batches
FACTS_A_STREAM = 5

# What years would have left behind: streams of random names with their facts, each asked for by a request. Indexes are
# made afterwards, which is quicker.
FILL = """
alter table events drop constraint events_stream_version_key;
alter table streams drop constraint streams_pkey;
insert into streams (id, version) select 'proposal/' || gen_random_uuid(), {each} from generate_series(1, {streams});
insert into events (stream, version, id, type, time, actor, municipality, cause, request, body)
select id, n, gen_random_uuid(), 'renkei.intake.StageReached.v1', now(), 'service:intake', '112089',
       gen_random_uuid(), gen_random_uuid() || '/' || id || '/ReachStage',
       jsonb_build_object('stage', 'matching', 'since', now(), 'note', repeat('x', 200))
from streams, generate_series(1, {each}) n;
alter table streams add primary key (id);
alter table events add unique (stream, version);
"""


async def measure(bench: Bench) -> list[Row]:
    much, little = bench.scaled(1_000_000, 100_000), 10_000
    batches = bench.scaled(300, 100)
    full, nearly_empty = [], []
    async with bench.parts(SERVICE) as large:
        bench.say(f"append: storing {much:,} events")
        await _fill(bench, large, much)
        for number in range(bench.rounds):
            bench.say(f"append: round {number + 1} of {bench.rounds}")
            async with bench.parts(SERVICE) as small:
                await _fill(bench, small, little)
                await _in_turn([small.store, large.store], WARM_UP)
                of_small, of_large = await _in_turn([small.store, large.store], batches)
            nearly_empty.append(percentile(of_small, 99) * 1000)
            full.append(percentile(of_large, 99) * 1000)
    return [
        Row(
            f"append p99 at {much:,} stored events",
            median(full),
            "ms",
            median(nearly_empty),
            f"the same at {little:,}, in turn with it",
            share_at_most(1.3),
            f"{bench.rounds} rounds of {batches} batches of {BATCH} new streams",
        )
    ]


async def _fill(bench: Bench, parts: Parts, many: int) -> None:
    fill = FILL.format(each=FACTS_A_STREAM, streams=many // FACTS_A_STREAM)
    async with parts.pool.acquire() as connection:
        await connection.execute(fill, timeout=180)
    await bench.settled(parts.settings.database)


async def _in_turn(stores: Sequence[EventStore], batches: int) -> list[list[float]]:
    """Seconds that each batch took, by store. In turn, so that whatever else the machine does meets all alike."""
    took: list[list[float]] = [[] for _ in stores]
    lots = [[_write(e) for e in lot] for lot in in_lots(submitted(BATCH * batches * len(stores)), BATCH)]
    as_served()
    for number, writes in enumerate(lots):
        began = time.perf_counter()
        accepted = await stores[number % len(stores)].append(writes)
        took[number % len(stores)].append(time.perf_counter() - began)
        assert len(accepted) == BATCH
    return took


def _write(one: Envelope) -> Write:
    return Write(one.subject, 0, [one], [RequestKey(f"http:{one.subject}:{one.id}")])
