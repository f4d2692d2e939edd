"""When a step happens: an instant, or so much later than the step before.

2024-07-31T10:00+09:00     an instant, always with its offset from UTC
+3d  +2h  +45m             days, hours, minutes later
next office day            at the same time of day, on the next day on which the office is open
+5 office days             the same, five of them
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator

from contracts.days import JAPAN, ZONE

TOKYO = ZoneInfo(ZONE)
LATER = re.compile(r"\+(?P<count>[1-9][0-9]{0,3}) ?(?P<unit>m|h|d|office days?)")
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


@dataclass(frozen=True)
class Later:
    """So much after the moment before. `unit`: m, h, d, or office."""

    count: int
    unit: str

    def after(self, moment: datetime) -> datetime:
        if self.unit != "office":
            return moment + self.count * UNITS[self.unit]
        there = moment.astimezone(TOKYO)
        return datetime.combine(JAPAN.after(there.date(), self.count), there.timetz())


def instant(text: Any) -> datetime:
    """Raises ValueError unless it is an instant with its offset."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise ValueError("write an instant like 2024-07-31T10:00+09:00") from None
    if moment.tzinfo is None:
        raise ValueError(f"{text} needs its offset from UTC, as in {text}+09:00")
    return moment


def moment(text: Any) -> datetime | Later:
    """Raises ValueError unless it is an instant or so much later."""
    if text == "next office day":
        return Later(1, "office")
    if isinstance(text, str) and text.startswith("+"):
        if not (later := LATER.fullmatch(text)):
            raise ValueError("write +3d, +2h, +45m, +5 office days, or next office day")
        return Later(int(later["count"]), "office" if later["unit"].startswith("office") else later["unit"])
    return instant(text)


Instant = Annotated[datetime, BeforeValidator(instant)]
Moment = Annotated[datetime | Later, BeforeValidator(moment)]
