"""Read models of screening.

`screenings`: where each screening stands, and what was decided by which clauses; no grounds, no reasons.
`measures`: the city's registers. A screening looks its partner up in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.screening import (
    DecisionRevoked,
    DecisionUpheld,
    EligibilityDecided,
    MayorFound,
    MeasureRecorded,
    PartnerScreened,
    ProjectScreened,
    ReconsiderationRequested,
    ScreeningClosed,
    ScreeningOpened,
)
from services.screening.policies import Measure


class Database(Protocol):
    """A connection or a pool; `doc` comes decoded."""

    async def fetch(self, query: str, *args: Any) -> list[Any]: ...
    async def fetchrow(self, query: str, *args: Any) -> Any: ...


def project_screening(recorded: Recorded) -> Sequence[Change]:
    changes = _changes(recorded)
    return [Put(recorded.id, changes)] if changes else []


def _changes(recorded: Recorded) -> dict[str, Any]:
    match recorded.fact:
        case ScreeningOpened() as fact:
            opened = fact.model_dump(mode="json", include={"edition", "partner", "received_on"})
            return {**opened, "status": "open"}
        case PartnerScreened() as fact:
            return fact.model_dump(mode="json", include={"as_of", "clear"}) | {
                "partner_answers": _answers(fact)
            }
        case ProjectScreened() as fact:
            return {"project_answers": _answers(fact)}
        case MayorFound() as fact:
            return {f"finding:{fact.clause}": fact.applies}
        case EligibilityDecided() as fact:
            decided = fact.model_dump(
                mode="json", include={"decision", "clauses", "reconsider_by", "decided_by"}
            )
            return {**decided, "status": fact.decision}
        case ReconsiderationRequested():
            return {"status": "reconsideration"}
        case DecisionUpheld():
            return {"status": "upheld"}
        case DecisionRevoked():
            return {"status": "open", "decision": None, "clauses": [], "reconsider_by": None}
        case ScreeningClosed():
            return {"status": "closed"}
        case _:
            return {}


def _answers(fact: PartnerScreened | ProjectScreened) -> list[dict[str, Any]]:
    return [answer.model_dump(mode="json", exclude_none=True) for answer in fact.answers]


def project_measure(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case MeasureRecorded() as fact:
            return [Put(recorded.id, fact.model_dump(mode="json"))]
        case _:
            return []


SCREENINGS = ReadModel("screenings", project_screening)
MEASURES = ReadModel("measures", project_measure)

SCREENING = "select key, doc from screenings where key = $1"
# Screenings of one status, those received first on top: the work list of the office.
SCREENINGS_BY_STATUS = """
select key, doc from screenings where doc ->> 'status' = $1 order by doc ->> 'received_on', key limit $2
"""
# Every entry against a company, by its number; against bodies on no register of companies, by name (V14).
MEASURES_AGAINST = """
select key, doc from measures
where doc ->> 'corporate_number' = $1 or (doc ->> 'corporate_number' is null and doc ->> 'name' = $2)
order by key
"""


async def screening(db: Database, case_id: str) -> dict[str, Any] | None:
    """Where a screening stands: status, partner, edition, received_on, and once there are any: as_of, clear,
    partner_answers, project_answers, decision, clauses, reconsider_by."""
    row = await db.fetchrow(SCREENING, case_id)
    return {"case": row["key"], **row["doc"]} if row else None


async def screenings(db: Database, status: str, limit: int = 100) -> list[dict[str, Any]]:
    """The screenings of one status, oldest first."""
    rows = await db.fetch(SCREENINGS_BY_STATUS, status, limit)
    return [{"case": row["key"], **row["doc"]} for row in rows]


async def measures_against(db: Database, corporate_number: str | None, name: str) -> list[dict[str, Any]]:
    """Every entry of the registers against a partner, of any time."""
    rows = await db.fetch(MEASURES_AGAINST, corporate_number, name)
    return [{"id": row["key"], **row["doc"]} for row in rows]


async def known_measures(db: Database, case_id: str) -> tuple[Measure, ...]:
    """What the registers hold against the partner of a case: the `measures` that commands are given."""
    known = await screening(db, case_id)
    if known is None:
        return ()
    partner = known["partner"]
    rows = await measures_against(db, partner["corporate_number"], partner["name"])
    return tuple(Measure.model_validate(row) for row in rows)
