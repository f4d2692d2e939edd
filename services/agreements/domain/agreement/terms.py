"""Which terms may be agreed on; by when notice is given, and until when a renewal runs.

Each rule raises the refusal that bears its name; `TERMS` holds for a signature and for an amendment.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from chassis.decider import Refused
from contracts.agreements import AgreementForm
from contracts.days import OfficeCalendar
from contracts.intake import CostClass

LONGEST = timedelta(days=36_525)  # a hundred years
A_DAY = timedelta(days=1)
SHORTEST_MONTH = 28


class TooFewFields(Refused):
    """A comprehensive agreement covers several fields; name them, or sign an individual agreement."""


class TermIsOver(Refused):
    """The agreement cannot end on a day that has passed; choose a later one."""


class TermTooLong(Refused):
    """A term ends within a hundred years; correct it, or leave the last day open."""


class RenewalNeedsTerm(Refused):
    """Only what has a last day is renewed; give the term one, or leave the renewal out."""


class SpendingDoesNotRenew(Refused):
    """What is paid from a budget does not renew itself; each time it takes a procurement and a budget."""


class NoticeBeforeTerm(Refused):
    """Notice would have to be given before the term begins; shorten the period of notice."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be agreed on."""

    form: AgreementForm
    cost_class: CostClass
    fields: tuple[str, ...]
    term_from: date
    term_to: date | None
    renews: bool
    renewal_months: int
    notice_days: int
    min_fields: int
    today: date
    awarded_yen: int = 0  # city money, through the procurement that was concluded


def covers_several_fields(draft: Draft) -> None:
    """V27, GL4-5: one field is what an individual agreement is for."""
    if draft.form == "comprehensive_agreement" and len(set(draft.fields)) < draft.min_fields:
        raise TooFewFields(f"At least {draft.min_fields}.")


def ends_some_day(draft: Draft) -> None:
    """A slip of the pen in a year is no term."""
    if draft.term_to is not None and draft.term_to - min(draft.today, draft.term_from) > LONGEST:
        raise TermTooLong()


def is_not_over(draft: Draft) -> None:
    """What is agreed on can still be kept to."""
    if draft.term_to is not None and draft.term_to < max(draft.today, draft.term_from):
        raise TermIsOver()


def has_a_last_day_to_renew(draft: Draft) -> None:
    """V30: a renewal follows the end of a term."""
    if draft.renews and draft.term_to is None:
        raise RenewalNeedsTerm()


def money_is_not_renewed(draft: Draft) -> None:
    """V01, V05: a procurement opens the way to city money once, and a budget covers its year only."""
    spends = draft.cost_class == "expenditure" or draft.form == "service_contract" or draft.awarded_yen > 0
    if draft.renews and spends:
        raise SpendingDoesNotRenew()


def notice_lies_within_the_term(draft: Draft) -> None:
    """V30: either side can give notice in every term, also in the shortest of those that follow."""
    if not draft.renews or draft.term_to is None:
        return
    shortest = min((draft.term_to - draft.term_from).days, draft.renewal_months * SHORTEST_MONTH)
    if draft.notice_days > shortest:
        raise NoticeBeforeTerm()


TERMS = (
    covers_several_fields,
    ends_some_day,
    is_not_over,
    has_a_last_day_to_renew,
    money_is_not_renewed,
    notice_lies_within_the_term,
)


def hold_to_terms(draft: Draft) -> None:
    """Raises what stands against these terms."""
    for rule in TERMS:
        rule(draft)


def notice_by(term_to: date | None, notice_days: int, renews: bool, calendar: OfficeCalendar) -> date | None:
    """The last day for notice: so many days before the last one, or the first day after on which the office is open.

    V35. None where nothing renews. Where the office does not open any more before the end, the last day it does.
    """
    if term_to is None or not renews:
        return None
    last = term_to - timedelta(days=notice_days)
    open_ = last if calendar.is_open(last) else calendar.after(last, 1)
    if open_ <= term_to:
        return open_
    while not calendar.is_open(last):
        last -= A_DAY
    return last


def renewed_until(term_to: date, months: int) -> date:
    """The last day of the term that follows, so many months long (民法143条: the day before the same day)."""
    first = term_to + A_DAY
    count = first.year * 12 + first.month - 1 + months
    year, month = count // 12, count % 12 + 1
    days = monthrange(year, month)[1]
    if first.day > days:
        return date(year, month, days)
    return date(year, month, first.day) - A_DAY
