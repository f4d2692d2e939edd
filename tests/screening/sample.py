"""A partner to screen, the actors who do, and answers to hand in (fictional)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import guidelines
from contracts.actors import Actor
from contracts.confidential import Confidential
from contracts.days import JAPAN
from contracts.intake import Partner
from contracts.screening import Answer, Course, Flag, MayorFound, ScreeningOpened
from services.screening.domain import (
    SCREENING,
    AdverseFactFound,
    CloseScreening,
    ConfirmEligible,
    ConfirmFlag,
    DeclareIneligible,
    DismissFlag,
    Escalate,
    FlagPartner,
    FollowGuideline,
    NoteCourse,
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
TIMER = by("timer:screening")
CONTRACT_SECTION = by("contract_section:K-01:S06")

JULY_31 = at("2024-07-31 10:00")
AUGUST_1 = at("2024-08-01 10:00")
PARTNER = Partner(name="架空みらい土木株式会社", corporate_number="3999901000104")
SUSPENSION = Measure(
    id="BS-2024-003",
    register="bid_suspension",
    clause="GL7-A2",
    valid_from=date(2024, 2, 1),
    valid_to=date(2024, 7, 31),
)

LIKELY = Measure(
    id="BS-2024-021",
    register="bid_suspension",
    clause="GL7-A2",
    valid_from=date(2024, 7, 1),
    valid_to=date(2024, 9, 30),
    automatic=False,
    likeness=0.93,
    alike=("商号が同じ",),
    differ=("所在地が違う",),
)  # perhaps about the partner: by the name alone

EDITION_PINNED: dict[str, Any] = {
    "edition": EDITION.id,
    "municipality": EDITION.municipality,
    "zone": EDITION.zone,
    "partner_clauses": A,
    "project_clauses": B,
    "mayor_clauses": EDITION.mayor_clauses,
    "register_clauses": EDITION.register_clauses,
    "registers": EDITION.registers,
    "reconsideration_days": EDITION.periods.reconsideration_days,
    "screening_days": EDITION.periods.screening,
    "calendar": JAPAN,
}
PINNED: dict[str, Any] = {**EDITION_PINNED, "partner": PARTNER, "received_on": date(2024, 7, 30)}
PINNED["proposers"] = ("P-04",)
OPENED = ScreeningOpened.model_validate({**PINNED, "decide_by": date(2024, 8, 14)})

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


def flag(measure: Measure = LIKELY) -> Flag:
    shown = measure.model_dump(include={"clause", "likeness", "alike", "differ", "automatic", "through"})
    return Flag(measure=measure.id, **shown)


def flag_partner(*measures: Measure, on: datetime = JULY_31) -> FlagPartner:
    return FlagPartner(actor=SERVICE, at=on, flags=tuple(map(flag, measures or (LIKELY,))))


def confirm_flag(
    measure: Measure = LIKELY, actor: Actor = WINDOW, on: datetime = JULY_31, known: bool = True
) -> ConfirmFlag:
    reason = Confidential("所在地の変更届を確認した")
    measures = (measure,) if known else ()
    return ConfirmFlag(actor=actor, at=on, measure=measure.id, reason=reason, measures=measures)


def dismiss_flag(measure: Measure = LIKELY, actor: Actor = WINDOW, on: datetime = JULY_31) -> DismissFlag:
    reason = Confidential("登記事項証明書により別法人と確認した")
    return DismissFlag(actor=actor, at=on, measure=measure.id, reason=reason)


def adverse(
    clause: str = "GL7-A2",
    measure: Measure | None = None,
    actor: Actor = CONTRACT_SECTION,
    on: datetime = JULY_31,
) -> AdverseFactFound:
    reason = Confidential("指名停止の通知を受けた")
    named, known = (measure.id, (measure,)) if measure else (None, ())
    return AdverseFactFound(actor=actor, at=on, clause=clause, measure=named, reason=reason, measures=known)


def note(course: Course) -> NoteCourse:
    return NoteCourse(actor=SERVICE, at=JULY_31, course=course)


def follow(**changed: Any) -> FollowGuideline:
    return FollowGuideline.model_validate({**EDITION_PINNED, **changed, "actor": SERVICE, "at": JULY_31})


def escalate(waiting_for: str = "eligibility", due: date = date(2024, 8, 14)) -> Escalate:
    return Escalate(actor=TIMER, at=AUGUST_1, waiting_for=waiting_for, due=due)


def find(
    clause: str, applies: bool = True, actor: Actor = MAYOR, on: datetime = JULY_31
) -> RecordMayorFinding:
    reasons = Confidential("市の信用を損なうおそれがあるため")
    return RecordMayorFinding(actor=actor, at=on, clause=clause, applies=applies, reasons=reasons)


def found(clause: str, applies: bool = True) -> MayorFound:
    reasons = Confidential("市の信用を損なうおそれがあるため")
    return MayorFound(clause=clause, applies=applies, reasons=reasons, found_by="M-01")


def confirm(on: datetime = JULY_31, measures: Iterable[Measure] = ()) -> ConfirmEligible:
    return ConfirmEligible(actor=HEAD, at=on, measures=tuple(measures))


def declare(
    actor: Actor = HEAD, on: datetime = JULY_31, measures: Iterable[Measure] = ()
) -> DeclareIneligible:
    return DeclareIneligible(actor=actor, at=on, measures=tuple(measures))


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
