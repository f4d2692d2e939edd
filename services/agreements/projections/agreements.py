"""Read models of what was signed.

`agreements`: where each agreement stands, its term, and when notice is due.
`agreement_projects`: which case goes on under which comprehensive agreement.
Titles and reasons stay in the facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.agreements import (
    AgreementAmended,
    AgreementEntered,
    AgreementExpired,
    AgreementReinstated,
    AgreementRenewed,
    AgreementScreeningNoted,
    AgreementSuspended,
    AgreementTerminated,
    AmendmentApproved,
    AmendmentProposed,
    NonRenewalNotified,
    PaymentRecorded,
    ProjectAdded,
    ProjectDecided,
    ProjectDecisionDue,
    ProjectDecisionOverdue,
    ProjectEnded,
    RenewalScreeningDue,
)
from services.agreements.domain.agreement import Project
from services.agreements.projections.partnerships import Database, partnership

ENTERED = {
    "form", "signed_on", "lead", "fields", "cost_class", "term_from", "term_to",
    "renews", "renewal_months", "notice_days", "notice_by", "edition", "procured",
}  # fmt: skip
AMENDED = {"fields", "cost_class", "term_to", "renews", "renewal_months", "notice_days", "notice_by"}
RENEWED = {"term_from", "term_to", "notice_by"}


def project(recorded: Recorded) -> Sequence[Change]:
    changes = _changes(recorded)
    return [Put(recorded.id, changes)] if changes else []


def _changes(recorded: Recorded) -> dict[str, Any]:
    match recorded.fact:
        case AgreementEntered() as fact:
            relied_on = {"as_of": fact.screening_as_of.isoformat(), "clear": True}
            return {"ended": None, "screening": relied_on, **fact.model_dump(mode="json", include=ENTERED)}
        case AmendmentProposed() as fact:
            return {"amendment": {"number": fact.number, "by": fact.by, "approved": False}}
        case AmendmentApproved() as fact:
            return {"approved_amendment": fact.number}
        case AgreementAmended() as fact:
            return {"amendment": None, **fact.model_dump(mode="json", include=AMENDED)}
        case NonRenewalNotified() as fact:
            return {"notice": fact.by}
        case RenewalScreeningDue() as fact:
            return {"screening_due": fact.term_to.isoformat()}
        case AgreementScreeningNoted() as fact:
            return {"screening": fact.model_dump(mode="json")}
        case AgreementRenewed() as fact:
            return {"screening_due": None, **fact.model_dump(mode="json", include=RENEWED)}
        case AgreementSuspended():
            return {"suspended": True}
        case AgreementReinstated():
            return {"suspended": False}
        case AgreementExpired() as fact:
            return {"ended": "expired", "reason": fact.reason, "amendment": None}
        case PaymentRecorded() as fact:
            return {"paid_yen": fact.total_yen}
        case AgreementTerminated() as fact:
            on = fact.terminated_on.isoformat()
            return {"ended": "terminated", "reason": fact.ground, "terminated_on": on, "amendment": None}
        case _:
            return {}


def project_under(recorded: Recorded) -> Sequence[Change]:
    """One row for each project under each agreement: a case that goes on by itself may come under another one."""
    stands: dict[str, Any]
    match recorded.fact:
        case ProjectAdded(project=case) as fact:
            stands = {"agreement": recorded.id, "project": case, "field": fact.field, "status": "active"}
        case ProjectEnded(project=case):
            stands = {"status": "ended", "decide_by": None}
        case ProjectDecisionDue(project=case) as fact:
            stands = {"status": "to_decide", "decide_by": fact.decide_by.isoformat()}
        case ProjectDecisionOverdue(project=case):
            stands = {"overdue": True}
        case ProjectDecided(project=case, decision=decision):
            stands = {"status": decision, "decide_by": None}
        case _:
            return []
    return [Put(f"{recorded.id}:{case}", stands)]


AGREEMENTS = ReadModel("agreements", project)
PROJECTS = ReadModel("agreement_projects", project_under)

AGREEMENT = "select key, doc from agreements where key = $1"
ABOVE = """
select key, doc from agreement_projects
where doc ->> 'project' = $1 and doc ->> 'status' in ('active', 'to_decide')
"""
UNDER = "select key, doc from agreement_projects where doc ->> 'agreement' = $1 order by key"
ENDING = """
select key, doc from agreements
where doc ->> 'ended' is null and doc ->> 'term_to' <= $1 and doc ->> 'form' is not null
order by doc ->> 'term_to', key limit $2
"""


async def agreement(db: Database, case: str) -> dict[str, Any] | None:
    """Where an agreement stands: status (effective, notice, suspended, expired, terminated), its terms, notice_by,
    screening, screening_due while one is waited for, reason once it has ended, and the projects under it.

    None when nothing was signed in this case.
    """
    row = await db.fetchrow(AGREEMENT, case)
    if row is None or "form" not in row["doc"]:
        return None
    return {**_shown(row), "projects": [_project(one) for one in await db.fetch(UNDER, case)]}


async def ending(db: Database, until: str, limit: int) -> list[dict[str, Any]]:
    """Agreements whose term ends by that day, the first one first."""
    return [_shown(row) for row in await db.fetch(ENDING, until, limit)]


async def above(db: Database, case: str) -> str | None:
    """The comprehensive agreement that a case goes on under."""
    row = await db.fetchrow(ABOVE, case)
    return row["doc"]["agreement"] if row else None


async def found_as_project(db: Database, case: str) -> Project | None:
    """How a case stands that is to go on under a comprehensive agreement (V27). None when it is not known here."""
    known = await partnership(db, case)
    if known is None:
        return None
    screening = known.get("screening") or {}
    return Project(
        status=known["status"],
        halted=known.get("halted"),
        cost_class=known.get("cost_class"),
        approved_by_finance=bool(known.get("approved_by_finance")),
        procured=known.get("award") is not None,
        screening_as_of=screening.get("as_of"),
        screening_clear=bool(screening.get("clear")),
        form=(known.get("agreement") or {}).get("form"),
        agreement=await above(db, case),
        partner=known.get("partner"),
    )


def _shown(row: Any) -> dict[str, Any]:
    doc = row["doc"]
    going_on = "suspended" if doc.get("suspended") else "notice" if doc.get("notice") else "effective"
    return {"case": row["key"], "status": doc["ended"] or going_on, **doc}


def _project(row: Any) -> dict[str, Any]:
    shown = {name: row["doc"].get(name) for name in ("field", "status", "decide_by")}
    return {"case": row["doc"]["project"], **shown, "overdue": bool(row["doc"].get("overdue"))}
