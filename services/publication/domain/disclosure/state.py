"""What is known of a request for disclosure, and what each fact changes.

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Literal, assert_never

from contracts.publication import (
    Disclosed,
    DisclosureDecided,
    DisclosureRequested,
    EscalationRaised,
    ObjectionLodged,
    ObjectionResolved,
    OpinionGiven,
    RequestRead,
    RequestWithdrawn,
    ThirdPartyAsked,
    ThirdPartyTold,
)

DisclosureFact = (
    DisclosureRequested
    | RequestRead
    | ThirdPartyAsked
    | OpinionGiven
    | DisclosureDecided
    | ThirdPartyTold
    | ObjectionLodged
    | ObjectionResolved
    | Disclosed
    | RequestWithdrawn
    | EscalationRaised
)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What decisions about a request need to know."""

    status: Literal["new", "open", "waiting", "decided", "disclosed", "withdrawn"] = "new"
    request: DisclosureRequested | None = None
    asked: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))  # case → opinion by
    opinions: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))  # case → objects
    spoken_themselves: frozenset[str] = frozenset()  # cases whose proposers gave their opinion in person
    decision: DisclosureDecided | None = None
    decide_by: date | None = None  # of another decision, once an objection was upheld
    disclose_on: date | None = None
    objections: int = 0
    pending: Mapping[int, ObjectionLodged] = field(default_factory=lambda: MappingProxyType({}))
    escalated: date | None = None

    @property
    def objecting(self) -> tuple[str, ...]:
        """Cases whose proposers object."""
        return tuple(case for case, objects in self.opinions.items() if objects)

    @property
    def stopped(self) -> bool:
        """A proposer's objection is pending, so that nothing is disclosed."""
        return any(objection.by == "third_party" for objection in self.pending.values())


def evolve(state: Disclosure, fact: DisclosureFact) -> Disclosure:
    match fact:
        case DisclosureRequested():
            return Disclosure(status="open", request=fact)
        case RequestRead() | ThirdPartyTold():
            return state
        case ThirdPartyAsked():
            asked = MappingProxyType({**state.asked, fact.case: fact.opinion_by})
            return replace(state, status="waiting", asked=asked)
        case OpinionGiven():
            opinions = MappingProxyType({**state.opinions, fact.case: fact.objects})
            own = state.spoken_themselves | ({fact.case} if fact.themselves else set())
            return replace(state, opinions=opinions, spoken_themselves=own)
        case DisclosureDecided():
            return replace(state, status="decided", decision=fact, disclose_on=fact.disclose_on)
        case ObjectionLodged(number=number):
            pending = MappingProxyType({**state.pending, number: fact})
            return replace(state, objections=number, pending=pending)
        case ObjectionResolved(number=number):
            return _resolved(state, fact)
        case Disclosed():
            return replace(state, status="disclosed")
        case RequestWithdrawn():
            return replace(state, status="withdrawn")
        case EscalationRaised():
            return replace(state, escalated=fact.due)
        case _:
            assert_never(fact)


def _resolved(state: Disclosure, fact: ObjectionResolved) -> Disclosure:
    """One that is upheld puts the request where it was before the decision; no other then has anything to object to."""
    if fact.resolution == "upheld":
        status: Literal["waiting", "open"] = "waiting" if state.asked else "open"
        return replace(
            state, status=status, decide_by=fact.decide_by, disclose_on=None, pending=MappingProxyType({})
        )
    left = {number: lodged for number, lodged in state.pending.items() if number != fact.number}
    return replace(state, pending=MappingProxyType(left), disclose_on=fact.disclose_on)
