"""How a matching ends, and what it is told meanwhile without anybody being asked anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import guidelines
from contracts.matching import (
    EscalationRaised,
    LeadFreed,
    LeadSettled,
    MatchingClosed,
    NoMatchConcluded,
    ProposersNoted,
)
from services.matching.domain import reconsideration, stops
from services.matching.domain.commands import (
    CloseMatching,
    ConcludeNoMatch,
    EndMatching,
    Escalate,
    FreeLead,
    NoteProposers,
    RequestReconsideration,
    SettleLead,
    SuspendMatching,
    Told,
)
from services.matching.domain.offers import left_out
from services.matching.domain.state import Matching, MatchingFact, Pinned
from services.matching.policies import a_refusal_cites_its_clauses, every_candidate_said_no


def told(command: Told, state: Matching) -> Sequence[MatchingFact]:
    """What is told late or twice changes nothing."""
    match command:
        case NoteProposers():
            return _proposers(command, state)
        case RequestReconsideration():
            return reconsideration.request(command, state)
        case SettleLead():
            led = state.lead if state.status == "matched" and not state.settled else None
            return [LeadSettled(section=led)] if led else []
        case FreeLead():
            led = state.lead if state.status == "matched" else None
            return [LeadFreed(section=led, reason=command.reason)] if led else []
        case Escalate():
            return _escalated(command, state)
        case SuspendMatching():
            return stops.suspend(state)
        case EndMatching():
            return stops.end(command, state)
        case CloseMatching():
            return [] if state.over or state == Matching() else [MatchingClosed(reason="withdrawn")]
        case _:
            assert_never(command)


def _proposers(command: NoteProposers, state: Matching) -> list[ProposersNoted]:
    """All of them, so that a reader needs the last fact alone."""
    new = [person for person in dict.fromkeys(command.persons) if person not in state.proposers]
    return [ProposersNoted(persons=(*state.proposers, *new))] if new else []


def concluded(command: ConcludeNoMatch, state: Matching, pinned: Pinned) -> NoMatchConcluded:
    """V23: with everybody who was considered, who said no, who was left out, and the reasons. V07: by clauses."""
    by_ranking_none = state.ranked and not state.proposed and (state.none_fits or not state.candidates)
    every_candidate_said_no(
        state.offered_to,
        considered=state.ranked or state.proposed,
        left=() if by_ranking_none else state.left,
        full={each.section for each in command.full},
    )
    clauses = command.clauses or command.usual_clauses
    a_refusal_cites_its_clauses(guidelines.load(pinned.edition), clauses)
    return NoMatchConcluded(
        reasons=command.reasons,
        candidates=state.considered,
        declined=state.declined,
        none_fits=by_ranking_none,
        left_out=left_out(state.considered, state, command.full),
        clauses=clauses,
        edition=pinned.edition,
        decided_by=command.actor.id,
        reconsider_by=reconsideration.last_day(command, pinned),
    )


def _escalated(command: Escalate, state: Matching) -> list[EscalationRaised]:
    """V22: said once, and the offer stays: a late answer is an answer."""
    waits = state.status in ("open", "reconsideration") and state.halt is None and not state.escalated
    if not waits or state.respond_by != command.due:
        return []
    if state.status == "reconsideration":
        return [EscalationRaised(waiting_for="reconsideration", due=command.due)]
    waiting_for = "section_reply" if state.offered_to else "office"
    return [EscalationRaised(waiting_for=waiting_for, section=state.offered_to, due=command.due)]
