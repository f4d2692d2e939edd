"""Matching one case: sections ranked, asked one after the other, until one takes the case on.

Pure: no I/O, no clock, no new ids. The ranking may be there before the case is eligible, or after: whichever comes
second leads to the first offer.
"""

from __future__ import annotations

from datetime import date
from typing import assert_never

from chassis.calendar import office_days_after
from chassis.decider import Command, Decider, Refused
from contracts.actors import Role
from contracts.days import day
from contracts.matching import (
    Candidate,
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
from services.matching.domain.state import Matching, MatchingFact, evolve
from services.matching.policies import (
    every_candidate_said_no,
    lead_does_not_support_itself,
    only_the_lead_gives_back,
    only_who_was_asked_answers,
    sections_are_of_the_city,
    who_said_no_is_not_asked_again,
)


class MatchingNotOpen(Refused):
    """This case is not looking for a section; it was not found eligible yet, it has one, or it is over."""


class NotMatched(Refused):
    """No section leads this case, so that there is none to change."""


def decide(command: MatchingCommand, state: Matching) -> list[MatchingFact]:
    match command:
        case RankSections():
            return _ranked(command, state)
        case OpenMatching():
            return _opened(command, state)
        case ProposeMatch():
            opened = _open(state)
            sections_are_of_the_city(command.sections, opened.sections)
            who_said_no_is_not_asked_again(command.sections, state.out)
            return [_proposed_by_hand(command, state, opened)]
        case AcceptMatch():
            section = only_who_was_asked_answers(command.actor, state.offered_to)
            return [_matched(command, section, state, _open(state))]
        case DeclineMatch():
            section = only_who_was_asked_answers(command.actor, state.offered_to)
            declined = MatchDeclined(section=section, reason=command.reason)
            return [declined, *_next_offer(command, state, _open(state), without=section)]
        case ConcludeNoMatch():
            _open(state)
            every_candidate_said_no(state.candidates, state.left)
            return [
                NoMatchConcluded(
                    reasons=command.reasons, candidates=state.considered, declined=state.declined
                )
            ]
        case Rematch():
            if state.status != "matched" or state.lead is None or state.opened is None:
                raise NotMatched()
            if command.actor.role == Role.SECTION:
                only_the_lead_gives_back(command.actor, state.lead)
            requested = RematchRequested(section=state.lead, reason=command.reason)
            return [requested, *_next_offer(command, state, state.opened, without=state.lead)]
        case CloseMatching():
            over = state.status in ("concluded", "closed")
            return [] if over or state == Matching() else [MatchingClosed(reason="withdrawn")]
        case _:
            assert_never(command)


def _ranked(command: RankSections, state: Matching) -> list[MatchingFact]:
    """One ranking for a case; where people were faster and asked somebody by hand, theirs stands."""
    if state.ranked or state.status in ("matched", "concluded", "closed") or state.candidates:
        return []
    ranked = SectionsRanked(candidates=command.candidates, scorer=command.scorer, edition=command.edition)
    return [ranked, *(_first_offer(command, command.candidates, state.opened) if state.opened else [])]


def _opened(command: OpenMatching, state: Matching) -> list[MatchingFact]:
    if state.status != "new":
        return []
    opened = MatchingOpened(
        edition=command.edition,
        municipality=command.municipality,
        zone=command.zone,
        sections=command.sections,
        reply_days=command.reply_days,
    )
    return [opened, *_first_offer(command, state.candidates, opened)]


def _first_offer(
    command: Command, ranked: tuple[Candidate, ...], opened: MatchingOpened
) -> list[MatchingFact]:
    """To the best of them; to nobody where nothing speaks for any section: the office then names one."""
    candidates = tuple(each for each in ranked if each.section in opened.sections)
    if not candidates:
        return []
    return [
        MatchProposed(
            candidates=candidates,
            offered_to=candidates[0].section,
            respond_by=_respond_by(command, opened),
        )
    ]


def _proposed_by_hand(command: ProposeMatch, state: Matching, opened: MatchingOpened) -> MatchProposed:
    """The office knows better than the ranking; what the ranking said of each section stays visible (V23)."""
    known = {each.section: each for each in state.considered}
    return MatchProposed(
        candidates=tuple(known.get(id_) or Candidate(section=id_, score=0) for id_ in command.sections),
        offered_to=command.sections[0],
        respond_by=_respond_by(command, opened),
        reason=command.reason,
    )


def _matched(command: AcceptMatch, lead: SectionId, state: Matching, opened: MatchingOpened) -> Matched:
    sections_are_of_the_city(command.supporting, opened.sections)
    lead_does_not_support_itself(lead, command.supporting)
    return Matched(
        lead=lead,
        supporting=command.supporting,
        candidates=state.considered,
        declined=state.declined,
        edition=opened.edition,
        municipality=opened.municipality,
    )


def _next_offer(
    command: Command, state: Matching, opened: MatchingOpened, without: SectionId
) -> list[MatchingFact]:
    following = [each for each in state.left if each.section != without]
    if not following:
        return []
    return [SectionOffered(section=following[0].section, respond_by=_respond_by(command, opened))]


def _respond_by(command: Command, opened: MatchingOpened) -> date:
    return office_days_after(day(command.at, opened.zone), opened.reply_days)


def _open(state: Matching) -> MatchingOpened:
    """What the matching was opened with, while it looks for a section."""
    if state.status != "open" or state.opened is None:
        raise MatchingNotOpen()
    return state.opened


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
