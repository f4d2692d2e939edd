"""What comes of a case, and where city money leads (V01, V06, V25, V26)."""

import json
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from chassis.decider import NotYours
from contracts.agreements import Outcome, OutcomeDecided
from contracts.confidential import Confidential
from contracts.decision import Basis, canonical
from contracts.intake import CostClass
from guidelines import rules
from services.agreements.domain.commands import DecideOutcome
from services.agreements.domain.signing import BelowMinimum, NotEvaluated, OutcomeDecidedBefore
from services.agreements.domain.standing import CaseIsOver, NotInDialogue
from services.agreements.policies import (
    ClauseMissing,
    CostNotApproved,
    CostUndetermined,
    ExpenditureWithoutProcurement,
    NoSuchClause,
)
from tests.agreements.sample import (
    CLOSED,
    EDITION,
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

ROUTE = {"outcome": "not_established", "cost_class": "none", "approved": False, "fairness_trigger": False}
LAWFUL = rules.evaluate(EDITION.id, "route", ROUTE)
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


def test_an_outcome_has_reasons_clauses_an_edition_and_somebody_who_decided_it() -> None:
    [fact] = EVALUATED.when(decide_on("not_established", clauses=("GL4-5", "GL6-1")))
    assert isinstance(fact, OutcomeDecided)
    assert (fact.outcome, fact.next) == ("not_established", "not_established")
    assert (fact.reasons, fact.decided_by) == (Confidential("目標を達した"), "H-01")
    assert (fact.clauses, fact.edition) == (("GL4-5", "GL6-1"), EDITION.id)
    assert "reasons" in {name for name, field in DecideOutcome.model_fields.items() if field.is_required()}


def test_v07_that_nothing_is_established_rests_on_a_clause() -> None:
    with pytest.raises(ClauseMissing):
        EVALUATED.when(decide_on("not_established", clauses=()))
    [fact] = EVALUATED.after(classify()).when(decide_on(clauses=()))  # what is granted need not cite one
    assert isinstance(fact, OutcomeDecided)
    assert fact.clauses == ()


@pytest.mark.parametrize("outcome", ["not_established", "individual_agreement"])
def test_v08_a_clause_is_cited_from_the_edition_of_the_case(outcome: str) -> None:
    with pytest.raises(NoSuchClause, match="GL9-9"):
        EVALUATED.after(classify()).when(decide_on(outcome, clauses=("GL4-5", "GL9-9")))


def test_where_a_case_goes_is_what_its_edition_says_and_can_be_made_out_again() -> None:
    [fact] = EVALUATED.after(classify("actual_expense", 12_000, FINANCE)).when(decide_on())
    assert isinstance(fact, OutcomeDecided)
    assert fact.basis is not None
    assert (fact.basis.rule, fact.basis.edition) == ("route", EDITION.id)
    assert fact.basis.digest == rules.digest(EDITION.id, "route")
    assert rules.again(fact.basis) == fact.basis
    assert json.loads(fact.basis.inputs) == {
        "outcome": "individual_agreement",
        "cost_class": "actual_expense",
        "approved": True,
        "fairness_trigger": False,
    }


def test_rivals_that_have_to_be_treated_alike_go_to_procurement() -> None:
    [fact] = EVALUATED.after(classify("none")).when(decide_on(fairness_trigger=True))
    assert isinstance(fact, OutcomeDecided)
    assert fact.next == "procurement"


def test_v01_and_v06_hold_whatever_an_edition_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table with a mistake in it leads nobody past them."""

    def too_kind(edition: str, rule: str, inputs: dict[str, Any]) -> Basis:
        answer = {"next": "agreement_prep", "reason": "GL6-1"}
        return rules.again(LAWFUL).model_copy(update={"result": canonical(answer)})

    monkeypatch.setattr(rules, "evaluate", too_kind)
    for cost in (
        classify("expenditure", 1, FINANCE),
        classify("undetermined"),
        classify("actual_expense", 1),
    ):
        with pytest.raises((ExpenditureWithoutProcurement, CostUndetermined, CostNotApproved)):
            EVALUATED.after(cost).when(decide_on())


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
