"""What a matching has come to: the facts of its stream, and the state they add up to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, assert_never

from contracts.matching import (
    Candidate,
    Declined,
    MatchDeclined,
    Matched,
    MatchingClosed,
    MatchingOpened,
    MatchProposed,
    NoMatchConcluded,
    RematchRequested,
    SectionOffered,
    SectionsRanked,
)
from contracts.text import SectionId

MatchingFact = (
    SectionsRanked
    | MatchingOpened
    | MatchProposed
    | SectionOffered
    | MatchDeclined
    | Matched
    | NoMatchConcluded
    | RematchRequested
    | MatchingClosed
)


@dataclass(frozen=True, slots=True)
class Matching:
    """What decisions about a matching need to know. `new` may have its ranking already."""

    status: Literal["new", "open", "matched", "concluded", "closed"] = "new"
    opened: MatchingOpened | None = None
    ranked: bool = False
    candidates: tuple[Candidate, ...] = ()  # in the order in which they are asked
    dropped: tuple[Candidate, ...] = ()  # considered, until the office named others
    declined: tuple[Declined, ...] = ()
    gave_back: tuple[SectionId, ...] = ()  # led once
    offered_to: SectionId | None = None
    lead: SectionId | None = None

    @property
    def out(self) -> tuple[SectionId, ...]:
        """Sections that are not asked again."""
        return (*(each.section for each in self.declined), *self.gave_back)

    @property
    def considered(self) -> tuple[Candidate, ...]:
        """Everybody that ever stood on the list (V23)."""
        return self.candidates + self.dropped

    @property
    def left(self) -> tuple[Candidate, ...]:
        """Candidates that may still take the case on."""
        return tuple(each for each in self.candidates if each.section not in self.out)


def evolve(state: Matching, fact: MatchingFact) -> Matching:
    match fact:
        case SectionsRanked():
            return replace(state, ranked=True, candidates=fact.candidates)
        case MatchingOpened():
            return replace(state, status="open", opened=fact)
        case MatchProposed():
            now = {each.section for each in fact.candidates}
            dropped = tuple(each for each in state.considered if each.section not in now)
            return replace(state, candidates=fact.candidates, dropped=dropped, offered_to=fact.offered_to)
        case SectionOffered():
            return replace(state, offered_to=fact.section)
        case MatchDeclined():
            declined = Declined(section=fact.section, reason=fact.reason)
            return replace(state, declined=(*state.declined, declined), offered_to=None)
        case Matched():
            return replace(state, status="matched", lead=fact.lead, offered_to=None)
        case NoMatchConcluded():
            return replace(state, status="concluded")
        case RematchRequested():
            return replace(state, status="open", lead=None, gave_back=(*state.gave_back, fact.section))
        case MatchingClosed():
            return replace(state, status="closed", offered_to=None)
        case _:
            assert_never(fact)
