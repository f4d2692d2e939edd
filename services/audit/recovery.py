"""Entries that a database has lost come back: their order and bytes from the published log, the facts from Kafka.

Needed when a witness knows more than the database: it was set back to an older backup. Nothing is signed that was not
published: what comes back is held, byte for byte, against a log that its auditors would accept.

Salts do not come back: they were in the database alone, so that with a field its last trace can be erased. What these
entries commit to stays sealed; facts are still checked by their digests.

NotRecoverable               what is missing cannot be brought back whole; its words say what to do
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import asyncpg
from aiokafka import ConsumerRecord

from chassis.inbox import Received
from contracts.cloudevents import parse
from contracts.fact import Unreadable
from services.audit.growth import Growth
from services.audit.log import COLUMNS, WRITER, AnotherWriter, columns, second_id
from services.audit.tlog.entries import Found, attributes
from services.audit.tlog.notes import Signer
from services.audit.tlog.tree import Edge, leaf
from services.audit.verifier.entries import fields
from services.audit.verifier.log import verify
from services.audit.verifier.policy import Policy
from services.audit.verifier.sources import WIDTH, Source, entries

AT_ONCE = 1_000  # entries in one transaction

Records = Mapping[Found, ConsumerRecord[bytes, bytes]]
Fetch = Callable[[Sequence[Found]], Awaitable[Records]]


class NotRecoverable(Exception):
    """The missing entries cannot be brought back."""


async def recover(
    connection: asyncpg.Connection, published: Source, trust: Policy, fetch: Fetch, signer: Signer
) -> tuple[int, int]:
    """How many entries there were, and how many there are now. The audit service must not be writing.

    Raises Refusal where the published log does not hold, NotRecoverable, AnotherWriter.
    """
    head = verify(published, trust).checkpoint
    if head.origin != signer.name:
        raise NotRecoverable(f"That is the log {head.origin!r}; the key here is that of {signer.name!r}.")
    if not await connection.fetchval("select pg_try_advisory_lock($1)", WRITER):
        raise AnotherWriter()
    try:
        growth = await Growth.of(connection)
        there = growth.size
        if there > head.size:
            raise NotRecoverable(
                f"The database has {there:,} entries, more than the {head.size:,} published."
            )
        _same_beginning(published, growth, head.size)
        for start in range(there, head.size, AT_ONCE):
            of = _read(published, start, min(start + AT_ONCE, head.size), head.size)
            await _bring_back(connection, growth, of, fetch, signer)
    finally:
        await connection.fetchval("select pg_advisory_unlock($1)", WRITER)
    if growth.root() != head.root:
        raise NotRecoverable("The entries do not have the root that was published.")
    return there, head.size


def _same_beginning(published: Source, growth: Growth, size: int) -> None:
    """The database is a beginning of what was published, or it is another log."""
    edge = Edge()
    for start in range(0, growth.size, AT_ONCE):
        edge.add(map(leaf, _read(published, start, min(start + AT_ONCE, growth.size), size)))
    if edge.root() != growth.root():
        raise NotRecoverable(
            f"The {growth.size:,} entries of the database are not the first of those published: it was changed, not "
            "only set back. Restore an earlier backup, and try again; `renkei audit verify` names the entry."
        )


def _read(published: Source, start: int, end: int, size: int) -> list[bytes]:
    first = start // WIDTH
    found: list[bytes] = []
    for number in range(first, -(-end // WIDTH)):
        found += entries(published, number, min(WIDTH, size - number * WIDTH))
    return found[start - first * WIDTH : end - first * WIDTH]


async def _bring_back(
    connection: asyncpg.Connection, growth: Growth, of: Sequence[bytes], fetch: Fetch, signer: Signer
) -> None:
    """So many entries in one transaction, and the tree over them."""
    said = [fields(entry, growth.size + n) for n, entry in enumerate(of)]
    places = [Found(one["topic"], one["partition"], one["offset"]) for one in said]
    records = await fetch(places)
    grown = await growth.grown(connection)
    rows: list[tuple[Any, ...]] = []
    for entry, one, place in zip(of, said, places, strict=True):
        received = _fact(records.get(place), one, place, grown.size)
        digest, conflict = bytes.fromhex(one["sha256"]), one.get("conflict")
        id_ = one["id"] if conflict is None else second_id(one["id"], digest)
        rows.append((grown.size, _known(one, received.record), *columns(received, id_, digest)))
        grown.again(entry, one["correlationid"], conflict)
    async with connection.transaction():
        await connection.copy_records_to_table("entries", records=rows, columns=COLUMNS)
        await grown.keep(connection, rows[-1][1], signer)
    growth.take(grown)


def _known(said: Mapping[str, Any], record: ConsumerRecord[bytes, bytes]) -> datetime:
    """When it was received, as its entry says; an entry of before does not say it: then, when Kafka took it."""
    if "receivedtime" in said:
        return datetime.fromisoformat(said["receivedtime"])
    return datetime.fromtimestamp(max(record.timestamp, 0) / 1000, UTC)


def _fact(
    record: ConsumerRecord[bytes, bytes] | None, said: Mapping[str, Any], place: Found, index: int
) -> Received:
    where = f"{place.topic}/{place.partition}/{place.offset}"
    if record is None:
        raise NotRecoverable(
            f"Entry {index}: Kafka no longer holds its fact ({where}). Restore a later backup of the database."
        )
    try:
        envelope = parse(record.headers, record.value)
    except Unreadable:
        envelope = None
    if envelope is None or not attributes(envelope).items() <= said.items():
        raise NotRecoverable(f"Entry {index}: what Kafka holds at {where} is not the fact that was logged.")
    return Received(record, envelope)
