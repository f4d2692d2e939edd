"""`consultations`: where each question at the window stands, without a word of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.intake import (
    ConsultationAnswered,
    ConsultationClosed,
    ConsultationConverted,
    ConsultationOpened,
    ConsultationReferred,
    ConversionUndone,
    EscalationRaised,
)
from services.intake.projections.database import Database, shown, with_key


def project_consultation(recorded: Recorded) -> Sequence[Change]:
    if not recorded.envelope.subject.startswith("consultation/"):
        return []
    changed = _consultation(recorded)
    return [Put(recorded.id, changed)] if changed else []


def _consultation(recorded: Recorded) -> dict[str, Any]:
    match recorded.fact:
        case ConsultationOpened() as fact:
            names = {"receipt_number", "secret_hash", "channel", "opened_on", "answer_by"}
            organisation = fact.organisation.name if fact.organisation else None
            doc = fact.model_dump(mode="json", include=names)
            return {**doc, "organisation": organisation, "status": "open"}
        case ConsultationReferred() as fact:
            return {"section": fact.section}
        case ConsultationAnswered() as fact:
            answered_on = fact.answered_on.isoformat()
            return {"status": "answered", "answered_on": answered_on, "overdue": None}
        case ConsultationConverted() as fact:
            return {"status": "converted", "case": fact.case, "overdue": None}
        case ConversionUndone() as fact:
            return {"status": "answered" if fact.answered else "open", "case": None}
        case ConsultationClosed():
            return {"status": "closed"}
        case EscalationRaised() as fact:
            return {"overdue": fact.due.isoformat()}
        case _:
            return {}


CONSULTATIONS = ReadModel("consultations", project_consultation)

CONSULTATION = "select key, doc from consultations where key = $1"
BY_RECEIPT = "select key, doc from consultations where doc ->> 'receipt_number' = $1"
# The latest ones, all or those of one status.
LATEST_FIRST = """
select key, doc from consultations
where $1::text is null or doc ->> 'status' = $1
order by doc ->> 'receipt_number' desc
limit $2
"""


async def consultation(db: Database, id_: str) -> dict[str, Any] | None:
    """Where it stands: status, receipt_number, secret_hash, channel, organisation, opened_on, answer_by, and once there
    are any: section, answered_on, case, overdue."""
    return with_key(await db.fetchrow(CONSULTATION, id_), "consultation")


async def consultation_by_receipt(db: Database, receipt_number: str) -> dict[str, Any] | None:
    """The same, found by its receipt number."""
    return with_key(await db.fetchrow(BY_RECEIPT, receipt_number), "consultation")


async def consultations(db: Database, status: str | None = None, limit: int = 100) -> list[dict[str, Any]]:
    """The latest ones, for the office."""
    return shown(await db.fetch(LATEST_FIRST, status, limit), "consultation")
