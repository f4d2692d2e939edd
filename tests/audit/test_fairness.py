"""Rates with their intervals, small cells that stay hidden, and pairs that are listed."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.agreements import OutcomeDecided
from contracts.confidential import Confidential
from contracts.decision import Basis
from services.audit.fairness.cells import hidden, totals_hidden
from services.audit.fairness.course import Course
from services.audit.fairness.intervals import wilson
from services.audit.fairness.pairs import Pairs
from services.audit.fairness.report import Tally, report

COUNTS = st.integers(0, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
ROWS = st.dictionaries(
    st.sampled_from("abcd"), st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=4
)


@given(COUNTS)
def test_an_interval_lies_between_nothing_and_all_around_its_rate(counts: tuple[int, int]) -> None:
    count, of = counts
    low, high = wilson(count, of)
    assert 0 <= low <= high <= 1
    if of:
        assert low - 1e-12 <= count / of <= high + 1e-12


@given(COUNTS.filter(lambda x: x[0] < x[1]))
def test_bounds_rise_with_the_count(counts: tuple[int, int]) -> None:
    count, of = counts
    (low, high), (next_low, next_high) = wilson(count, of), wilson(count + 1, of)
    assert low < next_low
    assert high < next_high or next_high == 1


@given(COUNTS.filter(lambda x: x[1] > 0))
def test_an_interval_narrows_with_more_of_the_same(counts: tuple[int, int]) -> None:
    (low, high), (low2, high2) = wilson(*counts), wilson(2 * counts[0], 2 * counts[1])
    assert high2 - low2 < high - low


def test_a_known_interval() -> None:
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)


@settings(max_examples=200, deadline=None)
@given(ROWS)
def test_no_hidden_cell_can_be_computed_back_from_the_totals(rows: dict[str, tuple[int, int]]) -> None:
    away = sorted(hidden(rows))
    for name, cells in rows.items():
        assert name in away or not any(0 < cell < 5 for cell in cells)
    if not away or totals_hidden(rows):
        return
    for column in (0, 1):
        together = sum(rows[name][column] for name in away)
        if sum(cells[column] for cells in rows.values()) == 0:
            continue  # the total is nothing: so is each
        possible = [x for x in product(range(together + 1), repeat=len(away)) if sum(x) == together]
        for n, name in enumerate(away):
            assert len({values[n] for values in possible}) > 1, name


def test_one_small_row_takes_the_next_smallest_with_it() -> None:
    assert hidden({"a": (2, 8), "b": (20, 20), "c": (90, 90)}) == {"a", "b"}
    assert hidden({"a": (20, 8), "b": (20, 20)}) == frozenset()


def some(count: int, outcome: str, kind: str) -> list[Course]:
    return [
        Course(f"{kind}-{outcome}-{n}", date(2024, 8, 1), {"kind": kind}, outcome=outcome)
        for n in range(count)
    ]


def told(*courses: list[Course]) -> dict:
    made = Tally()
    for each in courses:
        for seen in each:
            made.add(seen)
    return report(made)


def test_outcomes_are_counted_by_kind_with_their_intervals() -> None:
    by = told(
        some(30, "established", "free"), some(10, "ineligible", "free"), some(20, "established", "theme")
    )
    rate = by["by"]["kind"]["groups"]["free"]["established"]
    assert (rate["count"], rate["of"], rate["rate"]) == (30, 40, 0.75)
    assert rate["low"] < 0.75 < rate["high"]


def test_a_group_with_a_small_cell_is_hidden_with_another() -> None:
    by = told(
        some(30, "established", "free"), some(30, "ineligible", "free"),
        some(30, "established", "theme"), some(2, "ineligible", "theme"),
        some(90, "established", "other"), some(90, "ineligible", "other"),
    )["by"]["kind"]["groups"]  # fmt: skip
    assert by["theme"] is None
    assert by["free"] is None
    assert by["other"] is not None


def test_a_measure_that_is_small_in_all_is_told_nowhere() -> None:
    by = told(some(30, "established", "free"), some(2, "ineligible", "free"))["by"]["kind"]
    assert by["all"]["ineligible"] is None
    assert by["all"]["established"] is None


def outcome(result: str = "{}", clauses: tuple[str, ...] = ("GL4-5",)) -> OutcomeDecided:
    basis = Basis(
        edition="tokorozawa/2023-07", rule="route", digest="0" * 64, engine="e",
        inputs='{"a":1}', result=result, trace="{}",
    )  # fmt: skip
    return OutcomeDecided(
        outcome="not_established", next="not_established", reasons=Confidential("r"), decided_by="H-01",
        clauses=clauses, basis=basis,
    )  # fmt: skip


def test_the_same_facts_with_another_result_or_other_clauses_are_listed() -> None:
    pairs = Pairs()
    pairs.add("C-1", outcome())
    pairs.add("C-2", outcome())
    assert pairs.listed == []
    pairs.add("C-3", outcome(result='{"b":2}'))
    pairs.add("C-4", outcome(clauses=("GL5-01",)))
    assert [(p.kind, p.case, p.other_case) for p in pairs.listed] == [
        ("result", "C-1", "C-3"),
        ("clauses", "C-1", "C-4"),
    ]
