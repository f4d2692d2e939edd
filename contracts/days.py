"""Days are those of the municipality's own calendar; instants are UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = "Asia/Tokyo"


def day(at: datetime, zone: str = ZONE) -> date:
    """The calendar day on which an instant falls there."""
    return at.astimezone(ZoneInfo(zone)).date()


def end_of(last: date, zone: str = ZONE) -> datetime:
    """The instant, in UTC, at which a day is over there: the first one of the next day."""
    return datetime.combine(last + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
