"""What becomes due at intake (V22): nothing that came in at the window waits unnoticed.

A correction that does not come lapses; a proposal nobody accepts, and a question nobody answers, are escalated; a theme
closes after its last day; an edition takes effect on its first. One row for each thing that waits, set with the fact
that made it wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from chassis.deadlines import Cancel, Set
from chassis.decider import Recorded
from contracts.actors import Actor, Role
from contracts.days import day, end_of
from contracts.intake import (
    ConsultationAnswered,
    ConsultationConverted,
    ConsultationOpened,
    ConversionUndone,
    CorrectionRequested,
    CorrectionSubmitted,
    GuidelineRevised,
    ProposalReceived,
    ProposalSubmitted,
    ThemeCancelled,
    ThemePublished,
    ThemeQuestionAnswered,
    ThemeQuestionAsked,
    Withdrawn,
)
from services.intake import law
from services.intake.domain import EscalateAcceptance, LapseCorrection
from services.intake.domain.consultation import EscalateConsultation
from services.intake.domain.guideline import TakeEffect
from services.intake.domain.theme import CloseTheme, EscalateThemeQuestion

TIMER = Actor(role=Role.TIMER, id="intake")
ACCEPTANCE = "acceptance"
CORRECTION = "correction"
ANSWER = "answer"
CLOSE = "close"


def due(recorded: Recorded) -> Sequence[Set | Cancel]:
    """The deadlines that a fact sets and calls off."""
    match recorded.fact:
        case ProposalSubmitted(submitted_on=since):
            return [_acceptance(recorded.envelope.municipality, since)]
        case CorrectionRequested(due=last):
            return [Cancel(ACCEPTANCE), _correction(last)]
        case CorrectionSubmitted():
            handed_in = day(recorded.envelope.time)
            return [Cancel(CORRECTION), _acceptance(recorded.envelope.municipality, handed_in)]
        case ProposalReceived():
            return [Cancel(ACCEPTANCE)]
        case Withdrawn():
            return [Cancel(ACCEPTANCE), Cancel(CORRECTION)]
        case ConsultationOpened(answer_by=last):
            return [_answer(last)]
        case ConsultationAnswered() | ConsultationConverted():
            return [Cancel(ANSWER)]
        case ConversionUndone(answered=False):
            return [
                _answer(
                    law.last_day(recorded.envelope.municipality, day(recorded.envelope.time), "consultation")
                )
            ]
        case ThemePublished(closes=last):
            return [Set(CLOSE, end_of(last), CloseTheme(actor=TIMER, at=end_of(last)))]
        case GuidelineRevised(edition=edition, effective_on=first, zone=zone):
            begins = end_of(first - timedelta(days=1), zone)
            return [Set(f"effect-{edition}", begins, TakeEffect(actor=TIMER, at=begins, edition=edition))]
        case ThemeCancelled():
            return [Cancel(CLOSE)]
        case ThemeQuestionAsked(number=number, answer_by=last):
            command = EscalateThemeQuestion(actor=TIMER, at=end_of(last), number=number, due=last)
            return [Set(_question(number), end_of(last), command)]
        case ThemeQuestionAnswered(number=number):
            return [Cancel(_question(number))]
        case _:
            return []


def _acceptance(municipality: str, since: date) -> Set:
    return _accept_by(law.last_day(municipality, since, "receipt"))


@lru_cache(maxsize=1024)
def _accept_by(last: date) -> Set:
    """The same for all that come in on one day, so that the busiest way pays for it once."""
    return Set(ACCEPTANCE, end_of(last), EscalateAcceptance(actor=TIMER, at=end_of(last), due=last))


def _correction(last: date) -> Set:
    return Set(CORRECTION, end_of(last), LapseCorrection(actor=TIMER, at=end_of(last)))


def _answer(last: date) -> Set:
    return Set(ANSWER, end_of(last), EscalateConsultation(actor=TIMER, at=end_of(last), due=last))


def _question(number: int) -> str:
    return f"question-{number}"
