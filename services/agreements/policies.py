"""What a partnership has to keep to. Each rule raises the refusal that bears its name.

`START` holds for a pilot that starts, `COST` for whatever leads to an agreement, `PROCURED` in its place where a
procurement was concluded for it, `SCREENED` for the signature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chassis.decider import Refused
from contracts.agreements import CostClassified, Outcome, PartnerScreeningNoted, PilotPlanned
from contracts.intake import CostClass
from contracts.text import ClauseId
from guidelines import Edition


class GoalsNotShared(Refused):
    """Both sides have to share their goals first: one proposes them, the other confirms."""


class KpiMissing(Refused):
    """The plan does not say what is measured; plan the pilot again with at least one KPI."""


class PeriodMissing(Refused):
    """The plan does not say from when until when; plan the pilot again with both days."""


class OutsidePeriod(Refused):
    """The pilot starts within the period of its plan; wait for it, or plan the pilot again."""


class PermitMissing(Refused):
    """A permit that the plan names was not granted yet; have it granted first."""


class InsuranceMissing(Refused):
    """The plan has neither an insurance nor a waiver of it; plan the pilot again with one of them."""


class StopRuleMissing(Refused):
    """The plan does not say when the pilot has to stop; plan it again with a stop rule."""


class DataTermsMissing(Refused):
    """The plan does not say how data are handled; plan the pilot again with the terms."""


class PersonalDataTermsMissing(Refused):
    """Personal data need a purpose, a lawful basis, and an end of their keeping: until a day, or days after the pilot;
    plan the pilot again with all three."""


class KeptForNothing(Refused):
    """The day until which personal data are kept is over; plan the pilot again with a later one."""


class AmountMissing(Refused):
    """A cost of this class has an amount; give it in yen, tax included."""


class AmountOfNoCost(Refused):
    """What costs the city nothing has no amount; choose the class that fits the amount."""


class CostUndetermined(Refused):
    """What this costs the city is not determined; classify the cost first."""


class ExpenditureWithoutProcurement(Refused):
    """City money is spent through a procurement only, and none was concluded for this case."""


class CostNotApproved(Refused):
    """The finance section has not approved this cost; ask it to classify the cost."""


class PartnerNotScreened(Refused):
    """The partner was not screened; have the partner screened first."""


class PartnerNotClear(Refused):
    """The latest screening of the partner is not clear; nothing can be signed with this partner now."""


class ScreeningTooOld(Refused):
    """The latest screening of the partner is too old to sign on; have the partner screened again."""


class ClauseMissing(Refused):
    """A decision that nothing is established rests on a clause; name one at least, besides the reasons."""


class NoSuchClause(Refused):
    """The edition that binds this case has no such clause; cite one that stands in it."""


@dataclass(frozen=True, slots=True)
class Start:
    """A pilot about to start."""

    plan: PilotPlanned
    granted: frozenset[str]
    goals_shared: bool
    today: date


@dataclass(frozen=True, slots=True)
class Screened:
    """What is known of the partner on the day of the signature."""

    screening: PartnerScreeningNoted
    valid_days: int
    today: date


def goals_are_shared(shared: bool) -> None:
    """GL4-3a: through dialogue both sides come to share their goals; only then a pilot or an evaluation."""
    if not shared:
        raise GoalsNotShared()


def goals_shared_first(start: Start) -> None:
    """V24: recorded by both sides."""
    goals_are_shared(start.goals_shared)


def something_is_measured(start: Start) -> None:
    """V24: KPI."""
    if not start.plan.kpis:
        raise KpiMissing()


def within_its_period(start: Start) -> None:
    """V24: a period, and the day of the start in it; both ends count."""
    first, last = start.plan.starts_on, start.plan.ends_on
    if first is None or last is None:
        raise PeriodMissing()
    if not first <= start.today <= last:
        raise OutsidePeriod(f"It is {first} to {last}.")


def all_permits_granted(start: Start) -> None:
    """V24: every one that the plan names."""
    if missing := [permit for permit in start.plan.permits if permit not in start.granted]:
        raise PermitMissing(f"Not granted: {', '.join(missing)}.")


def insured_or_waived(start: Start) -> None:
    """V24: insurance, or a waiver of it."""
    if start.plan.insurance == "missing":
        raise InsuranceMissing()


def can_be_stopped(start: Start) -> None:
    """V24: a stop rule."""
    if start.plan.stop_rule is None:
        raise StopRuleMissing()


def data_are_handled(start: Start) -> None:
    """V24: terms for the handling of data."""
    if start.plan.data_terms is None:
        raise DataTermsMissing()


def personal_data_have_their_terms(start: Start) -> None:
    """V37: purpose, lawful basis and retention, where the pilot uses personal data at all."""
    data = start.plan.personal_data
    if data is None:
        return
    lacking = {
        "purpose": data.purpose is None,
        "lawful_basis": data.lawful_basis is None,
        "retain_until or retain_days": (data.retain_until is None) == (data.retain_days is None),
    }
    if any(lacking.values()):
        raise PersonalDataTermsMissing(f"Look at: {', '.join(name for name, is_ in lacking.items() if is_)}.")
    if data.retain_until is not None and data.retain_until < start.today:
        raise KeptForNothing(f"It was {data.retain_until}.")


def amount_goes_with_class(class_: CostClass, amount_yen: int | None) -> None:
    """GL6-1: the class says whether there is an amount; `undetermined` may have an estimate."""
    if class_ == "none" and amount_yen:
        raise AmountOfNoCost()
    if class_ not in ("none", "undetermined") and amount_yen is None:
        raise AmountMissing()


def cost_is_determined(cost: CostClassified | None) -> None:
    """V06: what nobody classified is as undetermined as what was classified so."""
    if cost is None or cost.class_ == "undetermined":
        raise CostUndetermined()


def no_money_without_procurement(cost: CostClassified | None) -> None:
    """V01, GL5-03: expenditure goes the way of contracts."""
    if cost is not None and cost.class_ == "expenditure":
        raise ExpenditureWithoutProcurement()


def finance_approved(cost: CostClassified | None) -> None:
    """GL6-1: where the city bears expenses or forgoes revenue, finance has its word."""
    if cost is not None and cost.class_ != "none" and not cost.approved_by_finance:
        raise CostNotApproved()


def refusal_cites_a_clause(outcome: Outcome, clauses: Sequence[ClauseId]) -> None:
    """V07: every adverse decision carries at least one clause."""
    if outcome == "not_established" and not clauses:
        raise ClauseMissing()


def clauses_stand_in(edition: Edition, clauses: Sequence[ClauseId]) -> None:
    """V08: what is cited exists in the edition it is cited from."""
    known = {clause.id for clause in edition.clauses}
    if unknown := [clause for clause in clauses if clause not in known]:
        raise NoSuchClause(f"{edition.id} has no {', '.join(unknown)}.")


def partner_is_clear(screened: Screened) -> None:
    """V09, GL7-A: nothing is signed with a partner to whom an exclusion applies."""
    if not screened.screening.clear:
        raise PartnerNotClear()


def screening_is_recent(screened: Screened) -> None:
    """V09: by the registers of a day at most so many days before the signature."""
    oldest = screened.today - timedelta(days=screened.valid_days)
    if screened.screening.as_of < oldest:
        raise ScreeningTooOld(f"It is as of {screened.screening.as_of}; the oldest that counts is {oldest}.")


START = (
    goals_shared_first,
    something_is_measured,
    within_its_period,
    all_permits_granted,
    insured_or_waived,
    can_be_stopped,
    data_are_handled,
    personal_data_have_their_terms,
)
COST = (cost_is_determined, no_money_without_procurement, finance_approved)
PROCURED = (cost_is_determined, finance_approved)
SCREENED = (partner_is_clear, screening_is_recent)
