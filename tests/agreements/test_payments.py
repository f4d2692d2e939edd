"""Payments through a concluded procurement only (V28); claims to rights leave the cost where it is (V29)."""

from dataclasses import replace
from datetime import date

import pytest

from chassis.decider import NotYours
from contracts.agreements import IpClaimRecorded, PaymentRecorded
from services.agreements.domain.procurement.paying import (
    ClaimNotReceivedYet,
    NothingIsMadeGood,
    NotPaidYet,
    PaidBeforeTheAward,
    PaidBeyondTheAward,
    PaidUnderTheAgreement,
    PaymentWithoutProcurement,
)
from services.agreements.domain.standing import NotInDialogue
from tests.agreements import years
from tests.agreements.procuring import AMOUNT, AWARDED, COMPETING, PROCURING, claim, contract, pay, signed
from tests.agreements.sample import (
    CLOSED,
    DIALOGUE,
    EVALUATED,
    LEAD,
    NOT_ESTABLISHED,
    READY,
    RUNNING,
    SIGNED,
    case,
    classify,
)

WITHOUT = (case, DIALOGUE, RUNNING, EVALUATED, READY, PROCURING, COMPETING, SIGNED, NOT_ESTABLISHED, CLOSED)


@pytest.mark.parametrize("stream", WITHOUT)
@pytest.mark.parametrize("kind", ["payment", "compensation", "refund"])
def test_v28_nothing_is_paid_without_a_concluded_procurement_of_the_case(stream: object, kind: str) -> None:
    refusal = PaymentWithoutProcurement if kind == "payment" else NothingIsMadeGood
    with pytest.raises(refusal):
        stream.when(pay(kind=kind))  # type: ignore[attr-defined]


@pytest.mark.parametrize("stream", [years.signed, years.EFFECTIVE, years.TERMINATED])
@pytest.mark.parametrize("kind", ["payment", "compensation", "refund"])
def test_v28_nothing_is_paid_under_an_agreement_without_a_procurement(stream: object, kind: str) -> None:
    refusal = PaymentWithoutProcurement if kind == "payment" else NothingIsMadeGood
    with pytest.raises(refusal):
        stream.when(years.pay(kind=kind))  # type: ignore[attr-defined]


def test_v28_no_more_is_paid_than_was_awarded() -> None:
    [fact] = AWARDED.when(pay(AMOUNT))
    assert isinstance(fact, PaymentRecorded)
    assert fact.total_yen == AMOUNT
    with pytest.raises(PaidBeyondTheAward):
        AWARDED.given(fact).when(pay(1))
    with pytest.raises(PaidBeyondTheAward):
        AWARDED.when(pay(AMOUNT + 1))


def test_v28_after_the_signature_it_is_paid_under_the_agreement_with_what_was_paid_before() -> None:
    before = AWARDED.after(pay(100_000))
    [fact] = before.when(contract())
    procured = signed(fact).procured
    assert procured is not None
    assert procured.paid_yen == 100_000
    with pytest.raises(PaidUnderTheAgreement):
        before.given(fact).when(pay())
    [paid] = years.CONTRACT.when(years.pay(400_000))  # 100,000 were paid before, of 500,000
    assert isinstance(paid, PaymentRecorded)
    assert paid.total_yen == 500_000
    with pytest.raises(PaidBeyondTheAward):
        years.CONTRACT.given(paid).when(years.pay(1))
    with pytest.raises(PaidBeyondTheAward):
        years.CONTRACT.when(years.pay(400_001))


def test_v28_what_was_paid_before_the_award_was_not_paid_through_it() -> None:
    with pytest.raises(PaidBeforeTheAward):
        AWARDED.when(pay(on=date(2023, 10, 9)))
    procured = {**years.PAID_FOR, "awarded_on": date(2024, 9, 30)}
    entered = years.signed.after(
        years.enter(form="service_contract", cost_class="expenditure", renews=False, procured=procured)
    )
    with pytest.raises(PaidBeforeTheAward):
        entered.when(years.pay(on=date(2024, 9, 29)))
    assert entered.when(years.pay(on=date(2024, 9, 30)))
    [fact] = AWARDED.when(contract())
    assert signed(fact).procured is not None
    assert signed(fact).procured.awarded_on == date(2023, 10, 10)


def test_v28_what_is_due_is_paid_after_the_end_as_well() -> None:
    assert years.CONTRACT.after(years.terminate()).when(years.pay())


def test_a_payment_is_recorded_when_it_was_made_by_finance() -> None:
    with pytest.raises(NotPaidYet):
        AWARDED.when(pay(on=date(2023, 10, 11)))
    with pytest.raises(NotPaidYet):
        years.CONTRACT.when(years.pay(on=date(2024, 10, 2)))
    with pytest.raises(NotYours):
        AWARDED.when(pay().model_copy(update={"actor": LEAD}))


def test_v29_a_claim_is_the_proposers_and_never_moves_the_cost_class() -> None:
    for stream in (DIALOGUE.after(classify("none")), AWARDED, SIGNED, NOT_ESTABLISHED, CLOSED):
        [fact] = stream.when(claim())
        assert isinstance(fact, IpClaimRecorded)
        assert (fact.liable, fact.number) == ("proposer", 1)
        claimed = stream.given(fact)
        as_before = replace(claimed.state, procurement=replace(claimed.state.procurement, claims=0))
        assert as_before == stream.state  # the cost class, the award, where the case stands
        assert [each.number for each in claimed.when(claim()) if isinstance(each, IpClaimRecorded)] == [2]


def test_v29_a_claim_has_a_case_and_a_day_that_has_come() -> None:
    with pytest.raises(NotInDialogue):
        case.when(claim())
    with pytest.raises(ClaimNotReceivedYet):
        DIALOGUE.when(claim(date(2023, 10, 11)))
