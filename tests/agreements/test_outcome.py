"""What comes of a case, and where city money leads (V01, V06, V25, V26)."""

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from chassis.decider import NotYours
from contracts.agreements import Outcome, OutcomeDecided
from contracts.confidential import Confidential
from contracts.intake import CostClass
from services.agreements.domain.commands import DecideOutcome
from services.agreements.domain.signing import BelowMinimum, NotEvaluated, OutcomeDecidedBefore
from services.agreements.domain.standing import CaseIsOver, NotInDialogue
from services.agreements.policies import CostNotApproved, CostUndetermined
from tests.agreements.sample import (
    CLOSED,
    EVALUATED,
    FINANCE,
    NOT_ESTABLISHED,
    R1,
    R2,
    READY,
    RUNNING,
    SCORING,
    SHARED,
    TO_EVALUATE,
    WINDOW,
    case,
    classify,
    conclude,
    decide_on,
    score,
)

AGREEMENTS = ("individual_agreement", "comprehensive_agreement")


def leads_to(outcome: str, *cost: Any) -> str:
    [fact] = EVALUATED.after(*cost).when(decide_on(outcome))
    assert isinstance(fact, OutcomeDecided)
    assert fact.outcome == outcome
    return fact.next


def test_v25_there_is_no_outcome_before_the_evaluation_is_concluded() -> None:
    for stream in (SHARED, RUNNING, TO_EVALUATE, SCORING, SCORING.after(score(R1), score(R2))):
        with pytest.raises(NotEvaluated):
            stream.when(decide_on("not_established"))


def test_v26_an_outcome_is_one_of_four() -> None:
    assert set(get_args(Outcome)) == {
        "service_contract",
        "comprehensive_agreement",
        "individual_agreement",
        "not_established",
    }
    with pytest.raises(ValidationError):
        decide_on("partnership")


def test_an_outcome_has_reasons_and_somebody_who_decided_it() -> None:
    [fact] = EVALUATED.when(decide_on("not_established"))
    assert fact == OutcomeDecided(
        outcome="not_established",
        next="not_established",
        reasons=Confidential("目標を達した"),
        decided_by="H-01",
    )
    assert "reasons" in {name for name, field in DecideOutcome.model_fields.items() if field.is_required()}


@pytest.mark.parametrize("outcome", AGREEMENTS)
def test_v01_what_costs_nothing_or_was_approved_goes_to_an_agreement(outcome: str) -> None:
    for cost in (
        classify("none"),
        classify("actual_expense", 12_000, FINANCE),
        classify("revenue_waiver", 24_000, FINANCE),
    ):
        assert leads_to(outcome, cost) == "agreement_prep"


@pytest.mark.parametrize("class_", ["actual_expense", "revenue_waiver"])
def test_v01_what_finance_did_not_approve_goes_nowhere(class_: CostClass) -> None:
    with pytest.raises(CostNotApproved):
        leads_to("individual_agreement", classify(class_, 24_000))


@pytest.mark.parametrize("outcome", [*AGREEMENTS, "service_contract"])
def test_v01_expenditure_goes_to_procurement_even_where_finance_approves(outcome: str) -> None:
    assert leads_to(outcome, classify("expenditure", 5_280_000, FINANCE)) == "procurement"


@pytest.mark.parametrize("cost", [(), (classify("undetermined"),), (classify("undetermined", 1, FINANCE),)])
def test_v06_an_undetermined_cost_leads_to_no_agreement(cost: tuple[Any, ...]) -> None:
    for outcome in AGREEMENTS:
        with pytest.raises(CostUndetermined):
            leads_to(outcome, *cost)
    assert leads_to("not_established", *cost) == "not_established"


def test_a_service_contract_goes_to_procurement_whatever_it_costs() -> None:
    for cost in ((), (classify("none"),), (classify("undetermined"),)):
        assert leads_to("service_contract", *cost) == "procurement"


def test_a_total_below_the_minimum_establishes_nothing() -> None:
    below = SCORING.after(score(R1, 59, 60), score(R2, 60, 60), conclude(), classify())
    at_minimum = SCORING.after(score(R1, 60, 60), score(R2, 60, 60), conclude(), classify())
    for outcome in (*AGREEMENTS, "service_contract"):
        with pytest.raises(BelowMinimum):
            below.when(decide_on(outcome))
        assert at_minimum.when(decide_on(outcome))
    assert below.when(decide_on("not_established"))


def test_an_outcome_is_decided_once_by_those_who_may() -> None:
    for stream in (READY, NOT_ESTABLISHED):
        with pytest.raises(OutcomeDecidedBefore):
            stream.when(decide_on("not_established"))
    with pytest.raises(NotYours):
        EVALUATED.when(decide_on(actor=WINDOW))


def test_there_is_no_outcome_of_a_case_that_is_not_here() -> None:
    with pytest.raises(NotInDialogue):
        case.when(decide_on())
    with pytest.raises(CaseIsOver):
        CLOSED.when(decide_on())
