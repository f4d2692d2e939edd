"""The days of an office: what deadlines count, and what they skip (V35)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import guidelines
from contracts.days import JAPAN, OfficeCalendar

MINATO = guidelines.load("kakuu-minato/2024-04").calendar
DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))


def test_v35_saturdays_and_sundays_do_not_count() -> None:
    assert JAPAN.after(date(2024, 7, 5), 1) == date(2024, 7, 8)


def test_v35_national_holidays_do_not_count() -> None:
    assert JAPAN.after(date(2024, 7, 31), 5) == date(2024, 8, 7)
    assert JAPAN.after(date(2024, 8, 8), 5) == date(2024, 8, 16)  # 8/12, the day after Mountain Day, a Sunday
    assert not JAPAN.is_open(date(2026, 9, 22))  # between two holidays


def test_v35_the_office_is_closed_at_the_turn_of_the_year() -> None:
    assert JAPAN.after(date(2024, 12, 27), 1) == date(2025, 1, 6)
    assert [JAPAN.is_open(date(2023, 12, day)) for day in (27, 28, 29)] == [True, True, False]
    assert [JAPAN.is_open(date(2024, 1, day)) for day in (2, 3, 4)] == [False, False, True]


def test_a_city_has_closing_days_of_its_own() -> None:
    for day in (date(2024, 6, 10), date(2025, 6, 10), date(2024, 11, 1), date(2023, 12, 28)):
        assert JAPAN.is_open(day) or day.weekday() >= 5
        assert not MINATO.is_open(day)
    assert MINATO.is_open(date(2025, 11, 4))
    assert MINATO.after(date(2024, 6, 7), 1) == date(2024, 6, 11)


def test_an_office_elsewhere_may_know_no_national_holidays() -> None:
    assert OfficeCalendar(holidays=None).is_open(date(2024, 5, 3))


def test_an_office_that_never_opens_is_refused() -> None:
    with pytest.raises(ValidationError, match="never opens"):
        OfficeCalendar(closed=(("04-01", "03-31"),))
    with pytest.raises(ValidationError, match="never opens"):
        OfficeCalendar(closed_weekdays=tuple(range(7)))


@pytest.mark.parametrize("wrong", [("1-1", "01-03"), ("13-01", "13-02"), ("01-01", "01-32")])
def test_a_day_of_the_year_is_month_and_day(wrong: tuple[str, str]) -> None:
    with pytest.raises(ValidationError):
        OfficeCalendar(closed=(wrong,))


@given(st.sampled_from([JAPAN, MINATO]), DAYS, st.integers(0, 30))
def test_v35_a_deadline_falls_on_an_office_day_and_the_count_is_right(
    calendar: OfficeCalendar, day: date, count: int
) -> None:
    end = calendar.after(day, count)
    assert calendar.is_open(end) or count == 0
    assert sum(calendar.is_open(day + timedelta(n)) for n in range(1, (end - day).days + 1)) == count
