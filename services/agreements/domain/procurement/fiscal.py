"""Fiscal years, April to March, and the budget for each that a contract covers (地方自治法208条, 232条の3; V05)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chassis.decider import Refused
from contracts.agreements import BudgetAssigned
from services.agreements.domain.procurement.commands import AssignBudget
from services.agreements.domain.procurement.gate import NotInProcurement, phases_of
from services.agreements.domain.standing import stands_at
from services.agreements.domain.state import Partnership

APRIL = 4


class BudgetMissing(Refused):
    """A contract has a budget for every fiscal year that its term covers; have finance name one for each."""


class BudgetTooSmall(Refused):
    """The budgets of the years that the term covers do not come to the amount of the contract."""


class OpenTermOfContract(Refused):
    """A contract that is paid from a budget has a last day; give its term one."""


def assign(command: AssignBudget, state: Partnership) -> list[BudgetAssigned]:
    """V05: from the gate on, for a budget is public, and what is only talked about is not (GL5-04)."""
    stands_at(state, *phases_of(state), otherwise=NotInProcurement)
    return [
        BudgetAssigned(
            fiscal_year=command.fiscal_year, reference=command.reference, amount_yen=command.amount_yen
        )
    ]


def fiscal_year(on: date) -> int:
    """The one that begins in April of this year."""
    return on.year if on.month >= APRIL else on.year - 1


def years_covered(first: date, last: date) -> range:
    """Every fiscal year with a day of the term in it, both ends included; none where it ends before it starts."""
    return range(fiscal_year(first), fiscal_year(last) + 1) if first <= last else range(0)


def budgeted(
    first: date, last: date | None, amount_yen: int, budgets: Mapping[int, BudgetAssigned]
) -> tuple[int, ...]:
    """V05: the years of the term, each with a budget, together enough. Raises what is missing."""
    if last is None:
        raise OpenTermOfContract()
    years = tuple(years_covered(first, last))
    if missing := [year for year in years if year not in budgets]:
        raise BudgetMissing(f"Not named: {', '.join(map(str, missing[:10]))}.")
    if (together := sum(budgets[year].amount_yen for year in years)) < amount_yen:
        raise BudgetTooSmall(f"{together} of {amount_yen} yen.")
    return years
