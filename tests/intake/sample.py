"""A proposal to test with, its actors and its days (fictional)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from chassis.decider import Recorded
from contracts.actors import Actor
from contracts.cloudevents import Envelope
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake import (
    CorrectionRequested,
    Partner,
    ProposalReceived,
    ProposalSubmitted,
    Stage,
    StageReached,
)
from services.intake.domain import (
    PROPOSAL,
    AcceptProposal,
    EscalateAcceptance,
    JoinProposal,
    LapseCorrection,
    LearnWithdrawalTooLate,
    MigrateGuideline,
    ReachStage,
    RequestCorrection,
    ResumeCase,
    StopCase,
    SubmitCorrection,
    SubmitProposal,
    TurnFree,
    Withdraw,
)
from services.intake.receipts import hashed
from tests.deciding import Deciding, at, by

PROPOSER = by("proposer:P-01")
WINDOW = by("window:W-01:S01")
HEAD = by("window_head:H-01:S01")
TIMER = by("timer:intake")
SERVICE = by("service:intake")

MONDAY = at("2023-08-21 09:30")
DUE = date(2023, 8, 28)
IDEA = "点灯状況から生活の変化を検知する通信機能付き電球で、高齢者を見守ります。"

FORM: dict[str, Any] = {
    "kind": "free_proposal",
    "channel": "web",
    "proposer": {
        "name": "株式会社ミマモリ架空電機",
        "corporate_number": "6999901000101",
        "type": "株式会社",
        "address": "埼玉県架空市見守一丁目1番1号",
        "representative": "架空 一郎",
    },
    "title": "IoT電球による高齢者見守り実証",
    "body": IDEA,
    "requested_resources": ["広報紙での周知"],
    "city_cost": {"class": "none", "amount_yen": 0, "note": "市の財政負担なし"},
    "consent_to_terms": True,
}
SECRET = "ABCDEFGHIJ2345672345"
GIVEN: dict[str, Any] = {"receipt_number": "R2023-0001", "secret_hash": hashed(SECRET)}

case = Deciding(PROPOSAL)


def submit(actor: Actor = PROPOSER, on: datetime = MONDAY, **changed: Any) -> SubmitProposal:
    return SubmitProposal.model_validate({**FORM, **GIVEN, **changed, "actor": actor, "at": on})


def join(actor: Actor = PROPOSER, secret: str = SECRET) -> JoinProposal:
    return JoinProposal(actor=actor, at=MONDAY, secret=Confidential(secret))


def request_correction(due: date = DUE) -> RequestCorrection:
    items = ["実施体制を示す書類"]
    return RequestCorrection.model_validate({"actor": WINDOW, "at": MONDAY, "items": items, "due": due})


def correct(on: datetime = MONDAY, **parts: Any) -> SubmitCorrection:
    return SubmitCorrection.model_validate({"actor": PROPOSER, "at": on, **parts})


def lapse(on: datetime) -> LapseCorrection:
    return LapseCorrection(actor=TIMER, at=on)


def accept(on: datetime = MONDAY, **given: Any) -> AcceptProposal:
    fields = {"edition": "tokorozawa/2023-07", "municipality": "112089", **given}
    return AcceptProposal.model_validate({"actor": WINDOW, "at": on, **fields})


def withdraw(reason: str | None = None, actor: Actor = PROPOSER) -> Withdraw:
    return Withdraw.model_validate({"actor": actor, "at": MONDAY, "reason": reason})


def turn_free(theme: str = "T-2024-01") -> TurnFree:
    return TurnFree(actor=SERVICE, at=MONDAY, theme=theme, reason="予算がなくなったため")


def migrate(edition: str = "tokorozawa/2024-10", in_force: str = "tokorozawa/2024-10") -> MigrateGuideline:
    fields = {"edition": edition, "in_force": in_force, "reason": "新しい版の方が提案者に有利なため"}
    return MigrateGuideline.model_validate({"actor": HEAD, "at": MONDAY, **fields})


def escalate(on: datetime, due: date = DUE) -> EscalateAcceptance:
    return EscalateAcceptance(actor=TIMER, at=on, due=due)


def stop(since: datetime = MONDAY) -> StopCase:
    return StopCase(actor=SERVICE, at=MONDAY, since=since)


def resume(since: datetime = MONDAY) -> ResumeCase:
    return ResumeCase(actor=SERVICE, at=MONDAY, since=since)


def reach(stage: Stage, since: datetime = MONDAY) -> ReachStage:
    return ReachStage(actor=SERVICE, at=MONDAY, stage=stage, since=since)


def learn_too_late() -> LearnWithdrawalTooLate:
    return LearnWithdrawalTooLate(actor=SERVICE, at=MONDAY)


OPEN_THEME: dict[str, Any] = {
    "status": "open",
    "section": "S17",
    "opens": date(2023, 8, 1),
    "closes": date(2023, 8, 31),
    "criteria_version": "c" * 64,
}
TO_THEME = ProposalSubmitted.model_validate(
    {
        **FORM,
        **GIVEN,
        "kind": "theme_proposal",
        "theme": "T-2024-01",
        "theme_section": "S17",
        "criteria_version": "c" * 64,
        "submitted_on": date(2023, 8, 21),
        "submitted_by": "P-01",
    }
)
SUBMITTED = ProposalSubmitted.model_validate(
    {**FORM, **GIVEN, "submitted_on": date(2023, 8, 21), "submitted_by": "P-01"}
)
ASKED = CorrectionRequested.model_validate({"items": ["実施体制を示す書類"], "due": DUE})
RECEIVED = ProposalReceived(
    edition="tokorozawa/2023-07",
    municipality="112089",
    received_on=date(2023, 8, 21),
    receipt_number="R2023-0001",
    partner=Partner(name="株式会社ミマモリ架空電機", corporate_number="6999901000101"),
    address=SUBMITTED.proposer.address,
    representative=SUBMITTED.proposer.representative,
    title=SUBMITTED.title,
    body=SUBMITTED.body,
    requested_resources=SUBMITTED.requested_resources,
    secret_hash=SUBMITTED.secret_hash,
    proposers=("P-01",),
)


def reached(stage: Stage, since: datetime = MONDAY, remembers: Stage | None = None) -> StageReached:
    return StageReached(stage=stage, since=since, remembers=remembers)


def recorded(fact: Fact, kind: str = "proposal", case_id: str = "C01", on: datetime = MONDAY) -> Recorded:
    """The fact as a consumer or a read model meets it."""
    envelope = Envelope(
        id="E-1",
        type=fact.type,
        source=f"/{fact.publisher}",
        subject=f"{kind}/{case_id}",
        version=1,
        time=on,
        case=case_id,
        actor=str(SERVICE),
        municipality="112089",
        cause=None,
        traceparent=None,
        body=fact.encoded(),
    )
    return Recorded(fact, envelope)
