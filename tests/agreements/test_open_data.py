"""Counts out of a pilot are for everybody, and tell of nobody (V37)."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.decider import Refused
from contracts.agreements import OpenDataReleased
from services.agreements.domain.pilot.cells import shown
from services.agreements.domain.pilot.open_data import (
    ColumnNamedTwice,
    NoPilotWasRun,
    NotSignedYet,
    ReleasedBefore,
    RowsDoNotFit,
    RowStandsTwice,
    TellsWhatIsHidden,
    TotalsAmongCounts,
)
from services.agreements.domain.standing import NotLeadSection
from tests.agreements.sample import (
    EVALUATED,
    PROCUREMENT,
    READY,
    SIGNED,
    SIGNED_AFTER_PILOT,
    SUPPORT,
    TODAY,
    release_data,
)

columns = st.lists(st.one_of(st.integers(0, 12), st.integers(0, 300)), min_size=1, max_size=12)
limits = st.integers(1, 6)


@given(columns, limits)
def test_v37_no_count_under_the_limit_is_shown(column: list[int], limit: int) -> None:
    seen = shown(column, limit)
    for cell, count in zip(seen.cells, column, strict=True):
        assert cell is None or cell == count >= limit
    assert seen.total in (None, sum(column))


@given(columns, limits)
def test_v37_the_total_tells_of_a_hidden_count_no_more_than_that_it_is_small(
    column: list[int], limit: int
) -> None:
    """Even to somebody who knows which of the hidden ones are small: each may still be anything below the limit."""
    seen = shown(column, limit)
    if seen.total is None:
        return
    away = [count for cell, count in zip(seen.cells, column, strict=True) if cell is None]
    small, others = [c for c in away if c < limit], [c for c in away if c >= limit]
    for _ in small:
        rest = sum(away)
        for value in range(limit):
            least = len(others) * limit
            most = float("inf") if others else (len(small) - 1) * (limit - 1)
            assert least <= rest - value <= most


@given(st.lists(st.integers(0, 7), min_size=2, max_size=5))
def test_v37_no_hidden_count_can_be_computed_from_the_total(column: list[int]) -> None:
    """By trying out every column that looks the same."""
    limit = 3
    seen = shown(column, limit)
    if seen.total is None:
        return
    places = [place for place, cell in enumerate(seen.cells) if cell is None]
    sums = seen.total - sum(cell for cell in seen.cells if cell is not None)
    fits = [one for one in product(range(sums + 1), repeat=len(places)) if sum(one) == sums]
    for number, place in enumerate(places):
        if column[place] < limit:
            assert {one[number] for one in fits} >= set(range(limit))


def test_v37_nothing_is_hidden_where_nothing_is_small() -> None:
    assert shown([5, 6, 7], 5).cells == (5, 6, 7)
    assert shown([5, 6, 7], 5).total == 18


def test_v37_two_small_counts_that_their_sum_gives_away_are_hidden_with_a_third() -> None:
    seen = shown([4, 4, 50, 9], 5)  # 8 of two counts below 5 is twice 4
    assert (seen.cells, seen.total) == ((None, None, 50, None), 67)


def test_v37_where_hiding_more_does_not_help_the_total_is_hidden() -> None:
    assert shown([2, 5, 5], 5).total is None  # 7 with a count of 5 at least is 2 at most
    assert shown([2, 5, 5], 5).cells == (None, 5, 5)


def test_v37_open_data_are_released_with_their_small_cells_hidden() -> None:
    assert SIGNED_AFTER_PILOT.when(release_data()) == [
        OpenDataReleased(
            dataset="D-1",
            title="通行量",
            labels=1,
            columns=("時", "通行量"),
            rows=(("朝", 120), ("昼", None), ("夜", None)),
            totals=(203,),
            limit=5,
            released_on=TODAY,
        )
    ]


def test_v15_nothing_is_released_of_a_case_that_is_not_signed() -> None:
    for stream in (EVALUATED, READY, PROCUREMENT):
        with pytest.raises(NotSignedYet):
            stream.when(release_data())


def test_only_the_lead_section_releases_and_only_what_a_pilot_brought() -> None:
    with pytest.raises(NotLeadSection):
        SIGNED_AFTER_PILOT.when(release_data(actor=SUPPORT))
    with pytest.raises(NoPilotWasRun):
        SIGNED.when(release_data())


def test_what_is_released_stays_as_it_is() -> None:
    released = SIGNED_AFTER_PILOT.after(release_data())
    with pytest.raises(ReleasedBefore):
        released.when(release_data(rows=[("朝", 121)]))


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"rows": [("朝", 120, 3)]}, RowsDoNotFit),
        ({"rows": [("朝",)]}, RowsDoNotFit),
        ({"rows": [(8, 120)]}, RowsDoNotFit),
        ({"rows": [("朝", "120人")]}, RowsDoNotFit),
        ({"rows": [("朝", 120), ("朝", 80)]}, RowStandsTwice),
        ({"counts": ["時"]}, ColumnNamedTwice),
    ],
)
def test_a_table_holds_together(changed: dict[str, Any], refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        SIGNED_AFTER_PILOT.when(release_data(**changed))


def test_v37_no_total_stands_among_the_counts_that_would_tell_a_hidden_one() -> None:
    by_row = [("朝", 120), ("夜", 3), ("合計", 123)]
    by_column = [("朝", 20, 100, 120), ("夜", 2, 8, 10)]
    for table in ({"rows": by_row}, {"rows": by_column, "counts": ["徒歩", "自転車", "計"]}):
        with pytest.raises(TotalsAmongCounts):
            SIGNED_AFTER_PILOT.when(release_data(**table))
        assert SIGNED_AFTER_PILOT.when(release_data(**table, no_totals=True))
    assert SIGNED_AFTER_PILOT.when(release_data(rows=[("朝", 120), ("夜", 30), ("合計", 150)]))


def test_v37_one_table_does_not_tell_what_another_hides() -> None:
    released = SIGNED_AFTER_PILOT.after(release_data())
    for changed in ({"labels": ["日"]}, {"counts": ["人数"]}, {"rows": [("夜", 9), ("深夜", 8)]}):
        with pytest.raises(TellsWhatIsHidden, match="D-1"):
            released.when(release_data("D-2", **changed))
    assert released.when(release_data("D-2", rows=[("翌朝", 120), ("翌夜", 3)]))


def test_tables_that_hide_nothing_are_released_side_by_side() -> None:
    whole = SIGNED_AFTER_PILOT.after(release_data(rows=[("朝", 120), ("夜", 30)]))
    assert whole.when(release_data("D-2", rows=[("一日", 150)], labels=["日"]))
    with pytest.raises(TellsWhatIsHidden):
        whole.when(release_data("D-2", rows=[("8時", 2), ("9時", 118)], labels=["時刻"]))
