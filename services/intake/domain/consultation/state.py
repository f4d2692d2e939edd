"""What is known of a consultation, and what each of its facts changes.

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, assert_never

from chassis.decider import Refused
from contracts.intake import (
    ConsultationAnswered,
    ConsultationClosed,
    ConsultationConverted,
    ConsultationOpened,
    ConsultationReferred,
    ConversionUndone,
    EscalationRaised,
    IdeaRead,
)
from contracts.text import SectionId

ConsultationFact = (
    ConsultationOpened
    | ConsultationReferred
    | ConsultationAnswered
    | ConsultationConverted
    | ConversionUndone
    | ConsultationClosed
    | EscalationRaised
    | IdeaRead
)


class ConsultationIsOver(Refused):
    """This consultation is closed, or a proposal came of it; open a new one."""


@dataclass(frozen=True, slots=True)
class Consultation:
    """What decisions about a consultation need to know."""

    status: Literal["new", "open", "answered", "converted", "closed"] = "new"
    asked: ConsultationOpened | None = None
    answered: bool = False
    referred: frozenset[SectionId] = frozenset()
    case: str = ""  # that it was turned into
    escalated: date | None = None


def evolve(state: Consultation, fact: ConsultationFact) -> Consultation:
    match fact:
        case ConsultationOpened():
            return Consultation(status="open", asked=fact)
        case ConsultationReferred():
            return replace(state, referred=state.referred | {fact.section})
        case ConsultationAnswered():
            return replace(state, status="answered", answered=True)
        case ConsultationConverted():
            return replace(state, status="converted", case=fact.case)
        case ConversionUndone():
            return replace(state, status="answered" if fact.answered else "open", case="")
        case ConsultationClosed():
            return replace(state, status="closed")
        case EscalationRaised():
            return replace(state, escalated=fact.due)
        case IdeaRead():
            return state
        case _:
            assert_never(fact)


def still_open(state: Consultation) -> None:
    if state.status in ("converted", "closed"):
        raise ConsultationIsOver()
