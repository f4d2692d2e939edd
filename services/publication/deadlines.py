"""What becomes due at publication: the decision about a request (V22), and the disclosure that was decided on (V18)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from chassis.deadlines import Cancel, Set
from chassis.decider import Recorded
from contracts.actors import Actor, Role
from contracts.days import end_of
from contracts.publication import (
    Disclosed,
    DisclosureDecided,
    DisclosureRequested,
    ObjectionLodged,
    ObjectionResolved,
    RequestWithdrawn,
)
from services.publication.domain.disclosure import Disclose, EscalateDisclosure

TIMER = Actor(role=Role.TIMER, id="publication")
DECISION, DISCLOSURE = "decision", "disclosure"


def due(recorded: Recorded) -> Sequence[Set | Cancel]:
    """The deadlines that a fact sets and calls off."""
    match recorded.fact:
        case DisclosureRequested(decide_by=last, zone=zone):
            return [_decision(last, zone)]
        case DisclosureDecided(disclose_on=on, zone=zone):
            return [Cancel(DECISION), _disclosure(on, zone)]
        case ObjectionLodged(by="third_party"):
            return [Cancel(DISCLOSURE)]
        case ObjectionResolved(decide_by=date() as last, zone=zone):
            return [_decision(last, zone), _disclosure(None, zone)]
        case ObjectionResolved(disclose_on=on, zone=zone):
            return [_disclosure(on, zone)]
        case Disclosed():
            return [Cancel(DISCLOSURE)]
        case RequestWithdrawn():
            return [Cancel(DECISION), Cancel(DISCLOSURE)]
        case _:
            return []


def _decision(last: date, zone: str) -> Set:
    passed = end_of(last, zone)
    return Set(DECISION, passed, EscalateDisclosure(actor=TIMER, at=passed, due=last))


def _disclosure(on: date | None, zone: str) -> Set | Cancel:
    """In the first moment of the day."""
    if on is None:
        return Cancel(DISCLOSURE)
    begins = end_of(on - timedelta(days=1), zone)
    return Set(DISCLOSURE, begins, Disclose(actor=TIMER, at=begins))
