"""Making a read model anew by replay, beside the old one, while others write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import asyncpg

from chassis.database import encode
from chassis.decider import Recorded
from chassis.event_store import EventStore
from chassis.projections import Put, ReadModel
from contracts.cloudevents import Envelope

BRING_IN = """
insert into {table} as t (key, doc) select * from unnest($1::text[], $2::text[]::jsonb[])
on conflict (key) do update set doc = t.doc || excluded.doc
"""


async def rebuild(store: EventStore, model: ReadModel) -> int:
    """Makes a read model anew beside the old one, by replay, then swaps them; returns the number of facts replayed.

    Others go on writing: they wait only while the facts of the last moments are brought in and the names are swapped.
    """
    beside = f"{model.name}_beside"
    replayed = 0
    async with store.pool.acquire() as connection:
        await connection.execute(f"drop table if exists {beside}")
        await connection.execute(f"create table {beside} (like {model.name} including all)")
        try:
            async with connection.transaction():
                async for envelopes in store.replay(connection):
                    await _bring_in(connection, beside, model, envelopes)
                    replayed += len(envelopes)
                await connection.execute(f"drop table {model.name}")
                await connection.execute(f"alter table {beside} rename to {model.name}")
        except BaseException:
            await connection.execute(f"drop table if exists {beside}")
            raise
    return replayed


async def _bring_in(
    connection: asyncpg.pool.PoolConnectionProxy, table: str, model: ReadModel, envelopes: Sequence[Envelope]
) -> None:
    rows: dict[str, dict[str, Any]] = {}
    gone: set[str] = set()
    for envelope in envelopes:
        for change in model.project(Recorded(envelope.fact(), envelope)):
            if isinstance(change, Put):
                gone.discard(change.key)
                rows.setdefault(change.key, {}).update(change.doc)
            else:
                rows.pop(change.key, None)
                gone.add(change.key)
    if rows:
        await connection.execute(
            BRING_IN.format(table=table), list(rows), [encode(doc) for doc in rows.values()]
        )
    if gone:
        await connection.execute(f"delete from {table} where key = any($1)", list(gone))
