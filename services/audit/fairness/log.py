"""The log read case by case: no more of it is in memory than one case and a few rows ahead."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any

import asyncpg

from contracts import agreements, intake, matching, screening
from contracts.fact import Fact, Unreadable, read
from contracts.intake import ProposalSubmitted
from services.audit.fairness.course import Course, Home, course

PUBLISHERS = (intake, screening, matching, agreements)  # whose facts can be read once they are imported

COUNTED = [
    "ProposalSubmitted", "ProposalReceived", "ProposalLapsed", "Withdrawn", "StageReached", "CostClassified",
    "ScreeningOpened", "GuidelineFollowed", "PartnerFlagged", "FlagDismissed", "MayorFound", "EligibilityDecided",
    "ReconsiderationRequested", "DecisionRevoked", "SectionsRanked", "MatchProposed", "SectionOffered",
    "MatchDeclined", "NoMatchConcluded", "OutcomeDecided", "MethodChosen", "SplitOrderFound", "SplitOrderResolved",
    "AwardedToOther", "AgreementSigned",
]  # fmt: skip

BY_CASE = """
select case_id, split_part(type, '.', 3) as name, type, value, time from entries
where split_part(type, '.', 3) = any($1) order by case_id, idx
"""

AHEAD = 500
SUBMITTED = ProposalSubmitted.__name__


async def courses(
    connection: asyncpg.Connection, home: Home, first: date, last: date
) -> AsyncIterator[Course]:
    """Every case of the log that was submitted from one day to another, both included, as of one moment."""
    rows: list[Any] = []
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        async for row in connection.cursor(BY_CASE, COUNTED, prefetch=AHEAD):
            if rows and row["case_id"] != rows[0]["case_id"]:
                if seen := _course(rows, home, first, last):
                    yield seen
                rows = []
            rows.append(row)
        if rows and (seen := _course(rows, home, first, last)):
            yield seen


def _course(rows: Sequence[Any], home: Home, first: date, last: date) -> Course | None:
    """None: of another period. One topic may reach the log before another: facts are taken by their times."""
    submitted = next((fact for row in rows if row["name"] == SUBMITTED and (fact := _fact(row))), None)
    if not isinstance(submitted, ProposalSubmitted) or not first <= submitted.submitted_on <= last:
        return None
    facts = ((_fact(row), row["name"], row["time"]) for row in sorted(rows, key=lambda row: row["time"]))
    return course(rows[0]["case_id"], facts, home)


def _fact(row: Any) -> Fact | None:
    try:
        return read(row["type"], row["value"])
    except Unreadable:
        return None
