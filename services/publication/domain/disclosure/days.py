"""When something is disclosed. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from contracts.publication import DisclosureRequested


def days_anew(request: DisclosureRequested, today: date) -> date:
    """As many days as there were for the first decision, until one on which the office is open (V22, V35)."""
    last = today + (request.decide_by - request.received_on)
    return request.calendar.after(last - timedelta(days=1), 1)


def opinion_day(request: DisclosureRequested, decide_by: date, today: date) -> date:
    """The last day for an opinion: it leaves the office `decide_by` for its decision (V18, V22).

    Where no office day is left before that, the decision is late in any case, and the proposer has all their days.
    """
    all_days = request.calendar.after(today, request.opinion_days)
    before = decide_by - timedelta(days=1)
    while before > today and not request.calendar.is_open(before):
        before -= timedelta(days=1)
    return min(all_days, before) if before > today else all_days


def disclosure_day(request: DisclosureRequested, decided_on: date, *, objected: bool) -> date:
    """The first office day after the decision; where a proposer objects, after whole days in between (V18).

    `wait_days` days lie between the two: neither the day of the decision nor that of the disclosure is one of them.
    """
    between = request.wait_days if objected else 0
    return request.calendar.after(decided_on + timedelta(days=between), 1)
