"""What becomes due at screening: a decision, and the first day of an entry of a register or of the use of a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from chassis.deadlines import Cancel, Set
from chassis.decider import Command, Recorded
from contracts.actors import Actor, Role
from contracts.days import ZONE, end_of
from contracts.screening import (
    CourseNoted,
    DecisionRevoked,
    DecisionUpheld,
    EligibilityDecided,
    EmploymentLinkRecorded,
    MeasureCorrected,
    MeasureRecorded,
    ReconsiderationRequested,
    RescreenRequired,
    ScreeningClosed,
    ScreeningOpened,
)
from services.screening.domain import (
    ELIGIBILITY,
    RECONSIDERATION,
    Escalate,
    StartEmploymentLink,
    StartMeasure,
)

TIMER = Actor(role=Role.TIMER, id="screening")
DECISION = "decision"


def due(recorded: Recorded) -> Sequence[Set | Cancel]:
    """V22: a case waits for a decision until a day, and it is said when that day has passed.

    An entry counts from its first day on, whenever it was recorded: then running cases are looked through.
    """
    match recorded.fact:
        case ScreeningOpened(decide_by=date() as last, zone=zone):
            return [_escalation(ELIGIBILITY, last, zone)]
        case DecisionRevoked(decide_by=date() as last) | RescreenRequired(decide_by=date() as last):
            return [_escalation(ELIGIBILITY, last, ZONE)]
        case ReconsiderationRequested(decide_by=date() as last):
            return [_escalation(RECONSIDERATION, last, ZONE)]
        case (
            EligibilityDecided()
            | DecisionUpheld()
            | ScreeningClosed()
            | CourseNoted(course="not_established" | "ended")
        ):
            return [Cancel(DECISION)]
        case MeasureRecorded() | MeasureCorrected() as fact:
            return [_start(recorded, fact.valid_from, fact.zone, StartMeasure)]
        case EmploymentLinkRecorded() as fact:
            return [_start(recorded, fact.from_, fact.zone, StartEmploymentLink)]
        case _:
            return []


def _escalation(waiting_for: str, last: date, zone: str) -> Set:
    passed = end_of(last, zone)
    return Set(DECISION, passed, Escalate(actor=TIMER, at=passed, waiting_for=waiting_for, due=last))


def _start(recorded: Recorded, first: date, zone: str, command: type[Command]) -> Set:
    """By the version of the fact that set it: an entry that is corrected starts again, though it be the same day."""
    begins = end_of(first - timedelta(days=1), zone)
    name = f"start.{recorded.envelope.version}"
    return Set(name, begins, command(actor=TIMER, at=begins))
