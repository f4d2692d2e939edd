"""Where screenings stand, and the entries that were flagged in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.screening import (
    CourseNoted,
    DecisionRevoked,
    DecisionUpheld,
    EligibilityDecided,
    EscalationRaised,
    FlagConfirmed,
    FlagDismissed,
    GuidelineFollowed,
    MayorFound,
    PartnerFlagged,
    PartnerScreened,
    ProjectScreened,
    ReconsiderationRequested,
    RescreenRequired,
    ScreeningClosed,
    ScreeningOpened,
)
from services.screening.projections.database import Database

KEPT_TO_ITSELF = ("parties", "numbers")  # who is behind a proposal: looked up, not shown


def project_screening(recorded: Recorded) -> Sequence[Change]:
    changes = _changes(recorded)
    return [Put(recorded.id, changes)] if changes else []


def _changes(recorded: Recorded) -> dict[str, Any]:
    match recorded.fact:
        case ScreeningOpened() as fact:
            opened = fact.model_dump(mode="json", include={"edition", "partner", "received_on", "decide_by"})
            parties = _parties(fact)
            numbers = sorted({p["corporate_number"] for p in parties if p["corporate_number"]})
            return {
                **opened,
                "status": "open",
                "course": "running",
                "stopped": False,
                "parties": parties,
                "numbers": numbers,
            }
        case GuidelineFollowed(edition=edition):
            return {"edition": edition}
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
                mode="json", include={"decision", "clauses", "reconsider_by", "decided_by", "law_edition"}
            )
            going_on = {"stopped": False, "stop": None} if fact.decision == "eligible" else {}
            return {**decided, **going_on, "status": fact.decision, "decide_by": None}
        case RescreenRequired() as fact:
            stop = {"clause": fact.clause, "measure": fact.measure, "at": recorded.envelope.time.isoformat()}
            return _waits(fact) | {
                "status": "open", "stopped": True, "stop": stop, "decision": None, "clauses": [], "clear": None,
                "as_of": None, "partner_answers": [],
            }  # fmt: skip
        case CourseNoted(course=course):
            return {"course": course}
        case EscalationRaised() as fact:
            return {"escalated": fact.due.isoformat()}
        case ReconsiderationRequested() as fact:
            return _waits(fact) | {"status": "reconsideration"}
        case DecisionUpheld():
            return {"status": "upheld", "decide_by": None}
        case DecisionRevoked() as fact:
            again: dict[str, Any] = {"status": "open", "decision": None, "clauses": [], "reconsider_by": None}
            return _waits(fact) | again
        case ScreeningClosed():
            return {"status": "closed", "decide_by": None}
        case _:
            return {}


def _waits(fact: RescreenRequired | ReconsiderationRequested | DecisionRevoked) -> dict[str, Any]:
    return {"decide_by": fact.decide_by.isoformat() if fact.decide_by else None}


def _answers(fact: PartnerScreened | ProjectScreened) -> list[dict[str, Any]]:
    return [answer.model_dump(mode="json", exclude_none=True) for answer in fact.answers]


def _parties(fact: ScreeningOpened) -> list[dict[str, Any]]:
    """Everybody behind a proposal whom the registers may know: the applicant, who leads it, the related parties."""
    applicant = {
        "through": "applicant",
        "name": fact.partner.name,
        "corporate_number": fact.partner.corporate_number,
        "address": fact.address and fact.address.reveal(),
        "representative": fact.representative and fact.representative.reveal(),
    }
    related = [
        {
            "through": party.kind,
            "name": party.name.reveal(),
            "corporate_number": party.corporate_number,
            "from": party.from_ and party.from_.isoformat(),
            "to": party.to and party.to.isoformat(),
        }
        for party in fact.related
    ]
    head = applicant["representative"]
    leading = [{"through": "officer", "name": head, "corporate_number": None}] if head else []
    return [applicant, *leading, *related]


def project_flag(recorded: Recorded) -> Sequence[Change]:
    """A row for each entry that was flagged in a case."""
    match recorded.fact:
        case PartnerFlagged(flags=flags):
            asked = {"case": recorded.id, "answer": None, "answered_by": None}
            return [
                Put(f"{recorded.id}/{flag.measure}", asked | flag.model_dump(mode="json")) for flag in flags
            ]
        case FlagConfirmed(measure=measure, confirmed_by=who):
            return [Put(f"{recorded.id}/{measure}", {"answer": "confirmed", "answered_by": who})]
        case FlagDismissed(measure=measure, dismissed_by=who):
            return [Put(f"{recorded.id}/{measure}", {"answer": "dismissed", "answered_by": who})]
        case _:
            return []


SCREENINGS = ReadModel("screenings", project_screening)
FLAGS = ReadModel("flags", project_flag)

SCREENING = "select key, doc from screenings where key = $1"
# Screenings of one status, those received first on top: the work list of the office.
SCREENINGS_BY_STATUS = """
select key, doc from screenings where doc ->> 'status' = $1 order by doc ->> 'received_on', key limit $2
"""
FLAGS_OF = "select doc from flags where doc ->> 'case' = $1 order by key"
# Flags that wait for a person's word, in screenings that still come to a decision.
FLAGS_WAITING = """
select f.doc from flags f join screenings s on s.key = f.doc ->> 'case'
where f.doc ->> 'answer' is null and f.doc ->> 'automatic' = 'false'
and s.doc ->> 'status' in ('open', 'eligible') and s.doc ->> 'course' in ('running', 'agreed')
order by f.key limit $1
"""


async def screening(db: Database, case_id: str) -> dict[str, Any] | None:
    """Where a screening stands: status, course, partner, edition, received_on, decide_by, flags, and once there are
    any: as_of, clear, partner_answers, project_answers, decision, clauses, reconsider_by, stop."""
    row = await db.fetchrow(SCREENING, case_id)
    return _shown(row["key"], row["doc"]) | {"flags": await flags_of(db, case_id)} if row else None


async def screenings(db: Database, status: str, limit: int = 100) -> list[dict[str, Any]]:
    """The screenings of one status, oldest first."""
    return [_shown(row["key"], row["doc"]) for row in await db.fetch(SCREENINGS_BY_STATUS, status, limit)]


async def flags_of(db: Database, case_id: str) -> list[dict[str, Any]]:
    """Every entry that was flagged in a case, with what was said of it."""
    return [row["doc"] for row in await db.fetch(FLAGS_OF, case_id)]


async def waiting_flags(db: Database, limit: int = 100) -> list[dict[str, Any]]:
    """The entries that wait for somebody to say whether they are about the partner."""
    return [row["doc"] for row in await db.fetch(FLAGS_WAITING, limit)]


def _shown(case: str, doc: Mapping[str, Any]) -> dict[str, Any]:
    return {"case": case, **{name: doc[name] for name in doc if name not in KEPT_TO_ITSELF}}
