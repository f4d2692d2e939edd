"""What matching does about facts of others, and about its own where they concern another case."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial

import asyncpg

import guidelines
from chassis.decider import Command, Recorded
from chassis.inbox import Reaction
from contracts import agreements, intake, matching, screening
from contracts.actors import Actor, Role
from contracts.days import day
from contracts.fact import Fact
from guidelines import Edition
from services.matching.domain import (
    CloseMatching,
    EndMatching,
    FollowGuideline,
    FreeLead,
    LookAgain,
    NoteConflicts,
    NotePartner,
    NoteProposers,
    OpenMatching,
    RankSections,
    ReopenMatching,
    ResumeLead,
    SettleLead,
    SuspendMatching,
)
from services.matching.projections import Learnt, concerning, interest, of_case, of_partner, without_room
from services.matching.ranking import SCORER, ProposalText, Ranker, Ranking

MATCHING = Actor(role=Role.SERVICE, id="matching")

Following = Sequence[tuple[str, Command]]
LookingUp = Callable[[asyncpg.Pool, Recorded, datetime], Awaitable[Following]]

# Facts after which a case keeps its lead; after which a section may have room again.
PAST_DIALOGUE = (
    agreements.PilotPlanned,
    agreements.PilotJudgedUnnecessary,
    agreements.EvaluationOpened,
    agreements.ProcurementOpened,
)
MAKES_ROOM = (
    matching.LeadFreed,
    matching.RematchRequested,
    matching.MatchingClosed,
    matching.MatchingEnded,
    matching.CapacitySet,
)


def reactions(pool: asyncpg.Pool) -> dict[type[Fact], Reaction]:
    """Fact → the commands that follow from it here."""
    looking_up: dict[type[Fact], LookingUp] = {
        intake.ProposalReceived: partial(rank_sections, Learnt(pool)),
        intake.GuidelineMigrated: follow_guideline,
        screening.EligibilityDecided: open_or_end,
        agreements.RematchRequested: reopen,
        agreements.DecisionRevoked: resume_lead,
        matching.InterestRecorded: note_conflicts,
        matching.InterestBegan: note_conflicts,
        **dict.fromkeys(MAKES_ROOM, look_again),
    }
    return {
        **{fact: partial(reaction, pool) for fact, reaction in looking_up.items()},
        **dict.fromkeys(PAST_DIALOGUE, settle_lead),
        intake.ProposerJoined: note_proposer,
        intake.Withdrawn: close_matching,
        screening.RescreenRequired: suspend,
        agreements.AgreementSigned: free_lead,
        agreements.OutcomeDecided: free_lead,
        agreements.AwardedToOther: free_lead,
        agreements.PartnershipClosed: free_lead,
    }


async def rank_sections(learnt: Learnt, pool: asyncpg.Pool, recorded: Recorded, at: datetime) -> Following:
    """A received proposal is ranked in its corrected words, by the edition it is bound to (V32); nobody is asked before
    it is eligible. A record from the time before it carried its words is not ranked: the office names a section.
    """
    fact = recorded.fact
    assert isinstance(fact, intake.ProposalReceived)
    related = tuple({each.corporate_number: None for each in fact.related if each.corporate_number})
    who = {"actor": MATCHING, "at": at, "partner": fact.partner, "related": related}
    who |= {"proposers": fact.proposers}
    beyond = await of_partner(pool, fact.partner, related, day(at), fact.edition)
    who |= {"full": beyond.full, "conflicts": beyond.conflicts}
    if fact.title is None or fact.body is None:
        return [(recorded.id, NotePartner.model_validate(who))]
    text = ProposalText(
        fact.title.reveal(), fact.body.reveal(), tuple(each.reveal() for each in fact.requested_resources)
    )
    edition = guidelines.load(fact.edition)
    ranker = Ranker.load(edition, await learnt.so_far(SCORER))
    ranking: Ranking = await asyncio.to_thread(ranker.rank, text, fact.theme_section)
    ranked = {
        "candidates": ranking.candidates,
        "scorer": SCORER,
        "edition": edition.id,
        "basis": ranking.basis,
        "none_fits": ranking.none_fits,
        "lessons": ranking.lessons,
        "fingerprint": ranking.fingerprint,
    }
    return [(recorded.id, RankSections.model_validate({**who, **ranked}))]


async def open_or_end(pool: asyncpg.Pool, recorded: Recorded, at: datetime) -> Following:
    """An eligible case looks for its section, among those of the edition it is bound to, or goes on where it had been
    stopped; a case that is not eligible looks for nobody (GL7, V32)."""
    fact = recorded.fact
    assert isinstance(fact, screening.EligibilityDecided)
    if fact.decision != "eligible":
        return [(recorded.id, EndMatching(actor=MATCHING, at=at, clauses=fact.clauses))]
    return [await _under(OpenMatching, guidelines.load(fact.edition), pool, recorded, at)]


async def follow_guideline(pool: asyncpg.Pool, recorded: Recorded, at: datetime) -> Following:
    """V32: the office migrated the case."""
    fact = recorded.fact
    assert isinstance(fact, intake.GuidelineMigrated)
    return [await _under(FollowGuideline, guidelines.load(fact.to_edition), pool, recorded, at)]


async def _under(
    command: type[OpenMatching] | type[FollowGuideline],
    edition: Edition,
    pool: asyncpg.Pool,
    recorded: Recorded,
    at: datetime,
) -> tuple[str, Command]:
    beyond = await of_case(pool, recorded.id, day(at), edition.id)
    return recorded.id, command(
        actor=MATCHING,
        at=at,
        edition=edition.id,
        municipality=edition.municipality,
        zone=edition.zone,
        sections=tuple(section.id for section in edition.sections),
        reply_days=edition.periods.section_reply,
        calendar=edition.calendar,
        full=beyond.full,
        conflicts=beyond.conflicts,
    )


async def reopen(pool: asyncpg.Pool, recorded: Recorded, at: datetime) -> Following:
    """GL2-3: the talks with this section are over; the next one is asked."""
    fact = recorded.fact
    assert isinstance(fact, agreements.RematchRequested)
    beyond = await of_case(pool, recorded.id, day(at))
    command = ReopenMatching(
        actor=MATCHING,
        at=at,
        section=fact.section,
        reason=fact.reason,
        full=beyond.full,
        conflicts=beyond.conflicts,
    )
    return [(recorded.id, command)]


async def resume_lead(pool: asyncpg.Pool, recorded: Recorded, at: datetime) -> Following:
    """V34: the outcome fell; the section has the case again, and it counts."""
    beyond = await of_case(pool, recorded.id, day(at))
    return [(recorded.id, ResumeLead(actor=MATCHING, at=at, full=beyond.full, conflicts=beyond.conflicts))]


async def note_conflicts(pool: asyncpg.Pool, recorded: Recorded, at: datetime) -> Following:
    """V19: an entry of the register that counts from now on is looked for in every running case it concerns."""
    entry = await interest(pool, recorded.id)
    if entry is None:
        return []
    asked: list[tuple[str, Command]] = []
    for case in await concerning(pool, entry["number"], entry["organisation"]):
        beyond = await of_case(pool, case, day(at))
        command = NoteConflicts(actor=MATCHING, at=at, full=beyond.full, conflicts=beyond.conflicts)
        asked.append((case, command))
    return asked


async def look_again(pool: asyncpg.Pool, recorded: Recorded, at: datetime) -> Following:
    """A section may have room again: the cases that wait for it look."""
    asked: list[tuple[str, Command]] = []
    for case in await without_room(pool):
        beyond = await of_case(pool, case, day(at))
        asked.append((case, LookAgain(actor=MATCHING, at=at, full=beyond.full, conflicts=beyond.conflicts)))
    return asked


def note_proposer(recorded: Recorded, at: datetime) -> Following:
    """Somebody showed the secret of the receipt, and acts for the partner from now on (GL5-04)."""
    fact = recorded.fact
    assert isinstance(fact, intake.ProposerJoined)
    return [(recorded.id, NoteProposers(actor=MATCHING, at=at, persons=(fact.person,)))]


def suspend(recorded: Recorded, at: datetime) -> Following:
    """GL7: nobody is asked while a measure or a finding stands against the case."""
    return [(recorded.id, SuspendMatching(actor=MATCHING, at=at))]


def settle_lead(recorded: Recorded, at: datetime) -> Following:
    """From the dialogue only does a case go back to matching."""
    return [(recorded.id, SettleLead(actor=MATCHING, at=at))]


def free_lead(recorded: Recorded, at: datetime) -> Following:
    """A case that is signed, or comes to nothing, takes no more of its section's capacity."""
    match recorded.fact:
        case agreements.AgreementSigned():
            return [(recorded.id, FreeLead(actor=MATCHING, at=at, reason="signed"))]
        case agreements.PartnershipClosed():
            return [(recorded.id, FreeLead(actor=MATCHING, at=at, reason="closed"))]
        case agreements.OutcomeDecided(next="not_established") | agreements.AwardedToOther():
            return [(recorded.id, FreeLead(actor=MATCHING, at=at, reason="not_established"))]
        case _:
            return []


def close_matching(recorded: Recorded, at: datetime) -> Following:
    """No section is asked about a withdrawn proposal (V33)."""
    return [(recorded.id, CloseMatching(actor=MATCHING, at=at))]
