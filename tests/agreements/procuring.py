"""A case from the gate of a procurement to its award, and who asks what of it (fictional)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from contracts.actors import Actor
from contracts.agreements import AgreementSigned
from contracts.confidential import Confidential
from contracts.intake import Partner
from services.agreements.domain.commands import SignAgreement
from services.agreements.domain.procurement.commands import (
    AbandonProcurement,
    AssignBudget,
    CheckSplitOrder,
    ConsentToSpecification,
    NotePartner,
    OpenProcurementGate,
    PublishSpecification,
    RecordAward,
    RecordIpClaim,
    RecordMethod,
    RecordPayment,
    ResolveSplitOrder,
    SmallContract,
)
from tests.agreements.sample import (
    EVALUATED,
    FINANCE,
    HEAD,
    NOON,
    PARTNER,
    SERVICE,
    classify,
    decide_on,
    note,
    sign,
)
from tests.deciding import by

CONTRACTS = by("contract_section:K-01:S06")
COLLEAGUE = by("contract_section:K-02:S06")
PROPOSER = Partner(name="合同会社ダミーメディカルAI", corporate_number="9999903000105")
RIVAL = Partner(name="株式会社サンプル学習ラボ", corporate_number="8999901000108")
ON = date(2023, 10, 20)
FIRST, LAST = date(2023, 11, 1), date(2024, 3, 31)
AMOUNT = 5_280_000


def gate(**more: Any) -> OpenProcurementGate:
    return OpenProcurementGate.model_validate({**more, "actor": CONTRACTS, "at": NOON})


def method(name: str = "proposal_competition", **more: Any) -> RecordMethod:
    usual: dict[str, Any] = {
        "method": name,
        "reason": "提案の内容により相手方を選ぶため",
        "kind": "other",
        "purpose": "集団健診の受付",
        "amount_yen": AMOUNT,
        "contract_date": ON,
    }
    return RecordMethod.model_validate({**usual, "actor": CONTRACTS, "at": NOON, **more})


def small(amount: int = 300_000, others: tuple[SmallContract, ...] = (), **more: Any) -> RecordMethod:
    """A direct award under item 1."""
    return method("direct_award", item=1, reason=None, amount_yen=amount, small_contracts=others, **more)


def other(case: str = "C9", amount: int = 300_000, kind: str = "other", on: date = ON) -> SmallContract:
    return SmallContract.model_validate(
        {"case": case, "kind": kind, "amount_yen": amount, "contract_date": on}
    )


def check(*others: SmallContract) -> CheckSplitOrder:
    return CheckSplitOrder(actor=SERVICE, at=NOON, small_contracts=others)


def resolve(*others: SmallContract, actor: Actor = HEAD) -> ResolveSplitOrder:
    reasons = Confidential("会場ごとに別の事業である")
    return ResolveSplitOrder(actor=actor, at=NOON, reasons=reasons, small_contracts=others)


def consent(reference: str = "仕様書第1号", actor: Actor = PARTNER) -> ConsentToSpecification:
    return ConsentToSpecification(actor=actor, at=NOON, reference=reference, scope=Confidential("問診の項目"))


def specify(reference: str = "仕様書第1号", holds_idea: bool = False) -> PublishSpecification:
    return PublishSpecification(actor=CONTRACTS, at=NOON, reference=reference, holds_idea=holds_idea)


def budget(year: int = 2023, amount: int = AMOUNT) -> AssignBudget:
    return AssignBudget(
        actor=FINANCE,
        at=NOON,
        fiscal_year=year,
        reference=f"令和{year - 2018}年度 4款1項2目",
        amount_yen=amount,
    )


def award(**more: Any) -> RecordAward:
    usual: dict[str, Any] = {"to": "proposer", "term_from": FIRST, "term_to": LAST}
    return RecordAward.model_validate({**usual, "actor": CONTRACTS, "at": NOON, **more})


def award_other(**more: Any) -> RecordAward:
    usual: dict[str, Any] = {
        "to": "other",
        "organisation": RIVAL,
        "idea_protected": True,
        "reasons": "評価点が最も高かったため",
        "clauses": ("GL6-1",),
    }
    return RecordAward.model_validate({**usual, "actor": CONTRACTS, "at": NOON, **more})


def abandon(ground: str = "no_bid") -> AbandonProcurement:
    return AbandonProcurement.model_validate(
        {"actor": CONTRACTS, "at": NOON, "ground": ground, "reasons": "応募がなかったため"}
    )


def pay(amount: int = 100_000, kind: str = "payment", on: date = date(2023, 10, 10)) -> RecordPayment:
    return RecordPayment.model_validate(
        {
            "actor": FINANCE,
            "at": NOON,
            "kind": kind,
            "amount_yen": amount,
            "paid_on": on,
            "reference": "支出第1号",
        }
    )


def claim(received_on: date = date(2023, 10, 10)) -> RecordIpClaim:
    return RecordIpClaim(
        actor=HEAD,
        at=NOON,
        claimant=Confidential("架空特許株式会社"),
        claim=Confidential("特許権の侵害"),
        received_on=received_on,
    )


def contract(on: datetime = NOON, **more: Any) -> SignAgreement:
    return sign(on, **{"term_to": LAST, **more})


def signed(fact: Any) -> AgreementSigned:
    assert isinstance(fact, AgreementSigned)
    return fact


PAID = EVALUATED.after(
    NotePartner(actor=SERVICE, at=NOON, partner=PROPOSER), classify("expenditure", AMOUNT, FINANCE)
)
PROCURING = PAID.after(decide_on("service_contract"), note())
COMPETING = PROCURING.after(method(), specify(), budget())
AWARDED = COMPETING.after(award())
SMALL = PROCURING.after(classify("expenditure", 300_000, FINANCE), budget(2023, 500_000))
SMALL_AWARDED = SMALL.after(small(), award())
