"""Small cells in what is counted for everybody (V37): nobody is recognised, and nothing hidden is computed back."""

from __future__ import annotations

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from services.publication.api import tables
from services.publication.api.statistics import HEAD, RESULTS, by_year, fiscal_year, suppressed

TODAY = date(2026, 4, 1)
LIMIT = 5
CELLS = st.fixed_dictionaries({result: st.integers(0, 12) for result in RESULTS})


def year(**cells: int) -> list[tuple[int, str, int]]:
    return [(2025, result, count) for result, count in cells.items()]


@given(CELLS)
def test_v37_no_count_under_the_limit_is_shown_or_follows_from_the_total(cells: dict[str, int]) -> None:
    found = by_year([(2025, name, count) for name, count in cells.items()], LIMIT, TODAY)
    [shown] = found
    told = [cell for cell in shown.cells.values() if cell is not None]
    assert not [cell for cell in told if 0 < cell < LIMIT]
    if shown.total is None:
        assert told == []
        assert sum(cells.values()) < LIMIT
        return
    away = [cells[name] for name, cell in shown.cells.items() if cell is None]
    assert len(away) != 1
    assert not away or sum(away) >= LIMIT
    assert sum(told) + sum(away) == shown.total


def test_v37_the_next_smallest_is_hidden_with_a_single_small_cell() -> None:
    assert suppressed({"a": 3, "b": 9, "c": 20, "d": 0}, LIMIT) == {"a", "b"}


def test_v37_two_small_cells_that_hold_less_than_the_limit_hide_a_third() -> None:
    assert suppressed({"a": 1, "b": 2, "c": 20, "d": 9}, LIMIT) == {"a", "b", "d"}


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert suppressed({"a": 5, "b": 0, "c": 20}, LIMIT) == frozenset()


def test_v37_each_city_has_its_own_limit() -> None:
    counts = year(individual_agreement=7, not_established=8, ineligible=30)
    assert by_year(counts, 5, TODAY)[0].cells["individual_agreement"] == 7
    assert by_year(counts, 10, TODAY)[0].cells["individual_agreement"] is None


def test_a_year_is_counted_when_it_is_over() -> None:
    counts = [(2025, "ineligible", 9), (2026, "ineligible", 9), (2024, "ineligible", 9)]
    assert [each.year for each in by_year(counts, LIMIT, date(2026, 3, 31))] == [2024]
    assert [each.year for each in by_year(counts, LIMIT, date(2026, 4, 1))] == [2024, 2025]


def test_a_fiscal_year_begins_in_april() -> None:
    assert [fiscal_year(date(2025, month, 1)) for month in (1, 3, 4, 12)] == [2024, 2024, 2025, 2025]


def test_as_a_table_what_is_hidden_says_so() -> None:
    [line] = [each.line() for each in by_year(year(ineligible=3, withdrawn=9), LIMIT, TODAY)]
    assert dict(zip(HEAD, line, strict=True))["対象外"] == "秘匿"


@given(st.text())
@example("\u00a0=1+1")
@example("\u3000＝1+1")
def test_no_text_is_a_formula_and_none_is_lost(text: str) -> None:
    cell = tables.cell(text)
    assert cell.removeprefix("'") == text or cell == text
    assert not cell.lstrip().startswith(tables.FORMULA)


def test_numbers_stay_numbers() -> None:
    assert [tables.cell(value) for value in (-5, 0, 1.5, None, True)] == ["-5", "0", "1.5", "", "True"]
