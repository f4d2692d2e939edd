"""A proposal to test with, its actors and its days (fictional)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from chassis.decider import Recorded
from contracts.actors import Actor
from contracts.cloudevents import Envelope
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
    LapseCorrection,
    LearnWithdrawalTooLate,
    ReachStage,
    RequestCorrection,
    SubmitCorrection,
    SubmitProposal,
    Withdraw,
)
from tests.deciding import Deciding, at, by

PROPOSER = by("proposer:P-01")
WINDOW = by("window:W-01:S01")
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
GIVEN: dict[str, Any] = {"receipt_number": "R2023-0001", "secret_hash": "ab" * 32}

case = Deciding(PROPOSAL)


def submit(actor: Actor = PROPOSER, on: datetime = MONDAY, **changed: Any) -> SubmitProposal:
    return SubmitProposal.model_validate({**FORM, **GIVEN, **changed, "actor": actor, "at": on})


def request_correction(due: date = DUE) -> RequestCorrection:
    items = ["実施体制を示す書類"]
    return RequestCorrection.model_validate({"actor": WINDOW, "at": MONDAY, "items": items, "due": due})


def correct(on: datetime = MONDAY, **parts: Any) -> SubmitCorrection:
    return SubmitCorrection.model_validate({"actor": PROPOSER, "at": on, **parts})


def lapse(on: datetime) -> LapseCorrection:
    return LapseCorrection(actor=TIMER, at=on)


def accept(on: datetime = MONDAY) -> AcceptProposal:
    return AcceptProposal(actor=WINDOW, at=on, edition="tokorozawa/2023-07", municipality="112089")


def withdraw(reason: str | None = None) -> Withdraw:
    return Withdraw.model_validate({"actor": PROPOSER, "at": MONDAY, "reason": reason})


def reach(stage: Stage, since: datetime = MONDAY) -> ReachStage:
    return ReachStage(actor=SERVICE, at=MONDAY, stage=stage, since=since)


def learn_too_late() -> LearnWithdrawalTooLate:
    return LearnWithdrawalTooLate(actor=SERVICE, at=MONDAY)


SUBMITTED = ProposalSubmitted.model_validate({**FORM, **GIVEN, "submitted_on": date(2023, 8, 21)})
ASKED = CorrectionRequested.model_validate({"items": ["実施体制を示す書類"], "due": DUE})
RECEIVED = ProposalReceived(
    edition="tokorozawa/2023-07",
    municipality="112089",
    received_on=date(2023, 8, 21),
    receipt_number="R2023-0001",
    partner=Partner(name="株式会社ミマモリ架空電機", corporate_number="6999901000101"),
)


def reached(stage: Stage, since: datetime = MONDAY) -> StageReached:
    return StageReached(stage=stage, since=since)


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
