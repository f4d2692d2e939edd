"""A log as it is published, and beside it the facts that the audit database keeps: each is held against its entry."""

from __future__ import annotations

import asyncio

import asyncpg

from services.audit.verifier.log import RUN
from services.audit.verifier.sources import Source

VALUES = "select idx, value from entries where idx >= $1 and idx < $2"

GONE = b""  # instead of a row that is not there; no fact is empty


class Kept:
    """Goes to other processes, each of which reads the database by itself, a run at a time."""

    def __init__(self, published: Source, database: str) -> None:
        self._published = published
        self._database = database
        self._run: tuple[int, dict[int, bytes]] = (-1, {})

    def read(self, name: str) -> bytes | None:
        return self._published.read(name)

    def values(self, start: int, end: int) -> list[bytes]:
        """What the rows hold; `GONE` where there is none."""
        first = start - start % RUN
        if self._run[0] != first:
            self._run = (first, asyncio.run(self._rows(first)))
        return [self._run[1].get(index, GONE) for index in range(start, end)]

    async def _rows(self, first: int) -> dict[int, bytes]:
        connection = await asyncpg.connect(self._database)
        try:
            rows = await connection.fetch(VALUES, first, first + RUN)
            return {row["idx"]: bytes(row["value"]) for row in rows}
        finally:
            await connection.close()
