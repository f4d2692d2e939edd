"""The topics that facts travel on, and the question whether a broker takes requests."""

import asyncio
from collections.abc import Sequence

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from deploy.local import PUBLISHERS

PARTITIONS = 4


def topic_of(service: str) -> str:
    return f"renkei.{service}"


async def brokers(bootstrap: str) -> int:
    """How many brokers take requests there; 0 when nobody answers."""
    if not await _anybody_listens(bootstrap):  # asked first, for the client logs an error for every refusal
        return 0
    client = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=2_000)
    try:
        await client.start()
        cluster = await client.describe_cluster()
        return len(cluster["brokers"])
    except (KafkaError, OSError):
        return 0
    finally:
        await client.close()


async def _anybody_listens(bootstrap: str) -> bool:
    host, _, port = bootstrap.split(",")[0].rpartition(":")
    try:
        _, writer = await asyncio.open_connection(host, int(port))
    except OSError:
        return False
    writer.close()
    return True


async def create_topics(bootstrap: str, names: Sequence[str], partitions: int = PARTITIONS) -> None:
    """Create those topics that do not exist yet. Their records are kept for ever, for they are the facts."""
    client = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await client.start()
    try:
        wanted = [
            NewTopic(
                name,
                partitions,
                replication_factor=1,
                topic_configs={"retention.ms": "-1", "retention.bytes": "-1"},
            )
            for name in names
        ]
        answer = await client.create_topics(wanted)
        for name, code, *_ in answer.topic_errors:
            error = for_code(code)
            if error is not TopicAlreadyExistsError and code != 0:
                raise error(f"topic {name}")
    finally:
        await client.close()


async def create_publishers_topics(bootstrap: str) -> None:
    await create_topics(bootstrap, [topic_of(service) for service in PUBLISHERS])
