"""What becomes due at matching: an answer of a section or of the office, and the first day of an interest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from chassis.deadlines import Cancel, Set
from chassis.decider import Recorded
from contracts.actors import Actor, Role
from contracts.days import day, end_of
from contracts.matching import (
    DecisionUpheld,
    InterestRecorded,
    LeftToOffice,
    Matched,
    MatchingClosed,
    MatchingEnded,
    MatchingOpened,
    MatchingResumed,
    MatchingSuspended,
    MatchProposed,
    NoMatchConcluded,
    ReconsiderationRequested,
    SectionOffered,
)
from services.matching.domain import BeginInterest, Escalate

TIMER = Actor(role=Role.TIMER, id="matching")
ANSWER = "answer"
BEGIN = "begin"


def due(recorded: Recorded) -> Sequence[Set | Cancel]:
    """V22: a case waits for somebody until a day, and it is said when that day has passed. V19: an interest that was
    recorded ahead counts from its first day on.
    """
    match recorded.fact:
        case MatchProposed() | SectionOffered() | LeftToOffice() as fact:
            return [_answer(fact.respond_by)]
        case MatchingOpened() | MatchingResumed() as fact:
            return [_answer(fact.respond_by)] if fact.respond_by else []
        case ReconsiderationRequested(decide_by=date() as last):
            return [_answer(last)]
        case (
            Matched()
            | NoMatchConcluded()
            | DecisionUpheld()
            | MatchingClosed()
            | MatchingSuspended()
            | MatchingEnded()
        ):
            return [Cancel(ANSWER)]
        case InterestRecorded(valid_from=first) if first > day(recorded.envelope.time):
            begins = end_of(first - timedelta(days=1))
            return [Set(BEGIN, begins, BeginInterest(actor=TIMER, at=begins))]
        case _:
            return []


def _answer(last: date) -> Set:
    return Set(ANSWER, end_of(last), Escalate(actor=TIMER, at=end_of(last), due=last))
