"""How long the stages of a case took, in days on which the office was open. Pure."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from itertools import accumulate

from contracts.days import ZONE, OfficeCalendar, day


def office_days(since: datetime, until: datetime, calendar: OfficeCalendar, zone: str = ZONE) -> int:
    """Office days after the day of `since`, up to and with that of `until`; none within one day (V35)."""
    first, last = day(since, zone), day(until, zone)
    return max(0, _open_to(calendar, last) - _open_to(calendar, first) + _between(calendar, first, last))


def _open_to(calendar: OfficeCalendar, last: date) -> int:
    """Office days of its year up to a day, that day included."""
    return _year(calendar, last.year)[last.timetuple().tm_yday - 1]


def _between(calendar: OfficeCalendar, first: date, last: date) -> int:
    return sum(_year(calendar, year)[-1] for year in range(first.year, last.year))


@cache
def _year(calendar: OfficeCalendar, year: int) -> tuple[int, ...]:
    start = date(year, 1, 1)
    days = (start + timedelta(days=n) for n in range((date(year, 12, 31) - start).days + 1))
    return tuple(accumulate(int(calendar.is_open(each)) for each in days))


def quartiles(days: Counter[int]) -> tuple[int, int, int]:
    """A quarter, half and three quarters of the cases took so many days at most (nearest rank). Needs one case."""
    ranks = [-(-days.total() * quarter // 4) for quarter in (1, 2, 3)]
    found, passed = [], 0
    for value, count in sorted(days.items()):
        passed += count
        while ranks and ranks[0] <= passed:
            found.append(value)
            ranks.pop(0)
    first, middle, third = found
    return first, middle, third
