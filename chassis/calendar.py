"""The office's days: without Saturdays, Sundays, national holidays and 12/29 to 1/3 (V35)."""

from __future__ import annotations

from datetime import date

from contracts.days import JAPAN


def is_office_day(day: date) -> bool:
    """Whether the office is open."""
    return JAPAN.is_open(day)


def office_days_after(day: date, count: int) -> date:
    """The `count`-th office day after `day`, which itself does not count."""
    return JAPAN.after(day, count)
