"""How far the parts of a running stack are behind each other."""

from __future__ import annotations

import asyncio
import importlib
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from chassis.service import Service
from contracts.cloudevents import topic
from deploy.local import PUBLISHERS, SERVICES
from deploy.local.settings import Settings
from deploy.local.stack import dsn

LOOK_EVERY = 0.05


@dataclass
class Lag:
    """Looks at every outbox and at every group of consumers."""

    databases: list[asyncpg.Connection]
    kafka: AIOKafkaConsumer
    admin: AIOKafkaAdminClient
    listeners: dict[str, list[TopicPartition]]  # group → what it reads

    async def gone(self, within: float) -> float | None:
        """Seconds until nothing is waiting anywhere; None when something still is after `within`."""
        began = time.monotonic()
        while await self.records():
            if time.monotonic() - began > within:
                return None
            await asyncio.sleep(LOOK_EVERY)
        return time.monotonic() - began

    async def records(self) -> int:
        """Facts in an outbox, and records that a group of consumers has not committed."""
        waiting = 0
        for database in self.databases:
            waiting += await database.fetchval("select count(*) from outbox")
        partitions = {partition for read in self.listeners.values() for partition in read}
        ends: dict[TopicPartition, int] = await self.kafka.end_offsets(partitions)
        for group, read in self.listeners.items():
            committed = await self.admin.list_consumer_group_offsets(group)
            for partition in read:
                at = committed.get(partition)
                waiting += ends[partition] - (max(0, at.offset) if at else 0)
        return waiting


@asynccontextmanager
async def watching(settings: Settings) -> AsyncIterator[Lag]:
    async with AsyncExitStack() as open_:
        databases = []
        for publisher in PUBLISHERS:
            connection = await asyncpg.connect(dsn(settings, publisher))
            open_.push_async_callback(connection.close)
            databases.append(connection)
        kafka = AIOKafkaConsumer(bootstrap_servers=settings.bootstrap)
        await kafka.start()
        open_.push_async_callback(kafka.stop)
        admin = AIOKafkaAdminClient(bootstrap_servers=settings.bootstrap)
        await admin.start()
        open_.push_async_callback(admin.close)
        listeners = {f"renkei-{name}": await _read_by(name, kafka) for name in SERVICES}
        yield Lag(databases, kafka, admin, listeners)


async def _read_by(name: str, kafka: AIOKafkaConsumer) -> list[TopicPartition]:
    service: Service = importlib.import_module(f"services.{name}.main").SERVICE
    await kafka.topics()  # fetches what there is
    return [
        TopicPartition(told, partition)
        for told in map(topic, service.listens_to)
        for partition in kafka.partitions_for_topic(told) or ()
    ]
