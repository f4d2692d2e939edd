"""`capacities`: sections that said themselves how many cases they can lead; `leads`: who leads which case.

`leads` is narrow on purpose: it is counted before every offer and every answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.matching import (
    CapacitySet,
    LeadFreed,
    LeadResumed,
    LeftOut,
    Matched,
    MatchingClosed,
    MatchingEnded,
    MatchingResumed,
    RematchRequested,
)
from guidelines import Edition
from services.matching.projections.database import Database


def project(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case CapacitySet() as fact:
            return [Put(fact.section, {"capacity": fact.capacity})]
        case _:
            return []


def project_leads(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case Matched() as fact:
            return [Put(recorded.id, {"lead": fact.lead})]
        case LeadResumed() as fact:
            return [Put(recorded.id, {"lead": fact.section})]
        case RematchRequested() | LeadFreed() | MatchingClosed():
            return [Put(recorded.id, {"lead": None})]
        case MatchingEnded():
            return [Put(recorded.id, {"ended": True})]
        case MatchingResumed():
            return [Put(recorded.id, {"ended": None})]
        case _:
            return []


CAPACITIES = ReadModel("capacities", project)
LEADS = ReadModel("leads", project_leads)

SET = "select key as section, (doc ->> 'capacity')::int as capacity from capacities"
# How many cases each section leads that are not at their end.
RUNNING = """
select doc ->> 'lead' as section, count(*)::int as running from leads
where doc ->> 'lead' is not null and doc ->> 'ended' is null group by 1
"""


async def full(db: Database, edition: Edition) -> tuple[LeftOut, ...]:
    """Sections of the edition that lead as many cases as they can."""
    said, running = await _said(db), await _running(db)
    loads = [
        (each.id, running.get(each.id, 0), said.get(each.id, each.capacity)) for each in edition.sections
    ]
    return tuple(
        LeftOut(section=section, reason="capacity", running=leads, capacity=at_most)
        for section, leads, at_most in loads
        if leads >= at_most
    )


async def capacity(db: Database, edition: Edition, section: str) -> tuple[int, int]:
    """How many cases a section leads, and how many it can. Raises KeyError for a section the edition has not."""
    at_most = (await _said(db)).get(section, edition.section(section).capacity)
    return (await _running(db)).get(section, 0), at_most


async def _said(db: Database) -> Mapping[str, int]:
    return {row["section"]: row["capacity"] for row in await db.fetch(SET)}


async def _running(db: Database) -> Mapping[str, int]:
    return {row["section"]: row["running"] for row in await db.fetch(RUNNING)}
