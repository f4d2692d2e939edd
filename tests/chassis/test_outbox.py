"""From the outbox to Kafka, on the real engines."""

import asyncio

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from chassis import outbox
from chassis.commands import Commands
from chassis.event_store import EventStore
from chassis.outbox import Relay
from tests.chassis.conftest import relay_of, shelve
from tests.engines import Engines
from tests.waiting import until


async def sent(engines: Engines, topic: str, count: int) -> list[tuple[str, int]]:
    """Case and stream version of the first `count` records, in the order of each partition."""
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=engines.bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    found = []
    try:
        while len(found) < count:
            record = await asyncio.wait_for(consumer.getone(), 20)
            found.append((record.key.decode(), int(dict(record.headers)["ce_streamversion"])))
    finally:
        await consumer.stop()
    return found


async def test_each_case_is_told_in_order_and_the_outbox_empties(
    commands: Commands, relay: Relay, engines: Engines, topic: str, pool: asyncpg.Pool
) -> None:
    await asyncio.gather(*(commands.handle(shelve(f"s{n % 20}", f"t{n}")) for n in range(60)))
    told = await sent(engines, topic, 60)
    for case in {case for case, _ in told}:
        assert [version for key, version in told if key == case] == [1, 2, 3]
    assert await until(lambda: pool.fetchval("select count(*) = 0 from outbox"))


async def test_of_two_relays_one_leads_and_the_other_takes_over(
    commands: Commands, store: EventStore, engines: Engines, topic: str, pool: asyncpg.Pool
) -> None:
    first, second = (asyncio.create_task(relay_of(store, engines, topic).run()) for _ in range(2))
    await asyncio.gather(*(commands.handle(shelve(f"s{n % 20}", f"t{n}")) for n in range(40)))
    assert await until(lambda: pool.fetchval("select count(*) = 0 from outbox"))
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    await asyncio.gather(*(commands.handle(shelve(f"s{n}", "last")) for n in range(20)))
    told = await sent(engines, topic, 60)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    for case in {case for case, _ in told}:
        assert [version for key, version in told if key == case] == [1, 2, 3]


@pytest.mark.parametrize("where", ["start", "partitions_for"])
async def test_a_relay_whose_client_hangs_begins_again_with_another(
    where: str,
    commands: Commands,
    store: EventStore,
    engines: Engines,
    topic: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known, hanging = getattr(AIOKafkaProducer, where), [asyncio.Event()]

    async def hangs_once(*arguments: object) -> object:
        if hanging:
            await hanging.pop().wait()
        return await known(*arguments)

    monkeypatch.setattr(AIOKafkaProducer, where, hangs_once)
    monkeypatch.setattr(outbox, "TIMEOUT", 1.0)
    relaying = asyncio.create_task(relay_of(store, engines, topic).run())
    await commands.handle(shelve("s", "t"))
    assert await sent(engines, topic, 1) == [("s", 1)]
    assert not hanging
    relaying.cancel()
    await asyncio.gather(relaying, return_exceptions=True)
