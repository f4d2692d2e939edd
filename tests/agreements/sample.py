"""A case from its match to its signature, the people of both sides, and what they say (fictional)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import guidelines
from chassis.decider import Recorded
from contracts.actors import Actor
from contracts.agreements import StopCause, Waiting
from contracts.cloudevents import Envelope
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake import CostClass, criteria_version
from contracts.matching import Matched
from services.agreements.domain import (
    PARTNERSHIP,
    EndPartnership,
    FollowGuideline,
    NoteConflict,
    NoteProposers,
    NoteTheme,
    OpenDialogue,
    ReleaseLead,
    ResumePartnership,
    SuspendPartnership,
)
from services.agreements.domain.commands import (
    AbortPilot,
    AgreeGoals,
    ClassifyCost,
    CloseForWithdrawal,
    CompletePilot,
    ConcludeEvaluation,
    ConfirmGoals,
    ConfirmMinutes,
    DecideOutcome,
    EscalateTalks,
    GrantPermit,
    NotePartnerScreening,
    OpenEvaluation,
    PlanPilot,
    RecordDialogue,
    Recuse,
    Rematch,
    RequestReconsideration,
    RevokeDecision,
    SignAgreement,
    SkipPilot,
    StartPilot,
    SubmitScore,
    UpholdDecision,
)
from services.agreements.domain.environment.commands import (
    GrantResource,
    RefuseResource,
    RequestResource,
)
from services.agreements.domain.evaluation.commands import Abstain, LockCriteria, NameReviewer
from services.agreements.domain.pilot.commands import (
    ConfirmErasure,
    ReleaseOpenData,
    ReportIncident,
    ReportProgress,
    ResumePilot,
    SuspendPilot,
)
from tests.deciding import Deciding, at, by

EDITION = guidelines.load("tokorozawa/2023-07")
SERVICE = by("service:agreements")
TIMER = by("timer:agreements")
LEAD = by("section:U-14:S14")
SUPPORT = by("section:U-07:S07")
OTHER = by("section:U-12:S12")
PARTNER = by("proposer:P-01")
FINANCE = by("finance:F-01:S03")
WINDOW = by("window:W-01:S01")
HEAD = by("window_head:H-01:S01")
MAYOR = by("mayor:M-01")
R1, R2, R3 = (by(f"reviewer:REV-0{n}") for n in (1, 2, 3))

TODAY = date(2023, 10, 10)
NOON = at("2023-10-10 12:00")
PERMIT = "行政財産の目的外使用許可"


def open_dialogue(lead: str = "S14") -> OpenDialogue:
    return OpenDialogue(
        actor=SERVICE,
        at=NOON,
        lead=lead,
        supporting=("S07",),
        edition=EDITION.id,
        municipality=EDITION.municipality,
        zone=EDITION.zone,
        screening_valid_days=EDITION.periods.screening_valid_days,
    )


def release(section: str = "S14") -> ReleaseLead:
    return ReleaseLead(actor=SERVICE, at=NOON, section=section)


def rematch(actor: Actor = LEAD) -> Rematch:
    return Rematch(actor=actor, at=NOON, reason=Confidential("所管が異なる"))


def note_proposers(*persons: str) -> NoteProposers:
    return NoteProposers(actor=SERVICE, at=NOON, persons=persons or ("P-01",))


def suspend() -> SuspendPartnership:
    return SuspendPartnership(actor=SERVICE, at=NOON)


def resume() -> ResumePartnership:
    return ResumePartnership(actor=SERVICE, at=NOON)


def end(*clauses: str) -> EndPartnership:
    return EndPartnership(actor=SERVICE, at=NOON, clauses=clauses or ("GL7-A2",))


def follow(edition: str = "tokorozawa/2025-04", valid_days: int = 14) -> FollowGuideline:
    return FollowGuideline(
        actor=SERVICE,
        at=NOON,
        edition=edition,
        municipality=EDITION.municipality,
        zone=EDITION.zone,
        screening_valid_days=valid_days,
    )


def classify(class_: CostClass = "none", amount: int | None = None, actor: Actor = LEAD) -> ClassifyCost:
    return ClassifyCost(actor=actor, at=NOON, class_=class_, amount_yen=amount)


def record(actor: Actor = LEAD, held_on: date = TODAY) -> RecordDialogue:
    return RecordDialogue(actor=actor, at=NOON, held_on=held_on, text=Confidential("対象は50世帯とする"))


def confirm(number: int = 1, actor: Actor = PARTNER) -> ConfirmMinutes:
    return ConfirmMinutes(actor=actor, at=NOON, number=number)


def goals(actor: Actor = PARTNER) -> AgreeGoals:
    return AgreeGoals(
        actor=actor,
        at=NOON,
        goals=Confidential("検知から連絡まで30分以内"),
        benefit_city=Confidential("孤立を防ぐ"),
        benefit_partner=Confidential("精度を確かめる"),
    )


def share(actor: Actor = LEAD, number: int | None = None) -> ConfirmGoals:
    return ConfirmGoals(actor=actor, at=NOON, number=number)


PLAN: dict[str, Any] = {
    "kpis": ["連絡までの時間"],
    "starts_on": "2023-10-10",
    "ends_on": "2024-03-31",
    "permits": [PERMIT],
    "insurance": "held",
    "stop_rule": "誤検知が週に10件を超えたとき",
    "data_terms": "終了後1か月以内に消去する",
}


def plan(actor: Actor = LEAD, **changed: Any) -> PlanPilot:
    return PlanPilot.model_validate({**PLAN, **changed, "actor": actor, "at": NOON})


def grant(permit: str = PERMIT, actor: Actor = LEAD) -> GrantPermit:
    return GrantPermit(actor=actor, at=NOON, permit=permit, reference="財管第123号")


def start(actor: Actor = LEAD, on: datetime = NOON) -> StartPilot:
    return StartPilot(actor=actor, at=on)


def complete(actor: Actor = LEAD) -> CompletePilot:
    return CompletePilot(
        actor=actor,
        at=NOON,
        report=Confidential("実証報告書"),
        data=Confidential("共有フォルダ 実証/2023-12"),
    )


def report_incident(actor: Actor = PARTNER, on: date = TODAY) -> ReportIncident:
    return ReportIncident(actor=actor, at=NOON, occurred_on=on, what=Confidential("機器が発熱した"))


def report_progress(actor: Actor = PARTNER, on: date = TODAY, **values: Any) -> ReportProgress:
    said = values or {"連絡までの時間": 12.5}
    return ReportProgress(actor=actor, at=NOON, as_of=on, values=Confidential(said))


def suspend_pilot(
    actor: Actor = LEAD, cause: StopCause = "stop_rule", incident: int | None = None
) -> SuspendPilot:
    reason = Confidential("誤検知が続く")
    return SuspendPilot(actor=actor, at=NOON, cause=cause, incident=incident, reason=reason)


def resume_pilot(actor: Actor = LEAD) -> ResumePilot:
    return ResumePilot(actor=actor, at=NOON, how=Confidential("機器を取り替えた"))


PERSONAL: dict[str, Any] = {"purpose": "連絡先を知るため", "lawful_basis": "本人の同意", "retain_days": 30}


def confirm_erasure(actor: Actor = PARTNER, on: date = TODAY) -> ConfirmErasure:
    return ConfirmErasure(actor=actor, at=NOON, erased_on=on, how=Confidential("サーバーから消去した"))


def release_data(
    dataset: str = "D-1",
    rows: Any = (("朝", 120), ("昼", 80), ("夜", 3)),
    actor: Actor = LEAD,
    **changed: Any,
) -> ReleaseOpenData:
    fields = {"title": "通行量", "labels": ["時"], "counts": ["通行量"], **changed}
    return ReleaseOpenData.model_validate(
        {**fields, "dataset": dataset, "rows": rows, "actor": actor, "at": NOON}
    )


ROADS = by("section:U-27:S27")  # neither leads nor supports the case


def ask(resource: str = "roads", actor: Actor = PARTNER) -> RequestResource:
    return RequestResource(
        actor=actor, at=NOON, resource=resource, purpose=Confidential("センサーを8台設置する")
    )


def grant_resource(number: int = 1, actor: Actor = ROADS) -> GrantResource:
    return GrantResource(actor=actor, at=NOON, number=number, conditions=Confidential("夜間に限る"))


def refuse_resource(
    number: int = 1, actor: Actor = ROADS, clauses: tuple[str, ...] = ("GL7-B2",)
) -> RefuseResource:
    reasons = Confidential("通行を妨げる")
    return RefuseResource(actor=actor, at=NOON, number=number, reasons=reasons, clauses=clauses)


def escalate_talks(waiting_for: Waiting, due: date, number: int | None = None) -> EscalateTalks:
    return EscalateTalks(actor=TIMER, at=NOON, waiting_for=waiting_for, due=due, number=number)


def skip(actor: Actor = LEAD) -> SkipPilot:
    return SkipPilot(actor=actor, at=NOON, reason=Confidential("他市での実績がある"))


def abort(actor: Actor = PARTNER) -> AbortPilot:
    return AbortPilot(actor=actor, at=NOON, reason=Confidential("機器の不具合"))


CRITERIA: dict[str, int] = {"課題適合性": 60, "安全管理": 40}


def open_evaluation(**changed: Any) -> OpenEvaluation:
    fields = {
        "criteria": [{"name": name, "weight": weight} for name, weight in CRITERIA.items()],
        "min_total": 60,
        "reviewers": ["REV-01", "REV-02", "REV-03"],
        "quorum": 2,
    }
    return OpenEvaluation.model_validate({**fields, **changed, "actor": WINDOW, "at": NOON})


def lock_criteria(**changed: Any) -> LockCriteria:
    criteria = [{"name": name, "weight": weight} for name, weight in CRITERIA.items()]
    return LockCriteria.model_validate(
        {"criteria": criteria, "min_total": 60, **changed, "actor": WINDOW, "at": NOON}
    )


def abstain(actor: Actor = R3) -> Abstain:
    return Abstain(actor=actor, at=NOON)


def name_reviewer(reviewer: str = "REV-05", in_place_of: str = "REV-03") -> NameReviewer:
    return NameReviewer(actor=WINDOW, at=NOON, reviewer=reviewer, in_place_of=in_place_of)


VERSION = criteria_version(CRITERIA.items(), 60)


def note_theme(theme: str | None = "T-2024-01", version: str | None = VERSION) -> NoteTheme:
    return NoteTheme(actor=SERVICE, at=NOON, theme=theme, criteria_version=version)


def note_conflict(person: str = "REV-03") -> NoteConflict:
    return NoteConflict(actor=SERVICE, at=NOON, person=person)


def score(actor: Actor = R1, fit: int = 80, safety: int = 75, **more: int) -> SubmitScore:
    scores = {"課題適合性": fit, "安全管理": safety, **more}
    return SubmitScore(actor=actor, at=NOON, scores=scores)


def recuse(reviewer: str = "REV-03", actor: Actor = WINDOW) -> Recuse:
    reason = Confidential("配偶者が提案者の従業員")
    return Recuse(actor=actor, at=NOON, reviewer=reviewer, reason=reason)


def conclude() -> ConcludeEvaluation:
    return ConcludeEvaluation(actor=WINDOW, at=NOON)


def decide_on(
    outcome: str = "individual_agreement",
    actor: Actor = HEAD,
    clauses: tuple[str, ...] | None = None,
    fairness_trigger: bool = False,
) -> DecideOutcome:
    """With the clause that a refusal needs, unless other ones are given."""
    usual = ("GL4-5",) if outcome == "not_established" else ()
    return DecideOutcome.model_validate(
        {
            "actor": actor,
            "at": NOON,
            "outcome": outcome,
            "reasons": "目標を達した",
            "clauses": usual if clauses is None else clauses,
            "fairness_trigger": fairness_trigger,
        }
    )


def ask_again(on: datetime = NOON, actor: Actor = PARTNER) -> RequestReconsideration:
    return RequestReconsideration(actor=actor, at=on, grounds=Confidential("評価の前提が違う"))


def uphold(actor: Actor = MAYOR) -> UpholdDecision:
    return UpholdDecision(actor=actor, at=NOON, reasons=Confidential("前提に誤りはない"))


def revoke(actor: Actor = MAYOR) -> RevokeDecision:
    return RevokeDecision(actor=actor, at=NOON, reasons=Confidential("前提に誤りがあった"))


def note(as_of: date = TODAY, clear: bool = True) -> NotePartnerScreening:
    return NotePartnerScreening(actor=SERVICE, at=NOON, as_of=as_of, clear=clear)


def sign(
    on: datetime = NOON,
    term_to: date | None = None,
    actor: Actor = MAYOR,
    term_from: date = date(2023, 11, 1),
    **more: Any,
) -> SignAgreement:
    return SignAgreement(
        actor=actor,
        at=on,
        title=Confidential("見守りに関する連携協定"),
        partner_signatory=Confidential("架空 一郎"),
        term_from=term_from,
        term_to=term_to,
        **more,
    )


def close() -> CloseForWithdrawal:
    return CloseForWithdrawal(actor=SERVICE, at=NOON)


def matched(lead: str = "S14", supporting: tuple[str, ...] = ()) -> Matched:
    return Matched(
        lead=lead,
        supporting=supporting,
        candidates=(),
        edition=EDITION.id,
        municipality=EDITION.municipality,
    )


def recorded(fact: Fact, stream: str = "partnership/C01") -> Recorded:
    """The fact as a consumer or a read model meets it."""
    envelope = Envelope(
        id="E-1",
        type=fact.type,
        source=f"/{fact.publisher}",
        subject=stream,
        version=1,
        time=NOON,
        case=stream.partition("/")[2],
        actor=str(SERVICE),
        municipality=EDITION.municipality,
        cause=None,
        traceparent=None,
        body=fact.encoded(),
    )
    return Recorded(fact, envelope)


case = Deciding(PARTNERSHIP).after(note_proposers())
DIALOGUE = case.after(open_dialogue())
SHARED = DIALOGUE.after(goals(), share())
PREPARED = SHARED.after(plan(), grant())
RUNNING = PREPARED.after(start())
STANDS_STILL = RUNNING.after(suspend_pilot())
TO_EVALUATE = SHARED.after(skip())
SCORING = TO_EVALUATE.after(open_evaluation())
EVALUATED = SCORING.after(score(R1), score(R2), conclude())
READY = EVALUATED.after(classify(), decide_on(), note())
SIGNED = READY.after(sign())
SIGNED_AFTER_PILOT = RUNNING.after(
    complete(), open_evaluation(), score(R1), score(R2), conclude(), classify(), decide_on(), note(), sign()
)
NOT_ESTABLISHED = EVALUATED.after(decide_on("not_established"))
PROCUREMENT = EVALUATED.after(classify("expenditure", 5_280_000), decide_on())
CLOSED = DIALOGUE.after(close())
