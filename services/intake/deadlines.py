"""What becomes due at intake: the end of the last day for a correction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chassis.deadlines import Cancel, Set
from chassis.decider import Recorded
from contracts.actors import Actor, Role
from contracts.days import end_of
from contracts.intake import CorrectionRequested, CorrectionSubmitted, Withdrawn
from services.intake.domain import LapseCorrection

TIMER = Actor(role=Role.TIMER, id="intake")
CORRECTION = "correction"


def due(recorded: Recorded) -> Sequence[Set | Cancel]:
    """V22: a proposal that waits for a correction is handed in or lapses, and is never forgotten."""
    match recorded.fact:
        case CorrectionRequested(due=last):
            return [Set(CORRECTION, end_of(last), _lapse(last))]
        case CorrectionSubmitted() | Withdrawn():
            return [Cancel(CORRECTION)]
        case _:
            return []


def _lapse(last: date) -> LapseCorrection:
    return LapseCorrection(actor=TIMER, at=end_of(last))
