"""What screening does about facts of others, and about its own: where a register or a case changes, they are held
against each other again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import guidelines
from chassis.decider import Command, Recorded
from chassis.inbox import Following, Reaction
from contracts import agreements, matching
from contracts.actors import Actor, Role
from contracts.agreements import (
    AgreementExpired,
    AgreementSigned,
    AgreementTerminated,
    AwardedToOther,
    OutcomeDecided,
    WithdrawalRefused,
)
from contracts.confidential import Confidential
from contracts.days import day
from contracts.fact import Fact
from contracts.intake import GuidelineMigrated, ProposalReceived, ProposerJoined, Withdrawn
from contracts.matching import NoMatchConcluded
from contracts.screening import (
    Course,
    CourseNoted,
    EligibilityDecided,
    EmploymentLinkRecorded,
    EmploymentLinkStarted,
    GuidelineFollowed,
    MeasureCorrected,
    MeasureRecorded,
    MeasureStarted,
    ScreeningOpened,
)
from guidelines import Edition
from services.screening.domain import (
    AdverseFactFound,
    CloseScreening,
    FlagPartner,
    FollowGuideline,
    NoteCourse,
    NoteProposers,
    OpenScreening,
)
from services.screening.policies import Measure
from services.screening.projections import Database
from services.screening.projections.lookup import (
    Live,
    flags,
    live_case,
    live_cases_of_link,
    live_cases_under,
)

SCREENING = Actor(role=Role.SERVICE, id="screening")

COURSE_AFTER: dict[type[Fact], Course] = {
    NoMatchConcluded: "not_established",
    AwardedToOther: "not_established",
    AgreementSigned: "agreed",
    AgreementExpired: "ended",
    AgreementTerminated: "ended",
    WithdrawalRefused: "agreed",
    matching.DecisionRevoked: "running",
    agreements.DecisionRevoked: "running",
}


def reactions(db: Database) -> dict[type[Fact], Reaction]:
    """Fact → the commands that follow from it here."""

    async def hold_case_against_registers(recorded: Recorded, at: datetime) -> Following:
        """A case that is new, or goes on, or goes by another edition; also one that a new entry just missed."""
        fact = recorded.fact
        if isinstance(fact, EligibilityDecided) and fact.decision != "eligible":
            return []
        if isinstance(fact, CourseNoted) and fact.course != "running":
            return []
        return _following(await live_case(db, recorded.id, day(at)), at)

    async def hold_entry_against_cases(recorded: Recorded, at: datetime) -> Following:
        """An entry is new, says something else, or counts from now on."""
        return _following(await live_cases_under(db, recorded.id, day(at)), at)

    async def hold_link_against_cases(recorded: Recorded, at: datetime) -> Following:
        """V12: a company is known to use a person, or does so from now on."""
        return _following(await live_cases_of_link(db, recorded.id, day(at)), at)

    return {
        ProposalReceived: open_screening,
        ProposerJoined: note_proposer,
        GuidelineMigrated: follow_guideline,
        Withdrawn: close_screening,
        **dict.fromkeys(COURSE_AFTER, note_course),
        OutcomeDecided: note_outcome,
        **dict.fromkeys(
            (ScreeningOpened, GuidelineFollowed, EligibilityDecided, CourseNoted), hold_case_against_registers
        ),
        **dict.fromkeys((MeasureRecorded, MeasureCorrected, MeasureStarted), hold_entry_against_cases),
        **dict.fromkeys((EmploymentLinkRecorded, EmploymentLinkStarted), hold_link_against_cases),
    }


def open_screening(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """A received proposal is screened by the edition it is bound to (V32)."""
    fact = recorded.fact
    assert isinstance(fact, ProposalReceived)
    command = OpenScreening(
        actor=SCREENING,
        at=at,
        **_pinned(guidelines.load(fact.edition)),
        partner=fact.partner,
        received_on=fact.received_on,
        address=fact.address,
        representative=fact.representative,
        related=fact.related,
        proposers=fact.proposers,
    )
    return [(recorded.id, command)]


def note_proposer(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """Somebody showed the secret of the receipt, and acts for the partner from now on (GL5-04)."""
    fact = recorded.fact
    assert isinstance(fact, ProposerJoined)
    return [(recorded.id, NoteProposers(actor=SCREENING, at=at, persons=(fact.person,)))]


def follow_guideline(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """A migrated case is screened by its new edition from now on (V32)."""
    fact = recorded.fact
    assert isinstance(fact, GuidelineMigrated)
    return [
        (recorded.id, FollowGuideline(actor=SCREENING, at=at, **_pinned(guidelines.load(fact.to_edition))))
    ]


def close_screening(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """A withdrawn proposal is screened no further (V33)."""
    return [(recorded.id, CloseScreening(actor=SCREENING, at=at))]


def note_course(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """What has come to an end is not stopped; what was signed may be, and what runs again (V34)."""
    return [(recorded.id, NoteCourse(actor=SCREENING, at=at, course=COURSE_AFTER[type(recorded.fact)]))]


def note_outcome(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """Nothing is established, or the case goes on."""
    assert isinstance(recorded.fact, OutcomeDecided)
    course: Course = "not_established" if recorded.fact.next == "not_established" else "running"
    return [(recorded.id, NoteCourse(actor=SCREENING, at=at, course=course))]


def _pinned(edition: Edition) -> dict[str, Any]:
    """What of an edition a screening goes by."""
    return {
        "edition": edition.id,
        "municipality": edition.municipality,
        "zone": edition.zone,
        "partner_clauses": edition.partner_clauses,
        "project_clauses": edition.project_clauses,
        "mayor_clauses": edition.mayor_clauses,
        "register_clauses": edition.register_clauses,
        "registers": edition.registers,
        "reconsideration_days": edition.periods.reconsideration_days,
        "screening_days": edition.periods.screening,
        "calendar": edition.calendar,
    }


def _following(cases: Iterable[Live], at: datetime) -> Following:
    """What may be about the partner is flagged; what surely is stops a case that runs."""
    today, following = day(at), list[tuple[str, Command]]()
    for live in cases:
        if found := flags(live.measures, today):
            following.append((live.case, FlagPartner(actor=SCREENING, at=at, flags=found)))
        if stopping := live.stopping(today):
            longest = max(stopping, key=lambda measure: (measure.last, measure.id))
            following.append((live.case, _stop(longest, live, at)))
    return following


def _stop(measure: Measure, live: Live, at: datetime) -> AdverseFactFound:
    return AdverseFactFound(
        actor=SCREENING,
        at=at,
        clause=measure.clause,
        measure=measure.id,
        reason=Confidential(f"{measure.id}: {measure.valid_from} – {measure.valid_to or ''}".rstrip()),
        measures=live.measures,
    )
