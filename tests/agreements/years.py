"""An agreement over the years, and who asks what of it (fictional)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from contracts.actors import Actor
from contracts.confidential import Confidential
from services.agreements.domain.agreement import (
    AGREEMENT,
    AddProject,
    AmendAgreement,
    ApproveAmendment,
    ConfirmAmendment,
    DecideProject,
    EndProject,
    EndWithAgreement,
    EnterAgreement,
    EscalateProject,
    Expire,
    GiveNotice,
    NoteAgreementScreening,
    Project,
    RecordAgreementPayment,
    ReinstateAgreement,
    RenewAgreement,
    RequestRenewalScreening,
    SuspendAgreement,
    TerminateAgreement,
)
from tests.agreements.sample import EDITION, FINANCE, HEAD, LEAD, MAYOR, PARTNER, SERVICE
from tests.deciding import Deciding, at, by

TIMER = by("timer:agreements")
FIELDS = ("高齢者福祉", "環境")
FIRST, LAST = date(2024, 4, 1), date(2025, 3, 31)
NOTICE_BY = date(2025, 1, 6)  # 90 days before the last day is 12/31, when the office is closed
IN_TERM = at("2024-10-01 10:00")
OVER = at("2025-04-01 00:00")


def enter(**changed: Any) -> EnterAgreement:
    fields: dict[str, Any] = {
        "form": "comprehensive_agreement",
        "title": "地域の見守りに関する包括連携協定",
        "signed_on": date(2024, 3, 25),
        "lead": "S14",
        "proposers": ("P-01",),
        "fields": FIELDS,
        "cost_class": "none",
        "term_from": FIRST,
        "term_to": LAST,
        "renews": True,
        "renewal_months": 12,
        "notice_days": 90,
        "screening_as_of": date(2024, 3, 20),
        "edition": EDITION.id,
        "municipality": EDITION.municipality,
        "zone": EDITION.zone,
        "screening_valid_days": 30,
        "min_fields": 2,
        "project_decision_days": 20,
    }
    return EnterAgreement.model_validate(
        {**fields, **changed, "actor": SERVICE, "at": at("2024-03-25 11:00")}
    )


def noted(as_of: date = date(2025, 3, 10), clear: bool = True) -> NoteAgreementScreening:
    return NoteAgreementScreening(actor=SERVICE, at=IN_TERM, as_of=as_of, clear=clear)


def notice(actor: Actor = PARTNER, on: datetime = IN_TERM) -> GiveNotice:
    return GiveNotice(actor=actor, at=on, reason=Confidential("人員の都合"))


def ask_for_screening(term_to: date = LAST) -> RequestRenewalScreening:
    return RequestRenewalScreening(actor=TIMER, at=at("2025-03-02 00:00"), term_to=term_to)


def renew(term_to: date = LAST, on: datetime = OVER) -> RenewAgreement:
    return RenewAgreement(actor=TIMER, at=on, term_to=term_to)


def expire(term_to: date = LAST) -> Expire:
    return Expire(actor=TIMER, at=OVER, term_to=term_to)


def suspend(actor: Actor = SERVICE, clause: str | None = "GL7-A2") -> SuspendAgreement:
    return SuspendAgreement(actor=actor, at=IN_TERM, clause=clause)


def reinstate(actor: Actor = SERVICE) -> ReinstateAgreement:
    return ReinstateAgreement(actor=actor, at=IN_TERM)


def terminate(actor: Actor = MAYOR, ground: str = "breach", **more: Any) -> TerminateAgreement:
    usual: dict[str, Any] = {"clauses": ("GL4-5",)} if actor != PARTNER else {}
    return TerminateAgreement.model_validate(
        {**usual, **more, "actor": actor, "at": IN_TERM, "ground": ground, "reasons": "報告がない"}
    )


def end_with_agreement() -> EndWithAgreement:
    return EndWithAgreement(
        actor=SERVICE,
        at=IN_TERM,
        reasons=Confidential("引き継がない"),
        clauses=("GL4-5",),
        edition=EDITION.id,
    )


def amend(
    actor: Actor = LEAD, class_: str = "none", on: datetime = IN_TERM, **changed: Any
) -> AmendAgreement:
    return AmendAgreement.model_validate(
        {**changed, "actor": actor, "at": on, "text": "防災を加える", "class": class_}
    )


def approve(number: int = 1) -> ApproveAmendment:
    return ApproveAmendment(actor=FINANCE, at=IN_TERM, number=number)


def confirm(number: int = 1, actor: Actor = PARTNER) -> ConfirmAmendment:
    return ConfirmAmendment(actor=actor, at=IN_TERM, number=number)


GOOD: dict[str, Any] = {
    "status": "dialogue",
    "cost_class": "none",
    "screening_as_of": date(2024, 6, 3),
    "screening_clear": True,
    "partner": "1130001000004",
}


def add(project: str = "P1", field: str = "環境", actor: Actor = LEAD, **found: Any) -> AddProject:
    return AddProject(
        actor=actor,
        at=IN_TERM,
        agreement="A1",
        partner="1130001000004",
        found=Project.model_validate({**GOOD, **found}),
        project=project,
        field=field,
    )


def end_project(project: str = "P1") -> EndProject:
    return EndProject(actor=SERVICE, at=IN_TERM, project=project, reason="withdrawn")


def decide_project(
    decision: str = "continues", project: str = "P1", actor: Actor = HEAD, **more: Any
) -> DecideProject:
    usual: dict[str, Any] = {"clauses": ("GL4-5",)} if decision == "ends" else {}
    found = Project(status="agreed", form="individual_agreement")
    fields = {"project": project, "decision": decision, "reasons": "単独で続けられる", "actor": actor}
    usual["found"] = found
    return DecideProject.model_validate({**usual, **more, **fields, "at": IN_TERM})


def escalate(project: str = "P1", due: date = date(2024, 10, 30)) -> EscalateProject:
    return EscalateProject(actor=TIMER, at=IN_TERM, project=project, due=due)


def pay(amount: int = 100_000, kind: str = "payment", on: date = date(2024, 9, 30)) -> RecordAgreementPayment:
    return RecordAgreementPayment.model_validate(
        {
            "actor": FINANCE,
            "at": IN_TERM,
            "kind": kind,
            "amount_yen": amount,
            "paid_on": on,
            "reference": "支出第1号",
        }
    )


signed = Deciding(AGREEMENT)
EFFECTIVE = signed.after(enter())
PAID_FOR: dict[str, Any] = {"amount_yen": 500_000, "paid_yen": 100_000, "fiscal_years": (2024,)}
CONTRACT = signed.after(
    enter(form="service_contract", cost_class="expenditure", renews=False, procured=PAID_FOR)
)
SCREENED = EFFECTIVE.after(noted())
NOTICED = EFFECTIVE.after(notice())
SUSPENDED = EFFECTIVE.after(suspend())
WITH_PROJECTS = EFFECTIVE.after(add("P1"), add("P2", "高齢者福祉"), add("P3"), end_project("P3"))
TERMINATED = WITH_PROJECTS.after(terminate())
