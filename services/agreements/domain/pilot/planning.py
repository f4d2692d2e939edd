"""The plan of a pilot, its permits and its start with all that it needs; or that none is needed (GL4-3c, V24, V37)."""

from __future__ import annotations

import guidelines
from chassis.decider import Refused
from contracts.agreements import (
    PermitGranted,
    PilotJudgedUnnecessary,
    PilotPlanned,
    PilotStarted,
)
from contracts.days import day
from services.agreements.domain.pilot.commands import (
    GrantPermit,
    PlanPilot,
    SkipPilot,
    StartPilot,
)
from services.agreements.domain.pilot.personal_data import erase_by
from services.agreements.domain.standing import by_lead, by_those_involved, side_of, stands_at
from services.agreements.domain.state import Partnership
from services.agreements.policies import START, Start, goals_are_shared


class PilotUnderWay(Refused):
    """The pilot has started; complete or abort it, and have it evaluated."""


class NoPilotPlanned(Refused):
    """No pilot waits for its start; plan it first."""


class PilotPlannedAlready(Refused):
    """A pilot is planned for this case, or over; go on with it."""


class EndsBeforeItStarts(Refused):
    """A pilot ends on or after the day on which it starts; correct its period."""


class PermitNotPlanned(Refused):
    """The plan names no such permit; give its name as in the plan, or plan the pilot again with it."""


def plan(command: PlanPilot, state: Partnership) -> list[PilotPlanned]:
    opened = stands_at(state, "dialogue", "pilot_prep", otherwise=PilotUnderWay)
    side_of(command.actor, opened)
    goals_are_shared(_shared(state))
    if command.starts_on and command.ends_on and command.ends_on < command.starts_on:
        raise EndsBeforeItStarts()
    return [
        PilotPlanned(
            kpis=command.kpis,
            starts_on=command.starts_on,
            ends_on=command.ends_on,
            permits=command.permits,
            insurance=command.insurance,
            stop_rule=command.stop_rule,
            data_terms=command.data_terms,
            personal_data=command.personal_data,
        )
    ]


def grant_permit(command: GrantPermit, state: Partnership) -> list[PermitGranted]:
    opened = stands_at(state, "pilot_prep", otherwise=NoPilotPlanned)
    by_those_involved(command.actor, opened)
    if state.pilot.plan is None or command.permit not in state.pilot.plan.permits:
        raise PermitNotPlanned()
    if command.permit in state.pilot.granted:
        return []
    return [PermitGranted(permit=command.permit, reference=command.reference)]


def start(command: StartPilot, state: Partnership) -> list[PilotStarted]:
    """V24."""
    opened = stands_at(state, "pilot_prep", otherwise=NoPilotPlanned)
    by_lead(command.actor, opened)
    assert state.pilot.plan is not None, "a plan leads to the preparation"
    today = day(command.at, opened.zone)
    about_to = Start(state.pilot.plan, state.pilot.granted, _shared(state), today)
    for policy in START:
        policy(about_to)
    edition, last = guidelines.load(opened.edition), state.pilot.plan.ends_on
    assert last is not None, "it has a period"
    report_by = edition.calendar.after(last, edition.periods.pilot_report)
    kept_until = erase_by(state.pilot.plan, last)
    return [PilotStarted(ends_on=last, report_by=report_by, erase_by=kept_until, zone=opened.zone)]


def skip(command: SkipPilot, state: Partnership) -> list[PilotJudgedUnnecessary]:
    """GL4-3c: a pilot is run as needed. Where one is planned it was needed."""
    by_lead(command.actor, stands_at(state, "dialogue", otherwise=PilotPlannedAlready))
    goals_are_shared(_shared(state))
    return [PilotJudgedUnnecessary(reason=command.reason)]


def _shared(state: Partnership) -> bool:
    return state.goals is not None and state.goals.shared
