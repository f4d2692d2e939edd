"""Read model of matching: `matchings`, one row a case, without a word of the idea."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.matching import (
    MatchDeclined,
    Matched,
    MatchingClosed,
    MatchingOpened,
    MatchProposed,
    NoMatchConcluded,
    RematchRequested,
    SectionOffered,
)


class Database(Protocol):
    """A connection or a pool; `doc` comes decoded."""

    async def fetch(self, query: str, *args: Any) -> list[Any]: ...
    async def fetchrow(self, query: str, *args: Any) -> Any: ...


def project(recorded: Recorded) -> Sequence[Change]:
    doc = _doc(recorded)
    return [Put(recorded.id, doc)] if doc else []


def _doc(recorded: Recorded) -> dict[str, Any]:
    match recorded.fact:
        case MatchingOpened() as fact:
            return {"status": "open", "edition": fact.edition}
        case MatchProposed() as fact:
            candidates = [candidate.model_dump(mode="json") for candidate in fact.candidates]
            return {
                "status": "offered",
                "candidates": candidates,
                **_offer(fact.offered_to, fact.respond_by.isoformat()),
            }
        case SectionOffered() as fact:
            return {"status": "offered", **_offer(fact.section, fact.respond_by.isoformat())}
        case MatchDeclined():
            return {"status": "declined", **_offer(None, None)}
        case Matched() as fact:
            return {
                "status": "matched",
                "lead": fact.lead,
                "supporting": list(fact.supporting),
                **_offer(None, None),
            }
        case NoMatchConcluded():
            return {"status": "not_matched"}
        case RematchRequested():
            return {"status": "open", "lead": None, "supporting": []}
        case MatchingClosed():
            return {"status": "closed", **_offer(None, None)}
        case _:
            return {}


def _offer(section: str | None, respond_by: str | None) -> dict[str, Any]:
    return {"offered_to": section, "respond_by": respond_by}


MATCHINGS = ReadModel("matchings", project)

MATCHING = "select key, doc from matchings where key = $1"
# What waits for the answer of a section, most urgent first.
OFFERED = """
select key, doc from matchings where doc ->> 'offered_to' = $1 order by doc ->> 'respond_by', key limit $2
"""


async def matching(db: Database, case_id: str) -> dict[str, Any] | None:
    """How the matching of a case stands: status, edition, and once there are any: candidates, offered_to,
    respond_by, lead, supporting."""
    row = await db.fetchrow(MATCHING, case_id)
    return {"case": row["key"], **row["doc"]} if row else None


async def offered(db: Database, section: str, limit: int = 100) -> list[dict[str, Any]]:
    """The proposals that wait for a section's answer."""
    return [{"case": row["key"], **row["doc"]} for row in await db.fetch(OFFERED, section, limit)]
