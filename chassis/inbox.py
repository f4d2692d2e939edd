"""The inbox: records of other services, taken in batches, each acted on once.

FastStream brings the batches; offsets are committed after the batch is in the database, and what was acted on is
remembered in the same transaction, so that a batch that comes again changes nothing. What cannot be read, or keeps
failing, is set aside as a dead letter, and later records of its key wait behind it; the others pass.

While the database is away a batch waits here; nothing is skipped, and the consumer stays in its group.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
from aiokafka import ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.message import KafkaAckableMessage
from opentelemetry.trace import Span, SpanKind

from chassis import telemetry
from chassis.clock import Clock
from chassis.commands import Commands
from chassis.database import UNREACHABLE
from chassis.dead_letters import DeadLetters
from chassis.decider import Command, Recorded, Refused
from chassis.deciding import Asked
from chassis.event_store import Contention, RequestKey
from chassis.faults import shown
from contracts.cloudevents import Envelope, parse
from contracts.fact import Fact, Unreadable, known

log = logging.getLogger(__name__)

Following = Sequence[
    tuple[str, Command]
]  # what follows from a fact of another: the id of a stream, a command to it
Reaction = Callable[
    [Recorded, datetime], Following | Awaitable[Following]
]  # awaitable where it looks something up

PASSING: tuple[type[BaseException], ...] = (
    *UNREACHABLE,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    Contention,
)
MAX_RECORDS = 500
FEW = 50  # records: after so small a batch it pays to let more of them gather
GATHER = 0.01  # seconds for each record of the last batch: the busier the longer; who is idle hardly waits
LONGEST = 0.1
SESSION_MS = 6_000  # so long nobody reads what a killed consumer had; the least that brokers allow unasked
BATCH_TIMEOUT_MS = 50  # FastStream listens and rests so long in turn; at 20, idle services cost twice as much


@dataclass(frozen=True, slots=True)
class Received:
    """A record and the envelope it holds."""

    record: ConsumerRecord[bytes, bytes]
    envelope: Envelope


Take = Callable[[Sequence[Received]], Awaitable[None]]


def again(take: Take) -> Callable[[ConsumerRecord[bytes, bytes]], Awaitable[None]]:
    """Takes one record that was set aside. Raises what is still wrong with it."""

    async def take_again(record: ConsumerRecord[bytes, bytes]) -> None:
        await take([Received(record, parse(record.headers, record.value))])

    return take_again


class Reactions:
    """Turns facts of others into commands here, a whole batch in one transaction."""

    def __init__(
        self, service: str, reactions: Mapping[type[Fact], Reaction], commands: Commands, clock: Clock
    ) -> None:
        self._service = service
        self._reactions = reactions
        self._commands = commands
        self._clock = clock

    async def __call__(self, batch: Sequence[Received]) -> None:
        """Raises Unreadable for a batch with a fact that cannot be read, and whatever a reaction raises."""
        spans: list[Span | None] = []
        asked: list[Asked] = []
        for received in batch:
            fact, _ = known(received.envelope.type)
            if reaction := self._reactions.get(fact):  # the bodies of all others are nothing to us
                told = Recorded(received.envelope.fact(), received.envelope)
                asked += await self._asked(told, reaction, spans)
        joint = telemetry.batch_span(f"{self._service} takes a batch", spans, len(batch))
        outcomes = await self._commands.handle_many(asked) if asked else []
        for one, outcome in zip(asked, outcomes, strict=True):
            if isinstance(outcome, Refused):
                log.info("%s after %s: %s", type(one.command).__name__, one.cause, type(outcome).__name__)
        for span in (*spans, joint):
            if span:
                span.end()

    async def _asked(self, told: Recorded, reaction: Reaction, spans: list[Span | None]) -> list[Asked]:
        envelope = told.envelope
        name = f"{self._service} takes {type(told.fact).__name__}"
        span = telemetry.child(envelope.traceparent, name, SpanKind.CONSUMER, envelope.case, {})
        spans.append(span)
        following = reaction(told, self._clock())
        if isinstance(following, Awaitable):
            following = await following
        return [
            Asked(
                id_,
                command,
                request=RequestKey(f"{envelope.id}/{id_}/{type(command).__name__}"),
                cause=envelope.id,
                traceparent=telemetry.traceparent(span) if span else envelope.traceparent,
                settled=True,
            )
            for id_, command in following
        ]


class Inbox:
    """One consumer of a group: brings batches to `take`, sets aside what cannot be taken."""

    def __init__(
        self, bootstrap: str, group: str, topics: Sequence[str], take: Take, letters: DeadLetters
    ) -> None:
        self._broker = KafkaBroker(
            bootstrap, consumer_only=True, apply_types=False, logger=None, graceful_timeout=10
        )
        self._take = take
        self._letters = letters
        self._at_work = asyncio.Lock()
        self._stopping = False
        self._subscriber = self._broker.subscriber(
            *topics,
            group_id=group,
            batch=True,
            max_records=MAX_RECORDS,
            batch_timeout_ms=BATCH_TIMEOUT_MS,
            ack_policy=AckPolicy.MANUAL,
            auto_offset_reset="earliest",
            parser=self._as_it_came,
            decoder=self._undecoded,
            listener=_Moves(self._at_work, letters),
            session_timeout_ms=SESSION_MS,
            heartbeat_interval_ms=SESSION_MS // 3,
            rebalance_timeout_ms=60_000,
            max_poll_interval_ms=600_000,
        )
        self._subscriber(self._on_batch)

    async def start(self) -> None:
        """Tries until Kafka answers."""
        while True:
            try:
                await self._broker.start()
                return
            except (KafkaError, OSError) as error:
                log.warning("Kafka does not answer yet: %s", error)
                await self._broker.stop()  # what had started of it would keep its place in the group
                await asyncio.sleep(0.5)

    async def stop(self) -> None:
        """Lets the batch at hand finish, then leaves the group."""
        self._stopping = True
        async with self._at_work:
            await self._broker.stop()

    def alive(self) -> bool:
        """Whether somebody is still consuming: FastStream's task, and its client's, whose end nobody else sees."""
        tasks, consumer = self._subscriber.tasks, self._subscriber.consumer
        if not tasks or consumer is None:
            return False
        metadata, group = consumer._client._sync_task, consumer._coordinator._coordination_task
        return not any(task.done() for task in (*tasks, metadata, group, consumer._fetcher._fetch_task))

    def measure(self) -> None:
        """Brings the lag metrics up to date."""
        if (consumer := self._subscriber.consumer) is None:
            return
        behind: dict[str, int] = {}
        for partition in consumer.assignment():
            end = consumer.highwater(partition)
            state = consumer._subscription.subscription.assignment.state_value(
                partition
            )  # aiokafka's own reading waits
            if end is not None and state is not None and state.has_valid_position:
                behind[partition.topic] = behind.get(partition.topic, 0) + max(0, end - state.position)
        for topic, records in behind.items():
            telemetry.LAG_RECORDS.labels(topic).set(records)

    async def _as_it_came(self, records: tuple[ConsumerRecord[bytes, bytes], ...]) -> KafkaAckableMessage:
        """No header is decoded here: one that is not UTF-8 would take its whole batch with it."""
        return KafkaAckableMessage(body=b"", raw_message=records, consumer=self._subscriber.consumer)

    async def _undecoded(self, message: KafkaAckableMessage) -> KafkaAckableMessage:
        return message

    async def _on_batch(self, message: KafkaAckableMessage) -> None:
        if self._stopping:
            return  # not acknowledged: it comes again to whoever takes over
        count = len(message.raw_message)
        async with self._at_work:
            await self._bring(message.raw_message)
            await message.ack()
        message.raw_message = ()  # FastStream's messages are garbage in a ring, which is collected late
        if count < FEW:
            await asyncio.sleep(min(GATHER * (1 + count), LONGEST))

    async def _bring(self, records: Sequence[ConsumerRecord[bytes, bytes]]) -> None:
        """Brings a batch to where it goes, however long the database is away."""
        pause = 0.1
        while True:
            try:
                await self._once(records)
                break
            except (
                Exception
            ) as error:  # never skipped: what is raised here would be lost with the next commit
                log.warning("a batch of %d waits: %s: %s", len(records), type(error).__name__, shown(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, 2.0)
        for topic, count, stamp in _by_topic(records):
            telemetry.CONSUMED.labels(topic).inc(count)
            telemetry.LAG_SECONDS.labels(topic).set(max(0.0, time.time() - stamp / 1000))

    async def _once(self, records: Sequence[ConsumerRecord[bytes, bytes]]) -> None:
        good: list[Received] = []
        async with self._letters.sorting(records) as sorting:
            for record in records:
                if sorting.waits(record):
                    sorting.put_behind(record)
                    continue
                try:
                    good.append(Received(record, parse(record.headers, record.value)))
                except Unreadable as error:
                    sorting.set_aside(record, error)
            try:
                await self._taken(good)
            except PASSING:
                raise
            except Exception:  # somewhere in the batch: one by one shows where
                for received in good:
                    if sorting.waits(received.record):
                        sorting.put_behind(received.record)
                        continue
                    try:
                        await self._taken([received])
                    except PASSING:
                        raise
                    except Exception as error:
                        log.warning("set aside: %s: %s", type(error).__name__, shown(error))
                        sorting.set_aside(received.record, error)

    async def _taken(self, batch: Sequence[Received]) -> None:
        try:
            await self._take(batch)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            raise RuntimeError(
                "something inside was cancelled"
            ) from None  # let through, it would end the consumer unseen


class _Moves(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka has no types
    """Partitions move on only when the batch at hand is through; with new ones, letters of others may come."""

    def __init__(self, at_work: asyncio.Lock, letters: DeadLetters) -> None:
        self._at_work = at_work
        self._letters = letters

    async def on_partitions_revoked(self, revoked: list[TopicPartition]) -> None:
        async with self._at_work:
            pass

    async def on_partitions_assigned(self, assigned: list[TopicPartition]) -> None:
        self._letters.look_again()


def _by_topic(records: Sequence[ConsumerRecord[Any, Any]]) -> list[tuple[str, int, int]]:
    """Topic, number of records, and the earliest timestamp (ms)."""
    seen: dict[str, tuple[int, int]] = {}
    for record in records:
        count, stamp = seen.get(record.topic, (0, record.timestamp))
        seen[record.topic] = (count + 1, min(stamp, record.timestamp))
    return [(topic, count, stamp) for topic, (count, stamp) in seen.items()]
