"""A log as it is published, and beside it the rows that the audit database keeps: each is held against its entry."""

from __future__ import annotations

import asyncio

import asyncpg

from contracts.fact import Unreadable
from services.audit.log import envelope_of
from services.audit.tlog.entries import attributes
from services.audit.verifier.log import RUN
from services.audit.verifier.sources import Row, Source

ROWS = """
select idx, value, headers, topic, partition, "offset",
       type, source, subject, version as streamversion, actor, conflict,
       case_id as correlationid, cause as causationid, traceparent,
       to_char(time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as time,
       to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as receivedtime,
       case when conflict is null then id else left(id, -65) end as id  -- see `log.second_id`
from entries left join leaves using (idx) where idx >= $1 and idx < $2
"""

GONE = Row(b"", ())  # instead of a row that is not there; no fact is empty


class Kept:
    """Goes to other processes, each of which reads the database by itself, a run at a time."""

    def __init__(self, published: Source, database: str) -> None:
        self._published = published
        self._database = database
        self._run: tuple[int, dict[int, Row]] = (-1, {})

    def read(self, name: str) -> bytes | None:
        return self._published.read(name)

    def rows(self, start: int, end: int) -> list[Row]:
        """`GONE` where there is none."""
        first = start - start % RUN
        if self._run[0] != first:
            self._run = (first, asyncio.run(self._read(first)))
        return [self._run[1].get(index, GONE) for index in range(start, end)]

    async def _read(self, first: int) -> dict[int, Row]:
        connection = await asyncpg.connect(self._database)
        try:
            rows = await connection.fetch(ROWS, first, first + RUN)
            return dict(map(_row, rows))
        finally:
            await connection.close()


def _row(found: asyncpg.Record) -> tuple[int, Row]:
    """Its index, and what its columns and its headers say."""
    columns = dict(found)
    index, value, _ = columns.pop("idx"), columns.pop("value"), columns.pop("headers")
    try:
        headers: dict[str, object] = attributes(envelope_of(found))
    except (Unreadable, ValueError) as error:
        headers = {"headers": f"nothing that can be read ({error})"}
    return index, Row(value, [*columns.items(), *headers.items()])
