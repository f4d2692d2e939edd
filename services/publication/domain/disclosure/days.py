"""When something is disclosed. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from contracts.publication import DisclosureRequested


def disclosure_day(request: DisclosureRequested, decided_on: date, *, objected: bool) -> date:
    """The first office day after the decision; where a proposer objects, after whole days in between (V18).

    `wait_days` days lie between the two: neither the day of the decision nor that of the disclosure is one of them.
    """
    between = request.wait_days if objected else 0
    return request.calendar.after(decided_on + timedelta(days=between), 1)
