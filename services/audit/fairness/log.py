"""The log read case by case: no more of it is in memory than one case and a few rows ahead."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import asyncpg

from contracts import agreements, intake, matching, screening
from contracts.fact import Fact, Unreadable, read
from services.audit.fairness.course import Course, Home, course

PUBLISHERS = (intake, screening, matching, agreements)  # whose facts can be read once they are imported

COUNTED = [
    "ProposalSubmitted", "ProposalReceived", "StageReached", "CostClassified", "ScreeningOpened", "MayorFound",
    "EligibilityDecided", "SectionsRanked", "MatchProposed", "SectionOffered", "MatchDeclined", "NoMatchConcluded",
    "Matched", "OutcomeDecided", "AgreementSigned", "MethodChosen",
]  # fmt: skip

BY_CASE = """
select case_id, type, value, time from entries
where split_part(type, '.', 3) = any($1) order by case_id, idx
"""

AHEAD = 200


async def courses(connection: asyncpg.Connection, home: Home) -> AsyncIterator[Course]:
    """Every case of the log, as of one moment."""
    case: str | None = None
    facts: list[tuple[Fact | None, str, datetime]] = []
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        async for row in connection.cursor(BY_CASE, COUNTED, prefetch=AHEAD):
            if row["case_id"] != case:
                if case is not None:
                    yield course(case, facts, home)
                case, facts = row["case_id"], []
            facts.append((_fact(row["type"], row["value"]), row["type"].split(".")[2], row["time"]))
        if case is not None:
            yield course(case, facts, home)


def _fact(type_: str, value: bytes) -> Fact | None:
    try:
        return read(type_, value)
    except Unreadable:
        return None
