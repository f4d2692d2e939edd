"""A partner to screen, the actors who do, and answers to hand in (fictional)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import guidelines
from contracts.actors import Actor
from contracts.confidential import Confidential
from contracts.intake import Partner
from contracts.screening import Answer, MayorFound, ScreeningOpened
from services.screening.domain import (
    SCREENING,
    CloseScreening,
    ConfirmEligible,
    DeclareIneligible,
    OpenScreening,
    RecordMayorFinding,
    RecordPartnerScreening,
    RecordProjectScreening,
    RequestReconsideration,
    RevokeDecision,
    UpholdDecision,
)
from services.screening.policies import Measure
from tests.deciding import Deciding, at, by

EDITION = guidelines.load("tokorozawa/2023-07")
A = EDITION.partner_clauses
B = EDITION.project_clauses

WINDOW = by("window:W-01:S01")
HEAD = by("window_head:H-01:S01")
OTHER_HEAD = by("window_head:H-02:S01")
DELEGATE = by("delegate:D-01")
MAYOR = by("mayor:M-01")
PROPOSER = by("proposer:P-04")
SERVICE = by("service:screening")

JULY_31 = at("2024-07-31 10:00")
AUGUST_1 = at("2024-08-01 10:00")
PARTNER = Partner(name="架空みらい土木株式会社", corporate_number="3999901000104")
SUSPENSION = Measure(
    id="BS-2024-003", clause="GL7-A2", valid_from=date(2024, 2, 1), valid_to=date(2024, 7, 31)
)

PINNED: dict[str, Any] = {
    "edition": EDITION.id,
    "municipality": EDITION.municipality,
    "zone": EDITION.zone,
    "partner": PARTNER,
    "received_on": date(2024, 7, 30),
    "partner_clauses": A,
    "project_clauses": B,
    "mayor_clauses": EDITION.mayor_clauses,
    "register_clauses": EDITION.register_clauses,
    "reconsideration_days": EDITION.periods.reconsideration_days,
}
OPENED = ScreeningOpened.model_validate(PINNED)

case = Deciding(SCREENING)
opened = case.given(OPENED)


def about_partner(
    *applying: str, as_of: date = date(2024, 7, 31), measure: str | None = None
) -> tuple[Answer, ...]:
    """All answers about the partner; those of `applying` say that the clause applies."""
    return tuple(
        Answer(
            clause=clause,
            applies=clause in applying,
            evidence="入札参加停止措置台帳",
            register_as_of=as_of if clause in EDITION.register_clauses else None,
            measure=measure if clause in applying else None,
        )
        for clause in A
    )


def about_project(*applying: str) -> tuple[Answer, ...]:
    return tuple(Answer(clause=clause, applies=clause in applying, evidence="審査票 7-2") for clause in B)


def screen_partner(
    answers: Iterable[Answer] | None = None,
    on: datetime = JULY_31,
    as_of: date | None = None,
    measures: Iterable[Measure] = (),
) -> RecordPartnerScreening:
    return RecordPartnerScreening(
        actor=WINDOW,
        at=on,
        answers=tuple(about_partner() if answers is None else answers),
        as_of=as_of,
        measures=tuple(measures),
    )


def screen_project(answers: Iterable[Answer] | None = None) -> RecordProjectScreening:
    return RecordProjectScreening(
        actor=WINDOW, at=JULY_31, answers=tuple(about_project() if answers is None else answers)
    )


def find(clause: str, applies: bool = True, actor: Actor = MAYOR) -> RecordMayorFinding:
    reasons = Confidential("市の信用を損なうおそれがあるため")
    return RecordMayorFinding(actor=actor, at=JULY_31, clause=clause, applies=applies, reasons=reasons)


def found(clause: str, applies: bool = True) -> MayorFound:
    reasons = Confidential("市の信用を損なうおそれがあるため")
    return MayorFound(clause=clause, applies=applies, reasons=reasons, found_by="M-01")


def confirm(on: datetime = JULY_31, measures: Iterable[Measure] = ()) -> ConfirmEligible:
    return ConfirmEligible(actor=HEAD, at=on, measures=tuple(measures))


def declare(actor: Actor = HEAD, on: datetime = JULY_31) -> DeclareIneligible:
    return DeclareIneligible(actor=actor, at=on)


def ask_again(on: datetime = JULY_31) -> RequestReconsideration:
    grounds = Confidential("営業を目的としないため")
    return RequestReconsideration(actor=PROPOSER, at=on, grounds=grounds)


def uphold(actor: Actor = OTHER_HEAD) -> UpholdDecision:
    return UpholdDecision(actor=actor, at=JULY_31, reasons=Confidential("販売目標があるため"))


def revoke(actor: Actor = OTHER_HEAD) -> RevokeDecision:
    return RevokeDecision(actor=actor, at=JULY_31, reasons=Confidential("事実の誤認があったため"))


def open_screening() -> OpenScreening:
    return OpenScreening.model_validate({**PINNED, "actor": SERVICE, "at": JULY_31})


def close() -> CloseScreening:
    return CloseScreening(actor=SERVICE, at=JULY_31)


ELIGIBLE = opened.after(screen_partner(), screen_project(), confirm())
INELIGIBLE = opened.after(screen_partner(), screen_project(about_project("GL7-B1")), declare())
