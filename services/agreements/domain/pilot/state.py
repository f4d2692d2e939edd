"""What decisions about a pilot need to know, and how each fact changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, assert_never

from contracts.agreements import (
    CauseRemoved,
    IncidentReported,
    OpenDataReleased,
    PermitGranted,
    PersonalDataErased,
    PilotAborted,
    PilotCompleted,
    PilotEnd,
    PilotJudgedUnnecessary,
    PilotPlanned,
    PilotResumed,
    PilotStarted,
    PilotSuspended,
    ProgressReported,
    Side,
)

PilotFact = (
    PilotPlanned
    | PermitGranted
    | PilotStarted
    | IncidentReported
    | ProgressReported
    | PilotSuspended
    | CauseRemoved
    | PilotResumed
    | PilotCompleted
    | PilotJudgedUnnecessary
    | PilotAborted
    | PersonalDataErased
    | OpenDataReleased
)


@dataclass(frozen=True, slots=True)
class Pilot:
    """Planned, permitted, what happened in it, how it ended, and what was released of it."""

    plan: PilotPlanned | None = None
    granted: frozenset[str] = frozenset()
    report_by: date | None = None
    incidents: int = 0
    reports: int = 0
    review_by: date | None = None  # while it stands still
    stands_for: PilotSuspended | None = None  # the cause, while it does
    removed_for: Side | None = None  # who has said that the cause is removed, while the other has not
    end: PilotEnd | None = None
    erase_by: date | None = None  # the last day on which personal data are kept, while there are any
    erased_on: date | None = None  # what was collected by that day
    released: tuple[OpenDataReleased, ...] = ()


def evolve(pilot: Pilot, fact: PilotFact) -> Pilot:
    match fact:
        case PilotPlanned():
            return replace(pilot, plan=fact)
        case PermitGranted():
            return replace(pilot, granted=pilot.granted | {fact.permit})
        case PilotStarted():
            erase_by = fact.erase_by or pilot.erase_by  # of a pilot before, where its data are still kept
            return replace(pilot, report_by=fact.report_by, erase_by=erase_by, erased_on=None)
        case IncidentReported():  # what was said to be removed before is not the cause of this one
            return replace(pilot, incidents=fact.number, removed_for=None)
        case ProgressReported():
            return replace(pilot, reports=fact.number)
        case PilotSuspended():
            return replace(pilot, review_by=fact.review_by, stands_for=fact, removed_for=None)
        case CauseRemoved():
            return replace(pilot, removed_for=fact.by)
        case PilotResumed():
            return replace(pilot, review_by=None, stands_for=None, removed_for=None)
        case PilotCompleted():
            return replace(pilot, end="completed", erase_by=fact.erase_by or pilot.erase_by)
        case PilotJudgedUnnecessary():
            return replace(pilot, end="unnecessary")
        case PilotAborted():
            return replace(pilot, end="aborted", erase_by=fact.erase_by or pilot.erase_by)
        case PersonalDataErased():
            return replace(pilot, erase_by=None, erased_on=fact.erased_on)
        case OpenDataReleased():
            return replace(pilot, released=(*pilot.released, fact))
        case _:
            assert_never(fact)


PilotPhase = Literal["pilot_prep", "pilot_running", "pilot_suspended", "evaluation"]

LEADS_TO: dict[type[PilotFact], PilotPhase] = {
    PilotPlanned: "pilot_prep",
    PilotStarted: "pilot_running",
    PilotSuspended: "pilot_suspended",
    PilotResumed: "pilot_running",
    PilotCompleted: "evaluation",
    PilotJudgedUnnecessary: "evaluation",
    PilotAborted: "evaluation",
}  # the others leave the case where it is
