"""Who is asked next: one place that says so, whatever happened before.

After every decision the case is looked at: who was asked and may no longer be is asked no more, and where nobody is
asked, the next candidate is; where there is none, the office is told.
"""

from __future__ import annotations

from datetime import date

from contracts.confidential import Confidential
from contracts.days import day
from contracts.matching import (
    Candidate,
    LeftOut,
    LeftToOffice,
    MatchProposed,
    RematchRequested,
    SectionOffered,
)
from contracts.text import Reason, SectionId
from services.matching.domain.commands import Informed, LookAgain
from services.matching.domain.state import Matching, MatchingFact, Pinned, evolve

PARTIAL_LEAD: Confidential[Reason] = Confidential("主担当課に利害関係が認められたため")


def consequences(command: Informed, state: Matching) -> list[MatchingFact]:
    """What follows from how the case stands now."""
    pinned = state.pinned
    if state.halt or pinned is None:
        return []
    facts: list[MatchingFact] = []
    if state.status == "matched" and state.lead in state.partial_sections and not state.settled:
        facts.append(RematchRequested(section=state.lead, reason=PARTIAL_LEAD))
        state = evolve(state, facts[0])
    if state.status == "open" and not _somebody_is_at_it(command, state):
        facts += _next(command, state, pinned)
    return facts


def respond_by(command: Informed, pinned: Pinned) -> date:
    """V35: an answer is due in office days of the case's own city."""
    return pinned.calendar.after(day(command.at, pinned.zone), pinned.reply_days)


def left_out(
    candidates: tuple[Candidate, ...], state: Matching, full: tuple[LeftOut, ...]
) -> tuple[LeftOut, ...]:
    """Of these candidates, those that are not asked as things stand: partial (V19), or without room."""
    without_room = {each.section: each for each in full}
    found = []
    for section in dict.fromkeys(each.section for each in candidates):
        if section in state.partial_sections:
            found.append(LeftOut(section=section, reason="conflict"))
        elif section in without_room:
            found.append(without_room[section])
    return tuple(found)


def _somebody_is_at_it(command: Informed, state: Matching) -> bool:
    """A section that was asked, or the office; a ranking is waited for."""
    if state.offered_to is not None:
        return state.may_be_asked(state.offered_to)
    if state.left_to_office is not None:
        return not (isinstance(command, LookAgain) and _may_go_on(command, state))
    return not (state.ranked or state.proposed)


def _may_go_on(command: LookAgain, state: Matching) -> bool:
    """Those left to the office for want of room, where a candidate has room again."""
    if state.left_to_office != "no_room":
        return False
    return any(each.section not in _sections(command.full) for each in state.left)


def _next(command: Informed, state: Matching, pinned: Pinned) -> list[MatchingFact]:
    due = respond_by(command, pinned)
    out = left_out(state.considered, state, command.full)
    if not state.proposed and (state.none_fits or not state.candidates):
        return [LeftToOffice(why="none_fits", respond_by=due, left_out=out)]
    if not state.left:
        return [LeftToOffice(why="nobody_left", respond_by=due, left_out=out)]
    with_room = tuple(each for each in state.left if each.section not in _sections(command.full))
    if not with_room:
        return [LeftToOffice(why="no_room", respond_by=due, left_out=out)]
    first = with_room[0].section
    if state.proposed:
        return [SectionOffered(section=first, respond_by=due, left_out=out)]
    return [MatchProposed(candidates=with_room, offered_to=first, respond_by=due, left_out=out)]


def _sections(full: tuple[LeftOut, ...]) -> frozenset[SectionId]:
    return frozenset(each.section for each in full)
