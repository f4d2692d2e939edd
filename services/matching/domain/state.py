"""What a matching has come to: the facts of its stream, and the state they add up to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, assert_never

from contracts.matching import (
    Candidate,
    ConflictFound,
    DecisionRevoked,
    DecisionUpheld,
    Declined,
    EscalationRaised,
    GuidelineFollowed,
    LeadFreed,
    LeadResumed,
    LeadSettled,
    LeftToOffice,
    MatchDeclined,
    Matched,
    MatchingClosed,
    MatchingEnded,
    MatchingOpened,
    MatchingResumed,
    MatchingSuspended,
    MatchProposed,
    NoMatchConcluded,
    PartnerNoted,
    ProposersNoted,
    ReconsiderationRequested,
    RematchRequested,
    SectionOffered,
    SectionsRanked,
)
from contracts.text import SectionId

MatchingFact = (
    PartnerNoted
    | ProposersNoted
    | SectionsRanked
    | MatchingOpened
    | MatchProposed
    | SectionOffered
    | LeftToOffice
    | MatchDeclined
    | Matched
    | NoMatchConcluded
    | ReconsiderationRequested
    | DecisionUpheld
    | DecisionRevoked
    | RematchRequested
    | ConflictFound
    | LeadSettled
    | LeadFreed
    | LeadResumed
    | EscalationRaised
    | MatchingSuspended
    | MatchingResumed
    | MatchingEnded
    | GuidelineFollowed
    | MatchingClosed
)
Pinned = MatchingOpened | GuidelineFollowed  # what of its edition a case is bound to (V32)
Status = Literal["new", "open", "matched", "concluded", "reconsideration", "upheld", "closed", "freed"]
OVER = ("concluded", "upheld", "closed", "freed")


@dataclass(frozen=True, slots=True)
class Matching:
    """What decisions about a matching need to know. `new` may have its ranking already.

    A case that is halted keeps its status: there it goes on, once it is found eligible.
    """

    status: Status = "new"
    halt: Literal["suspended", "ended"] | None = None
    opened: MatchingOpened | None = None
    followed: GuidelineFollowed | None = None  # the edition it was migrated to
    partner: PartnerNoted | None = None
    proposers: tuple[str, ...] = ()  # who acts for the partner
    ranked: bool = False
    none_fits: bool = False
    proposed: bool = False  # candidates are asked in their order, by the ranking or by the office
    candidates: tuple[Candidate, ...] = ()  # in the order in which they are asked
    dropped: tuple[Candidate, ...] = ()  # considered, and not in this order
    passed_over: frozenset[SectionId] = frozenset()  # of those, who had no room when the order was made
    declined: tuple[Declined, ...] = ()
    gave_back: tuple[SectionId, ...] = ()  # led once
    conflicts: tuple[ConflictFound, ...] = ()
    offered_to: SectionId | None = None
    left_to_office: Literal["none_fits", "no_room", "nobody_left"] | None = None
    respond_by: date | None = None  # of whoever has to answer now
    escalated: bool = False
    lead: SectionId | None = None
    supporting: tuple[SectionId, ...] = ()
    settled: bool = False  # past the dialogue
    concluded: NoMatchConcluded | None = None  # without a section
    took_part: frozenset[str] = frozenset()  # in what led to that (V34)
    freed_for: Literal["signed", "not_established", "closed"] | None = None

    @property
    def over(self) -> bool:
        return self.status in OVER

    @property
    def pinned(self) -> Pinned | None:
        return self.followed or self.opened

    @property
    def out(self) -> tuple[SectionId, ...]:
        """Sections that are not asked again."""
        return (*(each.section for each in self.declined), *self.gave_back)

    @property
    def partial_sections(self) -> frozenset[SectionId]:
        """Whose whole staff is partial (V19)."""
        return frozenset(each.section for each in self.conflicts if each.whole_section)

    @property
    def partial_persons(self) -> frozenset[str]:
        return frozenset(each.person for each in self.conflicts if each.person)

    @property
    def considered(self) -> tuple[Candidate, ...]:
        """Everybody that ever stood on the list (V23)."""
        return self.candidates + self.dropped

    @property
    def left(self) -> tuple[Candidate, ...]:
        """Candidates that may still take the case on; last those who had no room when the order was made."""
        later = tuple(each for each in self.dropped if each.section in self.passed_over)
        return tuple(each for each in self.candidates + later if self.may_be_asked(each.section))

    def may_be_asked(self, section: SectionId) -> bool:
        """A section of the case's edition that has not said no, and is not partial."""
        there = self.pinned is None or section in self.pinned.sections
        return there and section not in self.out and section not in self.partial_sections


def evolve(state: Matching, fact: MatchingFact) -> Matching:
    match fact:
        case PartnerNoted():
            who = tuple(dict.fromkeys((*state.proposers, *fact.proposers)))
            return replace(state, partner=fact, proposers=who)
        case ProposersNoted():
            return replace(state, proposers=fact.persons)
        case SectionsRanked():
            return replace(state, ranked=True, none_fits=fact.none_fits, candidates=fact.candidates)
        case MatchingOpened():
            return replace(state, status="open", opened=fact, respond_by=fact.respond_by)
        case MatchProposed():
            return _waits_for(fact.offered_to, fact.respond_by, _ordered(state, fact))
        case SectionOffered():
            return _waits_for(fact.section, fact.respond_by, state)
        case LeftToOffice():
            return replace(_waits_for(None, fact.respond_by, state), left_to_office=fact.why)
        case MatchDeclined():
            declined = Declined(section=fact.section, reason=fact.reason)
            said = replace(
                state, declined=(*state.declined, declined), took_part=_with(fact.declined_by, state)
            )
            return _waits_for(None, None, said)
        case Matched():
            led = replace(state, status="matched", lead=fact.lead, supporting=fact.supporting, settled=False)
            return _waits_for(None, None, led)
        case NoMatchConcluded():
            over = replace(state, status="concluded", concluded=fact, took_part=_with(fact.decided_by, state))
            return _waits_for(None, None, over)
        case ReconsiderationRequested():
            return _waits_for(None, fact.decide_by, replace(state, status="reconsideration"))
        case DecisionUpheld():
            return _waits_for(None, None, replace(state, status="upheld"))
        case DecisionRevoked():
            return _waits_for(None, None, _anew(state))
        case RematchRequested():
            gave_back = (*state.gave_back, fact.section)
            return replace(state, status="open", lead=None, supporting=(), settled=False, gave_back=gave_back)
        case ConflictFound():
            conflicts = (*state.conflicts, fact)
            supporting = tuple(s for s in state.supporting if not (fact.whole_section and s == fact.section))
            return replace(state, conflicts=conflicts, supporting=supporting)
        case LeadSettled():
            return replace(state, settled=True)
        case LeadFreed():
            return replace(state, status="freed", freed_for=fact.reason)
        case LeadResumed():
            return replace(state, status="matched", settled=True, freed_for=None)
        case EscalationRaised():
            return replace(state, escalated=True)
        case MatchingSuspended():
            return replace(state, halt="suspended")
        case MatchingEnded():
            return replace(state, halt="ended")
        case MatchingResumed():
            return replace(state, halt=None, escalated=False, respond_by=fact.respond_by)
        case GuidelineFollowed():
            return replace(state, followed=fact)
        case MatchingClosed():
            return _waits_for(None, None, replace(state, status="closed"))
        case _:
            assert_never(fact)


def _ordered(state: Matching, fact: MatchProposed) -> Matching:
    now = {each.section for each in fact.candidates}
    return replace(
        state,
        proposed=True,
        candidates=fact.candidates,
        dropped=tuple(each for each in state.considered if each.section not in now),
        passed_over=frozenset(each.section for each in fact.left_out if each.reason == "capacity"),
        took_part=_with(fact.proposed_by, state),
    )


def _anew(state: Matching) -> Matching:
    """As before anybody was asked; who led the case and gave it back stays out. Where nobody but the office ever put
    sections in their order, no ranking is waited for: that order stands for one.
    """
    return replace(
        state,
        status="open",
        concluded=None,
        took_part=frozenset(),
        ranked=state.ranked or state.proposed,
        proposed=False,
        candidates=state.considered,
        dropped=(),
        passed_over=frozenset(),
        declined=(),
    )


def _with(person: str | None, state: Matching) -> frozenset[str]:
    return state.took_part | {person} if person else state.took_part


def _waits_for(section: SectionId | None, respond_by: date | None, state: Matching) -> Matching:
    return replace(state, offered_to=section, respond_by=respond_by, escalated=False, left_to_office=None)
