"""Matching one case: sections ranked, asked one after the other, until one takes the case on.

Pure: no I/O, no clock, no new ids. The ranking may be there before the case is eligible, or after: whichever comes
second leads to the first offer. What is true beyond the case comes with the command.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from chassis.decider import Command, Decider, Refused
from contracts.matching import (
    Candidate,
    MatchDeclined,
    Matched,
    MatchProposed,
    PartnerNoted,
    RematchRequested,
    SectionsRanked,
)
from services.matching.domain import conflicts, ends, reconsideration, stops
from services.matching.domain.commands import (
    AcceptMatch,
    Asked,
    CloseMatching,
    ConcludeNoMatch,
    DeclareConflict,
    DeclineMatch,
    EndMatching,
    Escalate,
    FollowGuideline,
    FreeLead,
    Informed,
    LookAgain,
    MatchingCommand,
    NoteConflicts,
    NotePartner,
    NoteProposers,
    OpenMatching,
    ProposeMatch,
    RankSections,
    ReopenMatching,
    RequestReconsideration,
    ResumeLead,
    RevokeDecision,
    SettleLead,
    SuspendMatching,
    UpholdDecision,
)
from services.matching.domain.offers import consequences, left_out, respond_by
from services.matching.domain.state import Matching, MatchingFact, Pinned, evolve
from services.matching.policies import (
    lead_does_not_support_itself,
    no_section_leads_more_than_it_can,
    only_who_was_asked_answers,
    partial_persons_decide_nothing,
    partial_sections_stay_out,
    sections_are_of_the_city,
    who_said_no_is_not_asked_again,
)


class MatchingNotOpen(Refused):
    """This case is not looking for a section; it was not found eligible yet, it has one, or it is over."""


class CaseStopped(Refused):
    """A measure or a finding stands against this case; all waits until it is screened again."""


def decide(command: MatchingCommand, state: Matching) -> list[MatchingFact]:
    """What the command itself leads to, between what the register of interests says by now and who is asked next.

    The register is asked once more where the command opened a case again that had been over.
    """
    if not isinstance(command, Informed):
        return list(ends.told(command, state))
    facts: list[MatchingFact] = list(_partner_noted(command, state))
    facts += conflicts.newly_known(command, _after(state, facts))
    facts += _asked(command, _after(state, facts))
    facts += conflicts.newly_known(command, _after(state, facts))
    return [*facts, *consequences(command, _after(state, facts))]


def _asked(command: Asked, state: Matching) -> Sequence[MatchingFact]:
    match command:
        case RankSections():
            return _ranked(command, state)
        case FollowGuideline():
            return stops.follow(command, state)
        case OpenMatching():
            return stops.open_or_resume(command, state)
        case ProposeMatch():
            pinned = _open(command, state)
            sections_are_of_the_city(command.sections, pinned.sections)
            who_said_no_is_not_asked_again(command.sections, state.out)
            partial_sections_stay_out(command.sections, state.partial_sections)
            return [_proposed_by_hand(command, state, pinned)]
        case AcceptMatch():
            section = only_who_was_asked_answers(command.actor, state.offered_to)
            pinned = _open(command, state)
            sections_are_of_the_city(command.supporting, pinned.sections)
            lead_does_not_support_itself(section, command.supporting)
            partial_sections_stay_out([section, *command.supporting], state.partial_sections)
            no_section_leads_more_than_it_can(section, command.full)
            return [_matched(command, state, pinned)]
        case DeclineMatch():
            section = only_who_was_asked_answers(command.actor, state.offered_to)
            _open(command, state)
            return [
                MatchDeclined(
                    section=section,
                    reason=command.reason,
                    ground=command.ground,
                    declined_by=command.actor.id,
                )
            ]
        case ConcludeNoMatch():
            return [ends.concluded(command, state, _open(command, state))]
        case UpholdDecision():
            return reconsideration.uphold(command, state)
        case RevokeDecision():
            return reconsideration.revoke(command, state)
        case ResumeLead():
            return reconsideration.resume_lead(state)
        case ReopenMatching():
            if state.status != "matched" or state.lead != command.section:
                return []  # told late: another section leads by now, or the case is over
            return [RematchRequested(section=command.section, reason=command.reason)]
        case DeclareConflict():
            return conflicts.declared(command, state)
        case NotePartner() | NoteConflicts() | LookAgain():
            return []
        case _:
            assert_never(command)


def _partner_noted(command: Informed, state: Matching) -> Sequence[MatchingFact]:
    if not isinstance(command, NotePartner) or state.partner or state.over:
        return []
    return [PartnerNoted(partner=command.partner, related=command.related, proposers=command.proposers)]


def _ranked(command: RankSections, state: Matching) -> list[MatchingFact]:
    """One ranking for a case; where people were faster and asked somebody by hand, theirs stands."""
    if state.ranked or state.status not in ("new", "open") or state.proposed:
        return []
    return [
        SectionsRanked(
            candidates=command.candidates,
            scorer=command.scorer,
            edition=command.edition,
            basis=command.basis,
            none_fits=command.none_fits,
            left_out=left_out(command.candidates, state, command.full),
            lessons=command.lessons,
            fingerprint=command.fingerprint,
        )
    ]


def _proposed_by_hand(command: ProposeMatch, state: Matching, pinned: Pinned) -> MatchProposed:
    """The office knows better than the ranking; what the ranking said of each section stays visible (V23)."""
    known = {each.section: each for each in state.considered}
    return MatchProposed(
        candidates=tuple(known.get(id_) or Candidate(section=id_, score=0) for id_ in command.sections),
        offered_to=command.sections[0],
        respond_by=respond_by(command, pinned),
        reason=command.reason,
        proposed_by=command.actor.id,
    )


def _matched(command: AcceptMatch, state: Matching, pinned: Pinned) -> Matched:
    assert state.offered_to is not None
    return Matched(
        lead=state.offered_to,
        supporting=command.supporting,
        candidates=state.considered,
        declined=state.declined,
        edition=pinned.edition,
        municipality=pinned.municipality,
    )


def _open(command: Command, state: Matching) -> Pinned:
    """What the case is bound to, while it looks for a section; for an actor who is not partial (V19)."""
    if state.status != "open" or state.pinned is None or state.halt == "ended":
        raise MatchingNotOpen()
    if state.halt:
        raise CaseStopped()
    partial_persons_decide_nothing(command.actor, state.partial_persons)
    return state.pinned


def _after(state: Matching, facts: Sequence[MatchingFact]) -> Matching:
    for fact in facts:
        state = evolve(state, fact)
    return state


MATCHING: Decider[MatchingCommand, Matching, MatchingFact] = Decider(
    "matching",
    (
        NotePartner,
        NoteProposers,
        RankSections,
        OpenMatching,
        FollowGuideline,
        ProposeMatch,
        AcceptMatch,
        DeclineMatch,
        ConcludeNoMatch,
        RequestReconsideration,
        UpholdDecision,
        RevokeDecision,
        ReopenMatching,
        DeclareConflict,
        NoteConflicts,
        LookAgain,
        SettleLead,
        FreeLead,
        ResumeLead,
        Escalate,
        SuspendMatching,
        EndMatching,
        CloseMatching,
    ),
    Matching(),
    decide,
    evolve,
)
