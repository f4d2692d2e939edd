"""Matching one proposal with the section of the city that takes it on (GL2-3).

Two topics are heard, in no order between them: the ranking may come before or after the opening. Whichever comes second
puts the match forward, in the same decision.

Pure: no I/O, no clock, no new ids. Commands bring the day until which a section may answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, assert_never

from chassis.decider import Decider, Refused
from contracts.actors import Role
from contracts.matching import (
    Candidate,
    Decline,
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
from services.matching.domain.commands import (
    AcceptMatch,
    CloseMatching,
    ConcludeNoMatch,
    DeclineMatch,
    MatchingCommand,
    OpenMatching,
    ProposeMatch,
    RankSections,
    Rematch,
)

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


class MatchingNotOpen(Refused):
    """This proposal is not looking for a section now; it does so from its eligibility until it is matched."""


class NotOffered(Refused):
    """This proposal was offered to another section; only the one that was asked may answer."""


class SectionsStillToAsk(Refused):
    """Not every candidate has said no; ask the next one first."""


class NobodyDeclined(Refused):
    """No section has said no yet; put candidates forward first."""


class NotMatchedYet(Refused):
    """No section leads this case yet; another lead can be asked for once one does."""


class NotLeadSection(Refused):
    """Another section leads this case; only the lead section or the proposer may ask for another."""


class SupportsItself(Refused):
    """The lead section cannot be one of the supporting sections as well; name the others only."""


class AskedBefore(Refused):
    """A section among these has said no to this proposal; put forward others."""


@dataclass(frozen=True, slots=True)
class Matching:
    """What decisions about a matching need to know."""

    status: Literal["new", "open", "declined_by_all", "matched", "over", "closed"] = "new"
    ranked: tuple[Candidate, ...] = ()
    candidates: tuple[Candidate, ...] = ()  # put forward, best first
    offered_to: str | None = None
    declined: tuple[Decline, ...] = ()
    lead: str | None = None

    @property
    def still_to_ask(self) -> tuple[Candidate, ...]:
        """Candidates that have not said no."""
        no = {decline.section for decline in self.declined}
        return tuple(candidate for candidate in self.candidates if candidate.section not in no)


def decide(command: MatchingCommand, state: Matching) -> list[MatchingFact]:
    match command:
        case RankSections():
            if state.ranked or state.status == "closed":
                return []
            ranked = SectionsRanked(
                candidates=command.candidates, scorer=command.scorer, edition=command.edition
            )
            return [ranked, *_put_forward(command.candidates, command.respond_by, state.status == "open")]
        case OpenMatching():
            if state.status not in ("new", "over"):
                return []
            opened = MatchingOpened(
                edition=command.edition,
                municipality=command.municipality,
                reply_office_days=command.reply_office_days,
            )
            return [opened, *_put_forward(state.ranked, command.respond_by, True)]
        case ProposeMatch():
            _is_open(state)
            return [_chosen(command, state)]
        case AcceptMatch():
            lead = _offered(command, state)
            if lead in command.supporting:
                raise SupportsItself()
            return [
                Matched(
                    lead=lead,
                    supporting=command.supporting,
                    candidates=state.candidates,
                    declined=state.declined,
                )
            ]
        case DeclineMatch():
            return _declined(command, state)
        case ConcludeNoMatch():
            _is_open(state)
            if not state.declined:
                raise NobodyDeclined()
            if state.still_to_ask:
                raise SectionsStillToAsk(f"Next: {state.still_to_ask[0].section}.")
            return [
                NoMatchConcluded(
                    reasons=command.reasons, candidates=state.candidates, declined=state.declined
                )
            ]
        case Rematch():
            if state.lead is None:
                raise NotMatchedYet()
            if command.actor.role == Role.SECTION and command.actor.section != state.lead:
                raise NotLeadSection()
            return [RematchRequested(reason=command.reason, former_lead=state.lead)]
        case CloseMatching():
            return [] if state.status in ("closed", "over") else [MatchingClosed(reason="withdrawn")]
        case _:
            assert_never(command)


def evolve(state: Matching, fact: MatchingFact) -> Matching:
    match fact:
        case SectionsRanked():
            return replace(state, ranked=fact.candidates)
        case MatchingOpened():
            return replace(state, status="open")
        case MatchProposed():
            return replace(state, status="open", candidates=fact.candidates, offered_to=fact.offered_to)
        case SectionOffered():
            return replace(state, status="open", offered_to=fact.section)
        case MatchDeclined():
            declined = (*state.declined, Decline(section=fact.section, reason=fact.reason))
            return replace(state, status="declined_by_all", offered_to=None, declined=declined)
        case Matched():
            return replace(state, status="matched", offered_to=None, lead=fact.lead)
        case NoMatchConcluded():
            return replace(state, status="over")
        case RematchRequested():
            former = Decline(section=fact.former_lead, reason="asked to be relieved")
            return replace(state, status="declined_by_all", lead=None, declined=(*state.declined, former))
        case MatchingClosed():
            return replace(state, status="closed", offered_to=None, lead=None)
        case _:
            assert_never(fact)


def _put_forward(candidates: tuple[Candidate, ...], respond_by: date, is_open: bool) -> list[MatchingFact]:
    if not (candidates and is_open):
        return []
    return [MatchProposed(candidates=candidates, offered_to=candidates[0].section, respond_by=respond_by)]


def _is_open(state: Matching) -> None:
    if state.status not in ("open", "declined_by_all"):
        raise MatchingNotOpen()


def _offered(command: AcceptMatch | DeclineMatch, state: Matching) -> str:
    """The section that was asked, which is the one that answers."""
    _is_open(state)
    if state.offered_to is None or command.actor.section != state.offered_to:
        raise NotOffered(f"It waits for {state.offered_to}." if state.offered_to else "It waits for nobody.")
    return state.offered_to


def _chosen(command: ProposeMatch, state: Matching) -> MatchProposed:
    """The office knows better than the ranking; the scores of the ranking stay visible (V23)."""
    no = {decline.section for decline in state.declined}
    if again := sorted(no & set(command.sections)):
        raise AskedBefore(f"It was {', '.join(again)}.")
    scores = {candidate.section: candidate for candidate in state.ranked}
    chosen = tuple(scores.get(section) or Candidate(section=section, score=0) for section in command.sections)
    return MatchProposed(
        candidates=chosen, offered_to=chosen[0].section, respond_by=command.respond_by, reason=command.reason
    )


def _declined(command: DeclineMatch, state: Matching) -> list[MatchingFact]:
    """V23: a no has a reason, and the next candidate is asked."""
    section = _offered(command, state)
    declined = MatchDeclined(section=section, reason=command.reason)
    others = [candidate for candidate in state.still_to_ask if candidate.section != section]
    if not others:
        return [declined]
    return [declined, SectionOffered(section=others[0].section, respond_by=command.respond_by)]


MATCHING: Decider[MatchingCommand, Matching, MatchingFact] = Decider(
    "matching",
    (
        RankSections,
        OpenMatching,
        ProposeMatch,
        AcceptMatch,
        DeclineMatch,
        ConcludeNoMatch,
        Rematch,
        CloseMatching,
    ),
    Matching(),
    decide,
    evolve,
)
