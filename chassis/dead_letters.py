"""Dead letters: records that could not be acted on, those that wait behind them, and their replay.

NoSuchLetter                 nothing lies at the place that was named
"""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import asyncpg
from aiokafka import ConsumerRecord

from chassis.faults import shown
from contracts.fact import UnknownType

BLOCKED = """
select distinct topic, key from dead_letters where blocks and replayed_at is null and key = any($1)
"""
ANY_BLOCKED = "select exists (select from dead_letters where blocks and replayed_at is null)"
SET_ASIDE = """
insert into dead_letters (topic, partition, "offset", key, headers, value, reason, detail, blocks)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing
"""
LIST = """
select topic, partition, "offset", key, reason, detail, blocks, at from dead_letters
where replayed_at is null order by topic, partition, "offset"
"""
ONE = 'select * from dead_letters where topic = $1 and partition = $2 and "offset" = $3'
SAME_KEY = """
select * from dead_letters where replayed_at is null and topic = $1 and key is not distinct from $2
order by partition, "offset"
"""
REPLAYED = 'update dead_letters set replayed_at = now() where topic = $1 and partition = $2 and "offset" = $3'
FAILED = (
    'update dead_letters set reason = $4, detail = $5 where topic = $1 and partition = $2 and "offset" = $3'
)
COUNT = "select count(*) from dead_letters where replayed_at is null"

SORTING = 0x0DEAD  # advisory lock: whoever sorts records of waiting keys, or replays them

WAITS = "WaitsForEarlier"


class NoSuchLetter(LookupError):
    """No dead letter lies at this place; `renkei deadletters list` shows which there are."""


@dataclass
class Sorting:
    """What of a batch is set aside; written when the batch is through."""

    blocked: set[tuple[str, bytes | None]]
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    def waits(self, record: ConsumerRecord[bytes, bytes]) -> bool:
        return (record.topic, record.key) in self.blocked

    def put_behind(self, record: ConsumerRecord[bytes, bytes]) -> None:
        self._put(record, WAITS, "an earlier record of this key was set aside", blocks=True)

    def set_aside(self, record: ConsumerRecord[bytes, bytes], error: Exception) -> None:
        """A type nobody here knows keeps nobody waiting: there is no reaction to it that order could matter to."""
        blocks = record.key is not None and not isinstance(error, UnknownType)
        self._put(record, type(error).__name__, shown(error), blocks=blocks)
        if blocks:
            self.blocked.add((record.topic, record.key))

    def _put(self, record: ConsumerRecord[bytes, bytes], reason: str, detail: str, *, blocks: bool) -> None:
        headers = [
            [name, base64.b64encode(v).decode() if v is not None else None] for name, v in record.headers
        ]
        place = (record.topic, record.partition, record.offset)
        self.rows.append((*place, record.key, headers, record.value, reason, detail[:2000], blocks))


class DeadLetters:
    """The dead letters of one service."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._none_blocked = (
            False  # as far as this process knows, who alone sets aside records of its partitions
        )

    def look_again(self) -> None:
        """Records of other partitions come here from now on; letters of them may be there."""
        self._none_blocked = False

    @asynccontextmanager
    async def sorting(self, records: Sequence[ConsumerRecord[bytes, bytes]]) -> AsyncIterator[Sorting]:
        """Knows which keys of the batch are blocked, and stores what was set aside at the end of the block.

        Only where a key is blocked is the replay kept out, so that no record is put behind one that has just left.
        """
        if not self._none_blocked:
            self._none_blocked = not await self._pool.fetchval(ANY_BLOCKED)
        keys = list({record.key for record in records if record.key is not None})
        if self._none_blocked or not await self._pool.fetch(BLOCKED, keys):
            sorting = Sorting(set())
            yield sorting
            await self._write(self._pool, sorting)
            return
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute("select pg_advisory_xact_lock($1)", SORTING)
            blocked = await connection.fetch(BLOCKED, keys)
            sorting = Sorting({(row["topic"], row["key"]) for row in blocked})
            yield sorting
            await self._write(connection, sorting)

    async def _write(self, db: Any, sorting: Sorting) -> None:
        if sorting.rows:
            self._none_blocked = False
            await db.executemany(SET_ASIDE, sorting.rows)

    async def count(self) -> int:
        return int(await self._pool.fetchval(COUNT))

    async def list(self) -> list[dict[str, Any]]:
        """Those not replayed, without body or headers: they may be confidential."""
        return [dict(row) for row in await self._pool.fetch(LIST)]

    async def show(self, topic: str, partition: int, offset: int) -> dict[str, Any]:
        """One letter with the names of its headers and the size of its body. Raises NoSuchLetter."""
        row = await self._pool.fetchrow(ONE, topic, partition, offset)
        if row is None:
            raise NoSuchLetter(f"{topic}/{partition}/{offset}")
        letter = dict(row)
        value: bytes | None = letter.pop("value")
        return {**letter, "headers": _text(letter["headers"]), "bytes": None if value is None else len(value)}

    async def replay(
        self,
        topic: str,
        partition: int,
        offset: int,
        take: Callable[[ConsumerRecord[bytes, bytes]], Awaitable[None]],
    ) -> int:
        """Takes the letter and all that wait behind its key, in order; returns how many went through.

        Stops at the first that fails again, which keeps its new reason and is raised. Raises NoSuchLetter.
        """
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute("select pg_advisory_xact_lock($1)", SORTING)
            first = await connection.fetchrow(ONE, topic, partition, offset)
            if first is None or first["replayed_at"] is not None:
                raise NoSuchLetter(f"{topic}/{partition}/{offset}")
            rows = (
                await connection.fetch(SAME_KEY, topic, first["key"]) if first["key"] is not None else [first]
            )
            done = 0
            for row in rows:
                place = (row["topic"], row["partition"], row["offset"])
                try:
                    await take(_record(row))
                except Exception as error:
                    await self._pool.execute(FAILED, *place, type(error).__name__, shown(error)[:2000])
                    raise
                await self._pool.execute(REPLAYED, *place)
                done += 1
            return done


def _record(row: asyncpg.Record) -> ConsumerRecord[bytes, bytes]:
    headers = tuple((name, base64.b64decode(v) if v is not None else None) for name, v in row["headers"])
    return ConsumerRecord(
        topic=row["topic"], partition=row["partition"], offset=row["offset"], timestamp=0, timestamp_type=0,
        key=row["key"], value=row["value"], checksum=None, serialized_key_size=-1, serialized_value_size=-1,
        headers=headers,
    )  # fmt: skip


def _text(headers: Sequence[tuple[str, str | None]]) -> dict[str, str | None]:
    """Headers as a person reads them; bytes that are no text are shown as such."""
    return {
        name: base64.b64decode(value).decode(errors="backslashreplace") if value is not None else None
        for name, value in headers
    }
