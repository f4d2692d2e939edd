"""The personal data that a pilot uses, until they are erased (V37)."""

from __future__ import annotations

from datetime import date, timedelta

from chassis.decider import Refused
from contracts.agreements import PersonalDataErased, PilotPlanned
from contracts.days import day
from services.agreements.domain.pilot.commands import ConfirmErasure
from services.agreements.domain.standing import NotInDialogue, side_of
from services.agreements.domain.state import Partnership


class NothingToErase(Refused):
    """No pilot of this case uses personal data, or they were erased."""


class NotErasedYet(Refused):
    """This day lies in the future; confirm the erasure when it is done."""


def erase_by(plan: PilotPlanned | None, end: date) -> date | None:
    """The last day on which personal data are kept, where the pilot ends on that day."""
    data = plan.personal_data if plan else None
    if data is None:
        return None
    if data.retain_until is not None:
        return data.retain_until
    try:
        return end + timedelta(days=data.retain_days or 0)
    except OverflowError:
        return date.max


def confirm_erasure(command: ConfirmErasure, state: Partnership) -> list[PersonalDataErased]:
    """At any time, and whatever became of the case: a duty does not end with it."""
    if state.opened is None:
        raise NotInDialogue()
    side = side_of(command.actor, state.opened)
    if state.pilot.erase_by is None:
        raise NothingToErase()
    if command.erased_on > day(command.at, state.opened.zone):
        raise NotErasedYet()
    return [PersonalDataErased(erased_on=command.erased_on, how=command.how, by=side)]
