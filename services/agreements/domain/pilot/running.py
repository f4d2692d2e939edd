"""A pilot between its start and its end: what happens in it, standing still, going on, and how it ends (GL4-3c).

What keeps people from harm waits for nothing: an incident is reported, and the pilot suspended, also while the case
itself is stopped. What becomes of it then waits like everything else.
"""

from __future__ import annotations

from datetime import date

import guidelines
from chassis.decider import Refused
from contracts.agreements import (
    CauseRemoved,
    IncidentReported,
    PilotAborted,
    PilotCompleted,
    PilotResumed,
    PilotSuspended,
    ProgressReported,
)
from contracts.days import day
from services.agreements.domain.pilot.commands import (
    AbortPilot,
    CompletePilot,
    ReportIncident,
    ReportProgress,
    ResumePilot,
    SuspendPilot,
)
from services.agreements.domain.pilot.personal_data import erase_by
from services.agreements.domain.standing import also_while_stopped, by_lead, side_of, stands_at
from services.agreements.domain.state import Partnership


class PilotNotRunning(Refused):
    """No pilot is running."""


class PilotStandsStill(Refused):
    """The pilot is suspended; both sides have to say that the cause is removed, or one of them aborts it."""


class PilotNotSuspended(Refused):
    """The pilot is not suspended; there is nothing to resume."""


class IncidentNotReported(Refused):
    """No incident of this number was reported; report it first."""


class NoIncidentMeant(Refused):
    """By the stop rule no incident is named; suspend the pilot for the incident, or leave its number out."""


class NotHappenedYet(Refused):
    """This day lies in the future; report what has happened."""


class NothingReported(Refused):
    """Report at least one KPI of the plan."""


class NoSuchKpi(Refused):
    """The plan has no such KPI; name each as in the plan."""


class DataNotFiled(Refused):
    """A pilot is completed with its report and its data; say where the data are filed."""


def report_incident(command: ReportIncident, state: Partnership) -> list[IncidentReported]:
    opened = also_while_stopped(state, "pilot_running", "pilot_suspended", otherwise=PilotNotRunning)
    side = side_of(command.actor, opened)
    _has_come(command.occurred_on, day(command.at, opened.zone))
    return [
        IncidentReported(
            number=state.pilot.incidents + 1, occurred_on=command.occurred_on, what=command.what, by=side
        )
    ]


def report_progress(command: ReportProgress, state: Partnership) -> list[ProgressReported]:
    opened = stands_at(state, "pilot_running", "pilot_suspended", otherwise=PilotNotRunning)
    side = side_of(command.actor, opened)
    _has_come(command.as_of, day(command.at, opened.zone))
    values = command.values.reveal()
    if not values:
        raise NothingReported()
    assert state.pilot.plan is not None, "a plan leads to the start"
    if values.keys() - {kpi.reveal() for kpi in state.pilot.plan.kpis}:
        raise NoSuchKpi()  # without saying which: its name may tell of the idea
    return [
        ProgressReported(
            number=state.pilot.reports + 1,
            as_of=command.as_of,
            values=command.values,
            note=command.note,
            by=side,
        )
    ]


def suspend(command: SuspendPilot, state: Partnership) -> list[PilotSuspended]:
    """Either side, at once: the other is not asked. Of what stands still already, nobody is told that it was stopped
    for a cause that is kept nowhere."""
    opened = also_while_stopped(state, "pilot_running", "pilot_suspended", otherwise=PilotNotRunning)
    side = side_of(command.actor, opened)
    incident = _incident(command, state.pilot.incidents)
    if state.phase == "pilot_suspended":
        before = state.pilot.stands_for
        if before is None or (before.cause, before.incident) != (command.cause, incident):
            raise PilotStandsStill()
        return []
    edition = guidelines.load(opened.edition)
    today = day(command.at, opened.zone)
    return [
        PilotSuspended(
            cause=command.cause,
            incident=incident,
            reason=command.reason,
            by=side,
            review_by=edition.calendar.after(today, edition.periods.pilot_review),
            zone=opened.zone,
        )
    ]


def _incident(command: SuspendPilot, reported: int) -> int | None:
    if command.cause == "stop_rule":
        if command.incident is not None:
            raise NoIncidentMeant()
        return None
    number = command.incident or reported
    if not 1 <= number <= reported:
        raise IncidentNotReported()
    return number


def resume(command: ResumePilot, state: Partnership) -> list[CauseRemoved | PilotResumed]:
    """GL5-02: what one side stopped goes on when both stand by it."""
    opened = stands_at(state, "pilot_suspended", otherwise=PilotNotSuspended)
    side = side_of(command.actor, opened)
    match state.pilot.removed_for:
        case None:
            return [CauseRemoved(how=command.how, by=side)]
        case said if said == side:
            return []
        case _:
            return [PilotResumed(how=command.how, by=side)]


def complete(command: CompletePilot, state: Partnership) -> list[PilotCompleted]:
    """GL4-4: what is evaluated is there: the report, and the data."""
    opened = stands_at(state, "pilot_running", "pilot_suspended", otherwise=PilotNotRunning)
    by_lead(command.actor, opened)
    if state.phase == "pilot_suspended":
        raise PilotStandsStill()
    if command.data is None:
        raise DataNotFiled()
    return [
        PilotCompleted(
            report=command.report,
            data=command.data,
            erase_by=_erase_by(state, day(command.at, opened.zone)),
            zone=opened.zone,
        )
    ]


def abort(command: AbortPilot, state: Partnership) -> list[PilotAborted]:
    opened = stands_at(state, "pilot_running", "pilot_suspended", otherwise=PilotNotRunning)
    kept_until = _erase_by(state, day(command.at, opened.zone))
    side = side_of(command.actor, opened)
    return [PilotAborted(reason=command.reason, by=side, erase_by=kept_until, zone=opened.zone)]


def _erase_by(state: Partnership, today: date) -> date | None:
    """V37: from the day on which the pilot ends; nothing, where no personal data came in after the erasure."""
    last, erased_on = erase_by(state.pilot.plan, today), state.pilot.erased_on
    if last is None or (erased_on is not None and erased_on >= min(last, today)):
        return None
    return last


def _has_come(when: date, today: date) -> None:
    if when > today:
        raise NotHappenedYet()
