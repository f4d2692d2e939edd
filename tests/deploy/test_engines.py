"""The engines survive what tests and operators do to them, and keep what they were given."""

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from tests.engines import Engines


async def test_a_role_reaches_its_own_database_and_no_other(engines: Engines) -> None:
    mine, theirs = await engines.database("mine"), await engines.database("theirs")
    connection = await asyncpg.connect(mine)
    await connection.execute("create table kept (fact text)")
    await connection.close()
    wrong = mine.rpartition("/")[0] + "/" + theirs.rpartition("/")[2]
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(wrong)


@pytest.mark.parametrize("end", ["stop", "kill"])
async def test_postgres_keeps_what_was_committed(engines: Engines, end: str) -> None:
    dsn = await engines.database("durable")
    connection = await asyncpg.connect(dsn)
    await connection.execute("create table kept as select 'fact' as fact")
    await getattr(engines.postgres, end)()
    connection.terminate()
    assert not await engines.postgres.ready()

    await engines.postgres.start()

    connection = await asyncpg.connect(dsn)
    assert await connection.fetchval("select fact from kept") == "fact"
    await connection.close()


@pytest.mark.parametrize("end", ["stop", "kill"])
async def test_kafka_keeps_what_was_acknowledged(engines: Engines, end: str) -> None:
    topic = f"durable.{end}"
    await engines.topics(topic, partitions=1)
    async with AIOKafkaProducer(
        bootstrap_servers=engines.bootstrap, acks="all", enable_idempotence=True
    ) as producer:
        await producer.send_and_wait(topic, b"fact")
    await getattr(engines.kafka, end)()
    assert not await engines.kafka.ready()

    await engines.kafka.start()

    async with AIOKafkaConsumer(
        topic, bootstrap_servers=engines.bootstrap, auto_offset_reset="earliest"
    ) as consumer:
        assert (await consumer.getone()).value == b"fact"
