"""The office's days: without Saturdays, Sundays, national holidays and 12/29 to 1/3 (V35)."""

from __future__ import annotations

from datetime import date, timedelta

import jpholiday


def is_office_day(day: date) -> bool:
    """Whether the office is open."""
    at_years_turn = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() < 5 and not at_years_turn and not jpholiday.is_holiday(day)


def office_days_after(day: date, count: int) -> date:
    """The `count`-th office day after `day`, which itself does not count."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_office_day(day)
    return day
