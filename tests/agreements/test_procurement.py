"""The gate of a procurement, its transitions, and that nothing else opens the way to city money (V01, V07)."""

from datetime import date
from typing import Any

import pytest

from chassis.decider import NotYours
from contracts.agreements import (
    LeadReleased,
    OutcomeDecided,
    ProcurementAbandoned,
    ProcurementOpened,
    RematchRequested,
)
from contracts.confidential import Confidential
from services.agreements.domain.evaluation.opening import NotInEvaluation
from services.agreements.domain.procurement.award import AwardCostsMoney, CostAboveTheAward
from services.agreements.domain.procurement.gate import (
    AlreadyPaid,
    FairnessNeedsReason,
    NothingToProcure,
    NotInProcurement,
    PastTheGate,
)
from services.agreements.domain.procurement.method import AboveTheCeiling
from services.agreements.domain.signing import NotReadyToSign
from services.agreements.domain.standing import CaseIsOver, CaseStopped
from services.agreements.policies import (
    CostNotApproved,
    CostUndetermined,
    ExpenditureWithoutProcurement,
)
from tests.agreements.procuring import (
    AMOUNT,
    AWARDED,
    COMPETING,
    FIRST,
    LAST,
    PROCURING,
    SMALL,
    SMALL_AWARDED,
    abandon,
    award,
    award_other,
    budget,
    consent,
    contract,
    gate,
    method,
    pay,
    signed,
    small,
    specify,
)
from tests.agreements.sample import (
    DIALOGUE,
    EVALUATED,
    FINANCE,
    LEAD,
    PREPARED,
    PROCUREMENT,
    R1,
    R2,
    READY,
    RUNNING,
    SHARED,
    case,
    classify,
    conclude,
    decide_on,
    follow,
    note,
    open_dialogue,
    open_evaluation,
    resume,
    score,
    skip,
    suspend,
)
from tests.deciding import at

EARLY = DIALOGUE.after(classify("expenditure", AMOUNT), gate())


def test_open_procurement_gate_leads_from_dialogue_or_pilot_prep_when_expenditure_is_found_early() -> None:
    for stream in (DIALOGUE, PREPARED):
        spent = stream.after(classify("expenditure", AMOUNT))
        [opened] = spent.when(gate())
        assert isinstance(opened, ProcurementOpened)
        assert opened.ground == "expenditure"
        assert spent.given(opened).state.phase == "procurement"
    for past in (RUNNING, EVALUATED, READY, PROCUREMENT):
        with pytest.raises(PastTheGate):
            past.when(gate(fairness_trigger=True, reason="競合がある"))
    with pytest.raises(NotYours):
        DIALOGUE.when(gate().model_copy(update={"actor": LEAD}))


def test_v01_expenditure_found_at_the_last_moment_before_the_signature_leads_to_procurement() -> None:
    """Also where an outcome provides for an agreement already, so that no case is left without a way on (V22)."""
    late = READY.after(classify("expenditure", AMOUNT, FINANCE))
    with pytest.raises(ExpenditureWithoutProcurement):
        late.when(contract())
    [opened] = late.when(gate())
    assert opened == ProcurementOpened(ground="expenditure")
    procuring = late.given(opened)
    with pytest.raises(ExpenditureWithoutProcurement):
        procuring.when(contract())
    [fact] = procuring.after(method(), specify(), budget(), award()).when(contract())
    assert (signed(fact).form, signed(fact).cost_class) == ("individual_agreement", "expenditure")
    assert procuring.after(abandon()).state.phase == "dialogue"
    with pytest.raises(PastTheGate):
        AWARDED.when(gate())


def test_open_procurement_gate_for_fairness_has_a_reason_whatever_the_case_costs() -> None:
    for stream in (DIALOGUE, DIALOGUE.after(classify("none"))):
        with pytest.raises(NothingToProcure):
            stream.when(gate())
        with pytest.raises(FairnessNeedsReason):
            stream.when(gate(fairness_trigger=True))
        [opened] = stream.when(gate(fairness_trigger=True, reason="同種の提案がある"))
        assert opened == ProcurementOpened(ground="fairness", reason=Confidential("同種の提案がある"))


def test_cost_is_classified_at_any_time_before_the_signature() -> None:
    for stream in (DIALOGUE, PREPARED, RUNNING, EVALUATED, PROCURING, READY, AWARDED):
        assert stream.when(classify("none"))
    with pytest.raises(CaseIsOver):
        AWARDED.after(contract()).when(classify("none"))


def test_v01_expenditure_is_signed_after_a_concluded_procurement_of_the_case_only() -> None:
    for stream in (PROCURING, COMPETING, EARLY):
        with pytest.raises(ExpenditureWithoutProcurement):
            stream.when(contract())
    with pytest.raises(ExpenditureWithoutProcurement):
        READY.after(classify("expenditure", 1, FINANCE)).when(contract())
    [fact] = AWARDED.when(contract())
    assert (signed(fact).form, signed(fact).cost_class) == ("service_contract", "expenditure")
    assert (signed(fact).term_from, signed(fact).term_to) == (FIRST, LAST)


def test_v01_a_procurement_opens_the_way_for_no_more_than_was_awarded() -> None:
    with pytest.raises(CostAboveTheAward):
        AWARDED.after(classify("expenditure", AMOUNT + 1, FINANCE)).when(contract())


@pytest.mark.parametrize("cost", [classify("none"), classify("revenue_waiver", 24_000, FINANCE)])
def test_v01_a_class_that_denies_the_money_that_was_awarded_is_not_signed(cost: Any) -> None:
    with pytest.raises(AwardCostsMoney, match=str(AMOUNT)):
        AWARDED.after(cost).when(contract())


def test_fairness_among_rivals_may_cost_nothing_but_what_the_city_forgoes() -> None:
    waived = EVALUATED.after(
        classify("revenue_waiver", 24_000, FINANCE), decide_on(fairness_trigger=True), note()
    )
    free = waived.after(method("general_bidding", reason=None, amount_yen=0), specify(), award())
    [fact] = free.when(contract())
    assert (signed(fact).form, signed(fact).cost_class) == ("individual_agreement", "revenue_waiver")


@pytest.mark.parametrize("cost", [classify("expenditure", AMOUNT), classify("actual_expense", 1)])
def test_v01_finance_has_its_word_after_the_award_too(cost: Any) -> None:
    with pytest.raises(CostNotApproved):
        AWARDED.after(cost).when(contract())


def test_v06_what_is_undetermined_is_not_signed_after_an_award_either() -> None:
    with pytest.raises(CostUndetermined):
        AWARDED.after(classify("undetermined")).when(contract())


def test_v01_an_early_procurement_leads_to_a_service_contract() -> None:
    done = EARLY.after(
        method(), specify(), budget(), award(), classify("expenditure", AMOUNT, FINANCE), note()
    )
    [fact] = done.when(contract())
    assert signed(fact).form == "service_contract"


def test_v03_the_ceiling_of_the_day_of_the_signature_decides() -> None:
    """In that city it is 300,000 up to the end of June 2025, and 700,000 from July."""
    july = date(2025, 7, 1)
    planned = SMALL.after(
        follow("kakuu-minato/2024-04", 1000),
        budget(2025, 600_000),
        small(600_000, contract_date=july),
        award(term_from=july, term_to=date(2026, 3, 31)),
        classify("expenditure", 600_000, FINANCE),
    )
    signing = contract(term_from=july, term_to=date(2026, 3, 31))
    with pytest.raises(AboveTheCeiling):
        planned.when(signing.model_copy(update={"at": at("2025-06-30 10:00")}))
    assert planned.when(signing.model_copy(update={"at": at("2025-07-01 10:00")}))


def test_abandon_procurement_leads_back_to_the_dialogue_with_the_cost_to_be_said_anew() -> None:
    for stream in (PROCURING, COMPETING, EARLY, AWARDED):
        [fact] = stream.when(abandon())
        assert isinstance(fact, ProcurementAbandoned)
        again = stream.given(fact).state
        assert (again.phase, again.cost, again.outcome, again.evaluation) == ("dialogue", None, None, None)
        assert (again.procurement.award, again.procurement.method) == (None, None)
        assert again.procurement.partner == stream.state.procurement.partner
    for elsewhere in (DIALOGUE, READY, EVALUATED):
        with pytest.raises(NotInProcurement):
            elsewhere.when(abandon())


def test_v25_after_an_abandoned_procurement_it_is_evaluated_anew_before_an_outcome() -> None:
    back = PROCURING.after(abandon())
    with pytest.raises(NotInEvaluation):
        back.when(open_evaluation())
    weighed = back.after(skip(), open_evaluation(), score(R1), score(R2), conclude(), classify("none"))
    [fact] = weighed.when(decide_on())
    assert isinstance(fact, OutcomeDecided)
    assert fact.next == "agreement_prep"
    with pytest.raises(ExpenditureWithoutProcurement):  # the award of before opens nothing
        AWARDED.after(
            abandon(), skip(), open_evaluation(), score(R1), score(R2), conclude(), classify("none"),
            decide_on(), classify("expenditure", AMOUNT, FINANCE),
        ).when(contract())  # fmt: skip


def test_v01_another_lead_section_starts_without_the_procurement_of_the_one_before() -> None:
    left: tuple[Any, ...] = (
        LeadReleased(section="S14"),
        RematchRequested(section="S14", reason=Confidential("所管が異なる")),
    )
    for fact in left:
        again = AWARDED.given(fact).after(open_dialogue("S12"), classify("expenditure", AMOUNT, FINANCE))
        assert again.state.procurement.budgets == {}
        assert not again.state.procurement.concluded
        with pytest.raises(NotReadyToSign):
            again.when(contract())


def test_what_was_paid_on_is_not_given_up() -> None:
    with pytest.raises(AlreadyPaid):
        AWARDED.after(pay()).when(abandon())


def test_nothing_is_procured_while_an_adverse_fact_stands_against_the_case() -> None:
    stopped = COMPETING.after(suspend())
    for asked in (method(), specify(), award(), award_other(), abandon(), budget()):
        with pytest.raises(CaseStopped):
            stopped.when(asked)
    assert stopped.after(resume()).when(award())


def test_a_fairness_trigger_without_money_is_signed_after_the_award_without_a_budget() -> None:
    fair = EVALUATED.after(
        classify("none"), decide_on(fairness_trigger=True), note(),
        method(amount_yen=0), specify(), award(term_to=None),
    )  # fmt: skip
    [fact] = fair.when(contract(term_to=None))
    assert signed(fact).form == "individual_agreement"
    with pytest.raises(ExpenditureWithoutProcurement):
        SHARED.after(classify("none"), gate(fairness_trigger=True, reason="競合")).when(contract())


def test_a_case_that_is_not_here_is_not_procured() -> None:
    for asked in (gate(), method(), award(), abandon(), specify(), budget(), consent()):
        with pytest.raises(Exception, match="No section leads this case"):
            case.when(asked)
    assert SMALL_AWARDED.when(contract())
