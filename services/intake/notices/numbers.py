"""文書番号: what a notice is filed under, counted from the first of April."""

from __future__ import annotations

import logging
from datetime import date

import asyncpg

from guidelines import notices
from guidelines.edition import Edition
from guidelines.notices import NoTemplates
from guidelines.packs import BrokenPack

log = logging.getLogger(__name__)

NEXT = """
insert into notice_numbers as n (year, last) values ($1, 1)
on conflict (year) do update set last = n.last + 1 returning last
"""


class NoticeNumbers:
    """Unique within the city and the fiscal year; a gap is possible, a number twice is not."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def next(self, edition: Edition, day: date) -> str:
        """The next number, in the form that the edition gives it: 所公連第2024-000012号."""
        year = day.year if day.month >= 4 else day.year - 1
        sequence: int = await self._pool.fetchval(NEXT, year)
        try:
            return notices.of(edition).numbered(year, sequence)
        except (NoTemplates, BrokenPack) as error:  # the notice is issued; its mail waits for the pack
            log.error("%s", error)
            return f"第{year}-{sequence:06d}号"
