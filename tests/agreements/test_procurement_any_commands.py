"""Whatever is asked of a procurement in whatever order: no city money but through it (V01–V05, V07, V28, V29)."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from chassis.decider import Command
from contracts.agreements import (
    AgreementSigned,
    Awarded,
    AwardedToOther,
    BudgetAssigned,
    CostClassified,
    IpClaimRecorded,
    LeadReleased,
    MethodChosen,
    PaymentRecorded,
    ProcurementAbandoned,
    RematchRequested,
    SpecificationConsented,
    SpecificationPublished,
    SplitOrderFound,
    SplitOrderResolved,
)
from services.agreements.domain import PARTNERSHIP
from services.agreements.domain.procurement.commands import NotePartner
from services.agreements.domain.procurement.fiscal import years_covered
from tests.agreements.procuring import (
    COLLEAGUE,
    CONTRACTS,
    LAST,
    PROPOSER,
    abandon,
    award,
    award_other,
    budget,
    check,
    claim,
    consent,
    contract,
    gate,
    method,
    other,
    pay,
    resolve,
    small,
    specify,
)
from tests.agreements.sample import (
    EDITION,
    FINANCE,
    HEAD,
    LEAD,
    NOON,
    R1,
    R2,
    SERVICE,
    classify,
    close,
    conclude,
    decide_on,
    end,
    goals,
    note,
    open_dialogue,
    open_evaluation,
    rematch,
    resume,
    score,
    share,
    skip,
    suspend,
)
from tests.deciding import survives

amounts = st.sampled_from([0, 100_000, 300_000, 500_000, 500_001, 5_280_000])
beside = st.sampled_from([(), (other(),), (other(amount=200_000),), (other(), other("C10", 1))])
days = st.sampled_from([date(2023, 10, 20), date(2024, 3, 31), date(2024, 4, 1), date(2025, 4, 1)])
ends = st.sampled_from([None, LAST, date(2024, 4, 1), date(2026, 3, 31)])
references = st.sampled_from(["仕様書第1号", "仕様書第2号"])

PROCURES: list[st.SearchStrategy[Command]] = [
    st.builds(lambda fair: gate(**fair), st.sampled_from([{}, {"fairness_trigger": True, "reason": "競合"}])),
    st.builds(
        lambda name, item, amount, on: method(name, item=item, amount_yen=amount, contract_date=on),
        st.sampled_from(["general_bidding", "designated_bidding", "proposal_competition", "direct_award"]),
        st.sampled_from([None, 1, 2, 6]),
        amounts,
        days,
    ),
    st.builds(lambda amount, others, on: small(amount, others, contract_date=on), amounts, beside, days),
    st.builds(lambda others: check(*others), beside),
    st.builds(
        lambda others, actor: resolve(*others, actor=actor),
        beside,
        st.sampled_from([HEAD, CONTRACTS, COLLEAGUE]),
    ),
    st.builds(consent, references),
    st.builds(specify, references, st.booleans()),
    st.builds(budget, st.sampled_from([2023, 2024, 2025]), amounts),
    st.builds(lambda amount, last: award(amount_yen=amount, term_to=last), st.none() | amounts, ends),
    st.builds(lambda protected: award_other(idea_protected=protected), st.booleans()),
    st.builds(abandon, st.sampled_from(["no_budget", "no_bid", "other"])),
    st.builds(pay, st.sampled_from([1, 300_000]), st.sampled_from(["payment", "compensation", "refund"])),
    st.builds(claim),
    st.builds(
        classify,
        st.sampled_from(["none", "expenditure", "undetermined"]),
        st.none() | amounts,
        st.sampled_from([LEAD, FINANCE]),
    ),
    st.builds(lambda last, others: contract(term_to=last, small_contracts=others), ends, beside),
]
ELSEWHERE: list[st.SearchStrategy[Command]] = [
    st.builds(suspend),
    st.builds(resume),
    st.builds(end),
    st.builds(close),
    st.builds(rematch),
    st.builds(open_dialogue),
]
USUAL: list[Command] = [
    open_dialogue(), NotePartner(actor=SERVICE, at=NOON, partner=PROPOSER), note(), goals(), share(), skip(),
    open_evaluation(), score(R1), score(R2), conclude(), classify("expenditure", 300_000, FINANCE),
    decide_on("service_contract"), budget(2023, 500_000),
]  # fmt: skip
EARLY: list[Command] = [
    open_dialogue(), NotePartner(actor=SERVICE, at=NOON, partner=PROPOSER), note(),
    classify("expenditure", 300_000, FINANCE), gate(), budget(2023, 500_000),
]  # fmt: skip
WAYS: list[list[Command]] = [
    [method(amount_yen=300_000), specify(), award(), contract()],
    [small(), award(), contract()],
    [small(300_000, (other(),)), award(), resolve(other()), contract(small_contracts=(other(),))],
]
anything = st.lists(st.one_of([*PROCURES, *PROCURES, *ELSEWHERE]), max_size=3)


@st.composite
def histories(draw: st.DrawFn) -> list[Command]:
    """The usual way, with people who ask for this and that between any two of its steps."""
    asked: list[Command] = []
    for step in [*draw(st.sampled_from([USUAL, EARLY])), *draw(st.sampled_from(WAYS))]:
        asked += [step, *(draw(anything) if draw(st.booleans()) else [])]
    return asked


@dataclass
class Told:
    """What was told so far, of the procurement that is under way."""

    cost: CostClassified | None = None
    method: MethodChosen | None = None
    open_finding: bool = False
    consented: set[str] = field(default_factory=set)
    budgets: dict[int, int] = field(default_factory=dict)
    award: Awarded | None = None
    paid: int = 0

    def anew(self) -> None:
        self.method, self.award, self.open_finding, self.cost = None, None, False, None
        self.consented, self.budgets = set(), {}


@settings(max_examples=400, deadline=None)
@given(histories())
def test_no_sequence_gets_city_money_but_through_a_procurement(asked: list[Command]) -> None:
    told = Told()
    for fact in survives(PARTNERSHIP, asked).history:
        event(type(fact).__name__)
        _holds(fact, told)


def _holds(fact: Any, told: Told) -> None:
    match fact:
        case CostClassified():
            told.cost = fact
        case MethodChosen():  # V02, V03
            _lawful(fact)
            told.method, told.open_finding = fact, False
        case SplitOrderFound():
            assert fact.total_yen > fact.limit_yen
            told.open_finding = True
        case SplitOrderResolved():
            assert told.method is not None
            assert fact.resolved_by != told.method.chosen_by
            told.open_finding = False
        case SpecificationConsented():
            told.consented.add(fact.reference)
        case SpecificationPublished():
            assert not fact.holds_idea or fact.reference in told.consented
        case BudgetAssigned():
            told.budgets[fact.fiscal_year] = fact.amount_yen
        case Awarded():
            assert told.method is not None
            assert fact.amount_yen <= told.method.amount_yen
            told.award = fact
        case AwardedToOther():  # V07
            assert fact.clauses
            assert {*fact.clauses} <= {clause.id for clause in EDITION.clauses}
        case ProcurementAbandoned() | LeadReleased() | RematchRequested():
            told.anew()
        case PaymentRecorded():  # V28
            told.paid += fact.amount_yen
            assert told.award is not None
            assert fact.total_yen == told.paid <= told.award.amount_yen
        case IpClaimRecorded():
            assert fact.liable == "proposer"
        case AgreementSigned():
            _signed(fact, told)


def _lawful(fact: MethodChosen) -> None:
    if "bidding" in fact.method:
        assert fact.item is None
    else:
        assert fact.item is not None
        assert fact.item == 1 or fact.reason is not None
    if fact.item == 1:
        limit = EDITION.thresholds.small_contract_limit(fact.kind, fact.contract_date)
        assert fact.amount_yen <= limit == fact.limit_yen


def _signed(fact: AgreementSigned, told: Told) -> None:
    """V01, V04, V05, V06."""
    assert told.cost is not None
    assert told.cost.class_ != "undetermined"
    if told.award is None:
        assert fact.procured is None
        assert told.cost.class_ != "expenditure"
        return
    assert fact.procured is not None
    assert not told.open_finding
    assert (told.cost.amount_yen or 0) <= told.award.amount_yen == fact.procured.amount_yen
    assert told.award.item != 1 or told.award.amount_yen <= 500_000
    if fact.form == "service_contract":
        assert fact.term_to is not None
        years = list(years_covered(fact.term_from, fact.term_to))
        assert list(fact.procured.fiscal_years) == years
        assert {*years} <= told.budgets.keys()
        assert sum(told.budgets[year] for year in years) >= told.award.amount_yen
        assert fact.term_to - fact.term_from >= timedelta()
