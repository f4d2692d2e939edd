"""Days are those of the municipality's own calendar; instants are UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

import jpholiday
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

ZONE = "Asia/Tokyo"

DayOfYear = Annotated[
    str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")
]  # MM-DD, every year
Weekday = Annotated[int, Field(ge=0, le=6)]  # 0 is Monday


class OfficeCalendar(BaseModel):
    """When an office is open: what deadlines count (V35). Each city says its own (市の休日を定める条例)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    closed_weekdays: tuple[Weekday, ...] = (5, 6)
    holidays: Literal["JP"] | None = (
        "JP"  # the national holidays (国民の祝日に関する法律), with their substitutes
    )
    closed: tuple[tuple[DayOfYear, DayOfYear], ...] = (
        ("12-29", "01-03"),
    )  # every year, first and last day included; may pass the turn of the year
    extra: tuple[date, ...] = ()  # closed once

    def is_open(self, day: date) -> bool:
        """Whether the office works on that day."""
        return not (
            day.weekday() in self.closed_weekdays
            or _closed_every_year(day, self.closed)
            or day in self.extra
            or (self.holidays == "JP" and _is_national_holiday(day))
        )

    def after(self, day: date, count: int) -> date:
        """The `count`-th day after `day` on which the office is open; `day` itself does not count; the last
        day there is, where it would lie beyond."""
        return _after(self, day, count)

    @model_validator(mode="after")
    def _opens(self) -> Self:
        if not _opens_at_all(self.closed_weekdays, self.closed):
            raise ValueError("an office that never opens meets no deadline")
        return self


# A day's cases fall due on the same few days, and a calendar is looked at each time that a fact holds it.
@lru_cache(maxsize=4096)
def _after(calendar: OfficeCalendar, day: date, count: int) -> date:
    while count > 0 and day < date.max:
        day += timedelta(days=1)
        count -= calendar.is_open(day)
    return day


@lru_cache
def _opens_at_all(closed_weekdays: tuple[int, ...], closed: tuple[tuple[str, str], ...]) -> bool:
    year = (date(2024, 1, 1) + timedelta(days=n) for n in range(366))
    return not set(closed_weekdays) >= set(range(7)) and not all(
        _closed_every_year(day, closed) for day in year
    )


def _closed_every_year(day: date, closed: tuple[tuple[str, str], ...]) -> bool:
    this = f"{day:%m-%d}"
    return any(
        first <= this <= last if first <= last else this >= first or this <= last for first, last in closed
    )


@lru_cache(maxsize=4096)
def _is_national_holiday(day: date) -> bool:
    return bool(jpholiday.is_holiday(day))


JAPAN = OfficeCalendar()  # 土日、国民の祝日、12/29から1/3まで


def day(at: datetime, zone: str = ZONE) -> date:
    """The calendar day on which an instant falls there."""
    return at.astimezone(ZoneInfo(zone)).date()


def end_of(last: date, zone: str = ZONE) -> datetime:
    """The instant, in UTC, at which a day is over there: the first one of the next day, if there is one."""
    if last == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(last + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
