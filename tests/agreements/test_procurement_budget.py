"""A budget for every fiscal year that a contract covers (V05)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from chassis.decider import NotYours
from contracts.agreements import BudgetAssigned
from services.agreements.domain.procurement.award import OutsideTheAwardedTerm, TermMissing, TermRunsBackwards
from services.agreements.domain.procurement.commands import AssignBudget
from services.agreements.domain.procurement.fiscal import (
    BudgetMissing,
    BudgetTooSmall,
    OpenTermOfContract,
    budgeted,
    fiscal_year,
    years_covered,
)
from services.agreements.domain.procurement.gate import NotInProcurement
from services.agreements.domain.standing import CaseIsOver
from tests.agreements.procuring import (
    AMOUNT,
    AWARDED,
    COMPETING,
    FIRST,
    LAST,
    PROCURING,
    award,
    budget,
    contract,
    signed,
)
from tests.agreements.sample import CLOSED, DIALOGUE, LEAD, READY, SIGNED

TWO_YEARS = date(2025, 3, 31)


def test_finance_assigns_a_budget_from_the_gate_to_the_signature() -> None:
    for stream in (PROCURING, COMPETING, AWARDED):
        assert stream.when(budget(2024)) == [
            BudgetAssigned(fiscal_year=2024, reference="令和6年度 4款1項2目", amount_yen=AMOUNT)
        ]
    for talks in (DIALOGUE, READY):  # a budget is public, what is talked about is not
        with pytest.raises(NotInProcurement):
            talks.when(budget())
    for over in (SIGNED, CLOSED):
        with pytest.raises(CaseIsOver):
            over.when(budget())
    with pytest.raises(NotYours):
        COMPETING.when(budget().model_copy(update={"actor": LEAD}))


@pytest.mark.parametrize("year", [0, -1, 10_000, "令和六年"])
def test_a_fiscal_year_is_a_year(year: object) -> None:
    with pytest.raises(ValidationError):
        AssignBudget.model_validate({**budget().model_dump(), "fiscal_year": year})


def test_v05_at_the_award_every_fiscal_year_of_the_term_has_a_budget() -> None:
    with pytest.raises(BudgetMissing, match="Not named: 2024"):
        COMPETING.when(award(term_to=TWO_YEARS))
    assert COMPETING.after(budget(2024)).when(award(term_to=TWO_YEARS))


def test_v05_one_day_in_april_is_another_fiscal_year() -> None:
    assert COMPETING.when(award(term_to=date(2024, 3, 31)))
    with pytest.raises(BudgetMissing):
        COMPETING.when(award(term_to=date(2024, 4, 1)))


def test_v05_at_the_signature_it_is_looked_at_again() -> None:
    [fact] = AWARDED.when(contract())
    procured = signed(fact).procured
    assert procured is not None
    assert (procured.amount_yen, procured.fiscal_years) == (AMOUNT, (2023,))
    with pytest.raises(BudgetMissing):
        AWARDED.when(contract(term_to=TWO_YEARS))
    with pytest.raises(BudgetTooSmall):
        AWARDED.after(budget(2023, AMOUNT - 1)).when(contract())


def test_v05_a_contract_that_is_paid_has_a_last_day() -> None:
    with pytest.raises(OpenTermOfContract):
        COMPETING.when(award(term_to=None))
    with pytest.raises(OpenTermOfContract):
        AWARDED.when(contract(term_to=None))
    with pytest.raises(TermMissing):
        COMPETING.when(award(term_from=None))
    with pytest.raises(TermRunsBackwards):
        COMPETING.when(award(term_to=FIRST - timedelta(days=1)))


def test_v05_a_term_is_not_signed_beyond_the_one_that_was_awarded() -> None:
    later = AWARDED.after(budget(2024))
    with pytest.raises(OutsideTheAwardedTerm):
        later.when(contract(term_to=date(2024, 4, 30)))
    with pytest.raises(OutsideTheAwardedTerm):
        AWARDED.when(contract().model_copy(update={"term_from": FIRST - timedelta(days=1)}))


def test_v05_the_budgets_come_to_the_amount() -> None:
    with pytest.raises(BudgetTooSmall, match=f"{AMOUNT - 1} of {AMOUNT} yen"):
        COMPETING.after(budget(2023, AMOUNT - 1)).when(award())
    parts = COMPETING.after(budget(2023, AMOUNT - 1), budget(2024, 1))
    assert parts.when(award(term_to=TWO_YEARS))
    with pytest.raises(BudgetTooSmall):  # that of a year which the term does not cover does not count
        parts.when(award(term_to=LAST))


days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(days, st.integers(0, 4000))
def test_v05_the_years_covered_are_those_with_a_day_of_the_term_in_them(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    covered = years_covered(first, last)
    assert set(covered) == {fiscal_year(first + timedelta(days=n)) for n in range(length + 1)}


@given(days, days, st.sets(st.integers(2018, 2037)))
def test_v05_what_is_budgeted_has_no_year_without_a_budget(first: date, last: date, years: set[int]) -> None:
    budgets = {year: BudgetAssigned(fiscal_year=year, reference="r", amount_yen=1) for year in years}
    needed = set(years_covered(first, last))
    try:
        assert set(budgeted(first, last, 0, budgets)) == needed <= years
    except BudgetMissing:
        assert needed - years
