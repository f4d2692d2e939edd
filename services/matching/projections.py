"""Read model of matching.

`matchings`: where each case stands on its way to a section, for the office and the sections; no idea, no reasons
that people wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.matching import (
    Candidate,
    MatchDeclined,
    Matched,
    MatchingClosed,
    MatchingOpened,
    MatchProposed,
    NoMatchConcluded,
    RematchRequested,
    SectionOffered,
    SectionsRanked,
)


class Database(Protocol):
    """A connection or a pool; `doc` comes decoded."""

    async def fetch(self, query: str, *args: Any) -> list[Any]: ...
    async def fetchrow(self, query: str, *args: Any) -> Any: ...


def project(recorded: Recorded) -> Sequence[Change]:
    changes = _changes(recorded)
    return [Put(recorded.id, changes)] if changes else []


def _changes(recorded: Recorded) -> dict[str, Any]:
    match recorded.fact:
        case SectionsRanked() as fact:
            return {"status": "ranked", "candidates": _candidates(fact.candidates), "scorer": fact.scorer}
        case MatchingOpened() as fact:
            return {
                "status": "open",
                "edition": fact.edition,
                "opened_at": recorded.envelope.time.isoformat(),
            }
        case MatchProposed() as fact:
            return {"candidates": _candidates(fact.candidates), **_offered(fact.offered_to, fact)}
        case SectionOffered() as fact:
            return _offered(fact.section, fact)
        case MatchDeclined():
            return {"status": "open", **NOT_OFFERED}
        case Matched() as fact:
            supporting = list(fact.supporting)
            return {"status": "matched", "lead": fact.lead, "supporting": supporting, **NOT_OFFERED}
        case NoMatchConcluded():
            return {"status": "concluded"}
        case RematchRequested():
            return {"status": "open", "lead": None, "supporting": []}
        case MatchingClosed():
            return {"status": "closed", **NOT_OFFERED}
        case _:
            return {}


NOT_OFFERED = {"offered_to": None, "respond_by": None}


def _offered(section: str, fact: MatchProposed | SectionOffered) -> dict[str, Any]:
    return {"status": "offered", "offered_to": section, "respond_by": fact.respond_by.isoformat()}


def _candidates(candidates: Sequence[Candidate]) -> list[dict[str, Any]]:
    return [candidate.model_dump(mode="json") for candidate in candidates]


MATCHINGS = ReadModel("matchings", project)

MATCHING = "select key, doc from matchings where key = $1"
# What waits for the answer of one section, the most urgent first.
OFFERED = """
select key, doc from matchings where doc ->> 'offered_to' = $1 order by doc ->> 'respond_by', key limit $2
"""


async def matching(db: Database, case_id: str) -> dict[str, Any] | None:
    """Where a matching stands: status, and once there are any: edition, opened_at, scorer, candidates, offered_to,
    respond_by, lead, supporting. None when there is no such case."""
    row = await db.fetchrow(MATCHING, case_id)
    return {"case": row["key"], **row["doc"]} if row else None


async def offered(db: Database, section: str, limit: int = 100) -> list[dict[str, Any]]:
    """The cases that wait for the answer of a section, those due first on top."""
    rows = await db.fetch(OFFERED, section, limit)
    return [{"case": row["key"], **row["doc"]} for row in rows]
