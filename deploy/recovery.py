"""`renkei audit recover`: a database that was set back gets its entries again, from the published log and Kafka.

The audit service is stopped meanwhile. Its offsets are set to where the recovered log ends, so that it hears again what
came after; what it has already, it keeps once.

Exit codes: 0 the database holds all that is published · 2 it could not be brought there, and why.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import asyncpg
import typer
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from chassis.settings import Settings
from deploy.local.client import running
from deploy.local.stack import environment
from deploy.local.trouble import Trouble
from deploy.verification import own_log
from services.audit.log import AnotherWriter
from services.audit.recovery import NotRecoverable, recover
from services.audit.tlog.entries import Found
from services.audit.trust import signer
from services.audit.verifier.command import own_policy
from services.audit.verifier.policy import policy
from services.audit.verifier.sources import Source, source
from services.audit.verifier.verdict import Refusal

GROUP = "renkei-audit"
ENDS = 'select topic, partition, max("offset") + 1 as next from entries group by topic, partition'
PATIENCE_MS = 5_000


def recover_command(
    place: Annotated[
        str | None,
        typer.Option("--from", metavar="FOLDER|URL", help="A published log; else that of this stack."),
    ] = None,
    trust: Annotated[
        Path | None, typer.Option("--policy", help="Whom to trust; else the policy that came with the log.")
    ] = None,
) -> None:
    """Bring back the entries that the audit database lacks, byte for byte, from the published log and Kafka."""
    of = source(place) if place else own_log()
    settings = Settings.read(
        os.environ if "RENKEI_DATABASE" in os.environ else environment(running(), "audit")
    )
    try:
        there, now = asyncio.run(_recover(settings, of, trust.read_bytes() if trust else own_policy(of)))
    except (NotRecoverable, AnotherWriter, Refusal) as error:
        raise Trouble(f"Nothing more could be brought back: {error}") from None
    except (OSError, asyncpg.PostgresError, KafkaError) as error:
        raise Trouble(f"Nothing could be read ({type(error).__name__}): {error}") from None
    typer.echo(_said(there, now))


def _said(there: int, now: int) -> str:
    """What was brought back, and what cannot be."""
    said = f"{now - there:,} of {now:,} entries were brought back. Start audit again: `renkei start audit`."
    if now == there:
        return said
    return (
        f"{said}\nThe salts of their confidential fields were only in the database that was lost: bundles of these "
        f"cases\nshow such fields as sealed. If a later copy of that database exists, take its table `salts` from it "
        f"(idx >= {there})."
    )


async def _recover(settings: Settings, of: Source, trust: bytes) -> tuple[int, int]:
    key = signer(settings)
    if key is None:
        raise Trouble(f"There is no key of the log in {settings.keys}.")
    connection = await asyncpg.connect(settings.database)
    try:
        async with Kafka(settings.kafka) as kafka:
            done = await recover(connection, of, policy(trust), kafka.fetch, key)
            await kafka.go_on_from(
                {(r["topic"], r["partition"]): r["next"] for r in await connection.fetch(ENDS)}
            )
    finally:
        await connection.close()
    return done


class Kafka:
    """Records by their places, and the offsets of the audit service, which must not be consuming."""

    def __init__(self, bootstrap: str, group: str = GROUP) -> None:
        self._consumer = AIOKafkaConsumer(
            bootstrap_servers=bootstrap, group_id=group, enable_auto_commit=False, auto_offset_reset="none"
        )

    async def __aenter__(self) -> Kafka:
        await self._consumer.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._consumer.stop()

    async def fetch(self, places: Sequence[Found]) -> Mapping[Found, ConsumerRecord[bytes, bytes]]:
        """Those of them that Kafka still holds."""
        wanted: dict[TopicPartition, set[int]] = {}
        for place in places:
            wanted.setdefault(TopicPartition(place.topic, place.partition), set()).add(place.offset)
        found: dict[Found, ConsumerRecord[bytes, bytes]] = {}
        for partition, offsets in wanted.items():
            self._consumer.assign([partition])
            first = (await self._consumer.beginning_offsets([partition]))[partition]
            end = (await self._consumer.end_offsets([partition]))[partition]
            offsets = {offset for offset in offsets if first <= offset < end}
            if not offsets:
                continue
            self._consumer.seek(partition, min(offsets))
            while offsets:
                batches = await self._consumer.getmany(timeout_ms=PATIENCE_MS)
                records = batches.get(partition, [])
                found.update(
                    (Found(partition.topic, partition.partition, r.offset), r)
                    for r in records
                    if r.offset in offsets
                )
                offsets = {offset for offset in offsets if records and offset > records[-1].offset}
        return found

    async def go_on_from(self, ends: Mapping[tuple[str, int], int]) -> None:
        """Where the service had read further than its log now reaches, it reads again from there."""
        places = {TopicPartition(*place): offset for place, offset in ends.items()}
        self._consumer.assign(list(places))
        committed = {place: await self._consumer.committed(place) for place in places}
        back = {place: end for place, end in places.items() if (committed[place] or 0) > end}
        if back:
            await self._consumer.commit(back)
