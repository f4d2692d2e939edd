"""`cases`: where each case stands, without a word of its idea; `applicants`: who was accepted before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.intake import (
    CorrectionRequested,
    CorrectionSubmitted,
    EscalationRaised,
    GuidelineMigrated,
    Partner,
    ProposalLapsed,
    ProposalReceived,
    ProposalSubmitted,
    Stage,
    StageReached,
    TurnedFree,
    WithdrawalCameTooLate,
    Withdrawn,
)
from services.intake.domain.applicant import normalised
from services.intake.projections.database import Database, shown, with_key

CASE_FIELDS = ("kind", "theme", "channel", "receipt_number", "secret_hash", "previous_case")
OVER = (Stage.AGREED.value, Stage.INELIGIBLE.value, Stage.NOT_ESTABLISHED.value, "lapsed", "withdrawn")


def project_case(recorded: Recorded) -> Sequence[Change]:
    if not recorded.envelope.subject.startswith("proposal/"):
        return []
    changed = _case(recorded)
    return [Put(recorded.id, changed)] if changed else []


def _case(recorded: Recorded) -> dict[str, Any]:
    match recorded.fact:
        case ProposalSubmitted() as fact:
            doc = {name: getattr(fact, name) for name in CASE_FIELDS}
            came_in = {"submitted_on": fact.submitted_on.isoformat(), "status": "submitted"}
            return {**doc, **came_in, "organisation": fact.proposer.name}
        case CorrectionRequested() as fact:
            return {"status": "correction", "due": fact.due.isoformat(), "overdue": None}
        case CorrectionSubmitted():
            return {"status": "submitted", "due": None}
        case ProposalLapsed():
            return {"status": "lapsed"}
        case EscalationRaised() as fact:
            return {"overdue": fact.due.isoformat()}
        case ProposalReceived() as fact:
            received = {"edition": fact.edition, "received_on": fact.received_on.isoformat()}
            linked = {"earlier_cases": fact.earlier_cases} if fact.earlier_cases else {}
            return {**received, **linked, "status": Stage.SCREENING.value, "overdue": None}
        case TurnedFree() as fact:
            return {"kind": "free_proposal", "theme": None, "turned_from": fact.theme}
        case GuidelineMigrated() as fact:
            return {"edition": fact.to_edition}
        case StageReached() as fact:
            return {"status": fact.stage.value, "stopped_at": fact.remembers, "pilot": fact.pilot}
        case Withdrawn():
            return {"status": "withdrawn", "due": None, "overdue": None}
        case WithdrawalCameTooLate():
            return {"status": Stage.AGREED.value}
        case _:
            return {}


def project_applicant(recorded: Recorded) -> Sequence[Change]:
    """Written at the acceptance, and not on the busy way of submissions."""
    match recorded.fact:
        case ProposalReceived(partner=partner) as fact:
            doc = {
                "name": normalised(partner.name),
                "corporate_number": partner.corporate_number,
                "received_on": fact.received_on.isoformat(),
            }
            return [Put(recorded.id, doc)]
        case _:
            return []


CASES = ReadModel("cases", project_case)
APPLICANTS = ReadModel("applicants", project_applicant)

CASE = "select key, doc from cases where key = $1"
CASE_BY_RECEIPT = "select key, doc from cases where doc ->> 'receipt_number' = $1"
# The latest cases: all, those of one status, those that answer a theme.
CASES_LATEST_FIRST = """
select key, doc from cases
where ($1::text is null or doc ->> 'status' = $1) and ($2::text is null or doc ->> 'theme' = $2)
order by doc ->> 'receipt_number' desc
limit $3
"""
OF_THEME = "select key, doc from cases where doc ->> 'theme' = $1 order by key"
# Accepted under another edition than this one.
UNDER_OTHERS = "select key, doc from cases where doc ->> 'edition' <> $1 order by key"
# The same number; or the same name, where one of the two has no number.
EARLIER = """
select key from applicants
where key <> $1
and (doc ->> 'corporate_number' = $2
     or doc ->> 'name' = $3 and (doc ->> 'corporate_number' is null or $2::text is null))
order by doc ->> 'received_on' desc, key desc limit 50
"""


async def case(db: Database, case_id: str) -> dict[str, Any] | None:
    """Where a case stands: status, receipt_number, secret_hash, kind, theme, channel, organisation,
    submitted_on, and once there are any: due, edition, received_on. None when there is no such case."""
    return with_key(await db.fetchrow(CASE, case_id), "case")


async def case_by_receipt(db: Database, receipt_number: str) -> dict[str, Any] | None:
    """The same, found by its receipt number. Whoever asks proves with the secret that the case is theirs."""
    return with_key(await db.fetchrow(CASE_BY_RECEIPT, receipt_number), "case")


async def cases(
    db: Database, status: str | None = None, theme: str | None = None, limit: int = 100
) -> list[dict[str, Any]]:
    """The cases submitted last; those of one status or theme where one is given."""
    return shown(await db.fetch(CASES_LATEST_FIRST, status, theme, limit), "case")


async def of_theme(db: Database, theme: str) -> list[str]:
    """Every case that answers a theme."""
    return [row["key"] for row in await db.fetch(OF_THEME, theme)]


async def running_of_theme(db: Database, theme: str) -> list[str]:
    """Those of them that have neither their end nor their agreement."""
    return [row["key"] for row in await db.fetch(OF_THEME, theme) if row["doc"]["status"] not in OVER]


async def running_under_others(db: Database, edition: str) -> list[str]:
    """Cases accepted under another edition that have neither their end nor their agreement."""
    return [row["key"] for row in await db.fetch(UNDER_OTHERS, edition) if row["doc"]["status"] not in OVER]


async def earlier_cases(db: Database, case_id: str, partner: Partner) -> list[str]:
    """Cases accepted before from the same organisation, oldest first; the last fifty where there are more."""
    rows = await db.fetch(EARLIER, case_id, partner.corporate_number, normalised(partner.name))
    return [row["key"] for row in reversed(rows)]
