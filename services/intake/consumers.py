"""What intake learns from others, and from itself where one of its streams concerns another: how far a case has come,
who works on it, that a theme is gone, that a question became a proposal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

import asyncpg

from chassis.decider import Command, Recorded
from chassis.event_store import EventStore
from chassis.inbox import Reaction
from contracts import agreements, matching, screening
from contracts.actors import Actor, Role
from contracts.days import day
from contracts.fact import Fact
from contracts.intake import (
    ConsultationConverted,
    EditionTookEffect,
    PilotStand,
    ProposalForm,
    ProposalSubmitted,
    Stage,
    ThemeCancelled,
    WithdrawalCameTooLate,
    Withdrawn,
)
from services.intake.domain import (
    FollowRevision,
    LearnWithdrawalTooLate,
    ReachStage,
    ResumeCase,
    StopCase,
    SubmitProposal,
    TurnFree,
)
from services.intake.domain.access import (
    AdmitReviewers,
    AdmitSections,
    BarFromIdea,
    CloseAccess,
    ReopenAccess,
)
from services.intake.domain.consultation import UndoConversion
from services.intake.policies import KnownTheme
from services.intake.projections.cases import running_of_theme, running_under_others

INTAKE = Actor(role=Role.SERVICE, id="intake")
Following = Sequence[tuple[str, Command]]

# Facts that lead to one stage only; the others say themselves where they lead.
STAGE_AFTER: dict[type[Fact], Stage] = {
    screening.ReconsiderationRequested: Stage.RECONSIDERATION,
    screening.DecisionUpheld: Stage.INELIGIBLE,
    screening.DecisionRevoked: Stage.SCREENING,
    matching.Matched: Stage.DIALOGUE,
    matching.RematchRequested: Stage.MATCHING,
    matching.NoMatchConcluded: Stage.NOT_ESTABLISHED,
    matching.ReconsiderationRequested: Stage.RECONSIDERATION,
    matching.DecisionUpheld: Stage.NOT_ESTABLISHED,
    matching.DecisionRevoked: Stage.MATCHING,
    agreements.PilotCompleted: Stage.EVALUATION,
    agreements.PilotAborted: Stage.EVALUATION,
    agreements.PilotJudgedUnnecessary: Stage.EVALUATION,
    agreements.EvaluationOpened: Stage.EVALUATION,
    agreements.ReconsiderationRequested: Stage.RECONSIDERATION,
    agreements.DecisionUpheld: Stage.NOT_ESTABLISHED,
    agreements.DecisionRevoked: Stage.EVALUATION,
    agreements.ProcurementOpened: Stage.PROCUREMENT,
    agreements.ProcurementAbandoned: Stage.DIALOGUE,
    agreements.Awarded: Stage.AGREEMENT_PREP,
    agreements.AwardedToOther: Stage.NOT_ESTABLISHED,
    agreements.AgreementSigned: Stage.AGREED,
}

# Within the dialogue: how far the pilot is.
PILOT_AFTER: dict[type[Fact], PilotStand] = {
    agreements.PilotPlanned: "planned",
    agreements.PilotStarted: "running",
    agreements.PilotSuspended: "suspended",
    agreements.PilotResumed: "running",
}

# Facts after which nobody works on the case.
NOBODY_AFTER = (
    matching.RematchRequested,
    matching.NoMatchConcluded,
    matching.MatchingEnded,
    agreements.PartnershipEnded,
)


def reactions(pool: asyncpg.Pool, store: EventStore) -> dict[type[Fact], Reaction]:
    """Fact → the commands that follow from it here."""
    alone: dict[type[Fact], Reaction] = {
        screening.EligibilityDecided: go_on_or_end,
        screening.RescreenRequired: stop,
        agreements.OutcomeDecided: reach_next_stage,
        agreements.WithdrawalRefused: learn_withdrawal_too_late,
        agreements.ReviewerRecused: bar,
        agreements.ReviewerNamed: admit,
        matching.MatchProposed: admit,
        matching.SectionOffered: admit,
        matching.MatchDeclined: close_to_section,
        matching.ConflictFound: bar,
        Withdrawn: close_withdrawn,
        WithdrawalCameTooLate: reopen,
        ThemeCancelled: partial(turn_proposals_free, pool),
        EditionTookEffect: partial(follow_revision, pool),
        ConsultationConverted: partial(submit_converted, store),
    }
    staged: dict[type[Fact], Reaction] = {
        fact: _also(reach_its_stage, close if fact in NOBODY_AFTER else admit) for fact in STAGE_AFTER
    }
    piloted = dict.fromkeys(PILOT_AFTER, follow_pilot)
    return {**dict.fromkeys(NOBODY_AFTER, close), **staged, **piloted, **alone}


def follow_pilot(recorded: Recorded, at: datetime) -> Following:
    """A pilot is a part of the dialogue (GL4-3c); its proposer is told how far it is."""
    pilot, since = PILOT_AFTER[type(recorded.fact)], recorded.envelope.time
    return [(recorded.id, ReachStage(actor=INTAKE, at=at, stage=Stage.DIALOGUE, since=since, pilot=pilot))]


def reach_its_stage(recorded: Recorded, at: datetime) -> Following:
    """The case is where this kind of fact always leads."""
    return _reach(STAGE_AFTER[type(recorded.fact)], recorded, at)


def go_on_or_end(recorded: Recorded, at: datetime) -> Following:
    """Eligible cases go on to matching (GL7), or where they were when they were stopped."""
    assert isinstance(recorded.fact, screening.EligibilityDecided)
    if recorded.fact.decision == "ineligible":
        return _reach(Stage.INELIGIBLE, recorded, at)
    return [(recorded.id, ResumeCase(actor=INTAKE, at=at, since=recorded.envelope.time))]


def stop(recorded: Recorded, at: datetime) -> Following:
    """An adverse fact: the case waits to be screened again. An agreement stands until it is ended as such."""
    assert isinstance(recorded.fact, screening.RescreenRequired)
    if recorded.fact.agreed:
        return []
    return [(recorded.id, StopCase(actor=INTAKE, at=at, since=recorded.envelope.time))]


def reach_next_stage(recorded: Recorded, at: datetime) -> Following:
    """The outcome says what comes next: an agreement, a procurement, or nothing (GL4-5, GL6-1)."""
    assert isinstance(recorded.fact, agreements.OutcomeDecided)
    return _reach(Stage(recorded.fact.next), recorded, at)


def learn_withdrawal_too_late(recorded: Recorded, at: datetime) -> Following:
    """The agreement had been signed before the withdrawal arrived; it stands (V33)."""
    return [(recorded.id, LearnWithdrawalTooLate(actor=INTAKE, at=at))]


def admit(recorded: Recorded, at: datetime) -> Following:
    """GL5-04: the idea is open to the section that is asked, then to those that work on it; to reviewers as well."""
    match recorded.fact:
        case matching.MatchProposed(offered_to=section) | matching.SectionOffered(section=section):
            return [(recorded.id, AdmitSections(actor=INTAKE, at=at, sections=(section,)))]
        case matching.Matched(lead=lead, supporting=supporting):
            return [(recorded.id, AdmitSections(actor=INTAKE, at=at, sections=(lead, *supporting)))]
        case agreements.EvaluationOpened(reviewers=reviewers):
            return [(recorded.id, AdmitReviewers(actor=INTAKE, at=at, persons=reviewers))]
        case agreements.ReviewerNamed(reviewer=reviewer):
            return [(recorded.id, AdmitReviewers(actor=INTAKE, at=at, persons=(reviewer,)))]
        case _:
            return []


def close_to_section(recorded: Recorded, at: datetime) -> Following:
    """Who said no has nothing more to read."""
    assert isinstance(recorded.fact, matching.MatchDeclined)
    return [(recorded.id, CloseAccess(actor=INTAKE, at=at, section=recorded.fact.section))]


def close(recorded: Recorded, at: datetime) -> Following:
    """Nobody works on the case."""
    return [(recorded.id, CloseAccess(actor=INTAKE, at=at))]


def close_withdrawn(recorded: Recorded, at: datetime) -> Following:
    """V33: what is withdrawn stays confidential."""
    return [(recorded.id, CloseAccess(actor=INTAKE, at=at, reason="withdrawn"))]


def reopen(recorded: Recorded, at: datetime) -> Following:
    """The agreement stands, and with it the work on it."""
    return [(recorded.id, ReopenAccess(actor=INTAKE, at=at))]


def bar(recorded: Recorded, at: datetime) -> Following:
    """V19: who is partial reads nothing."""
    match recorded.fact:
        case matching.ConflictFound(person=str(person), whole_section=False):
            return [(recorded.id, BarFromIdea(actor=INTAKE, at=at, person=person))]
        case matching.ConflictFound(section=section):
            return [(recorded.id, BarFromIdea(actor=INTAKE, at=at, section=section))]
        case agreements.ReviewerRecused(reviewer=reviewer):
            return [(recorded.id, BarFromIdea(actor=INTAKE, at=at, person=reviewer))]
        case _:
            return []


async def turn_proposals_free(pool: asyncpg.Pool, recorded: Recorded, at: datetime) -> Following:
    """Whatever came for a theme that is gone goes on as a free proposal. One that comes in this very moment turns free
    at its acceptance."""
    assert isinstance(recorded.fact, ThemeCancelled)
    turn = TurnFree(actor=INTAKE, at=at, theme=recorded.id, reason=recorded.fact.reason)
    return [(case, turn) for case in await running_of_theme(pool, recorded.id)]


async def follow_revision(pool: asyncpg.Pool, recorded: Recorded, at: datetime) -> Following:
    """V32: running cases stay with the edition of their receipt, or go with the new one where that says so."""
    fact = recorded.fact
    assert isinstance(fact, EditionTookEffect)
    if fact.running_cases == "keep":
        return []
    follow = FollowRevision(actor=INTAKE, at=at, edition=fact.edition, reason=fact.reason)
    return [(case, follow) for case in await running_under_others(pool, fact.edition)]


async def submit_converted(store: EventStore, recorded: Recorded, at: datetime) -> Following:
    """The proposal is submitted by whoever turned the question into it, as of that moment."""
    fact = recorded.fact
    assert isinstance(fact, ConsultationConverted)
    for envelope in await store.load(f"proposal/{fact.case}"):
        before = envelope.fact()
        if isinstance(before, ProposalSubmitted) and before.consultation != recorded.id:
            return [(recorded.id, UndoConversion(actor=INTAKE, at=at, case=fact.case))]
    form = fact.proposal
    submit = SubmitProposal(
        actor=Actor.parse(recorded.envelope.actor),
        at=recorded.envelope.time,
        kind=form.kind,
        theme=form.theme,
        channel=form.channel,
        proposer=form.proposer,
        title=form.title,
        body=form.body,
        requested_resources=form.requested_resources,
        city_cost=form.city_cost,
        consent_to_terms=form.consent_to_terms,
        previous_case=form.previous_case,
        related=form.related,
        receipt_number=fact.receipt_number,
        secret_hash=fact.secret_hash,
        known_theme=_as_it_was(form, day(recorded.envelope.time)),
        terms_in_force=form.terms,
        consultation=recorded.id,
    )
    return [(fact.case, submit)]


def _as_it_was(form: ProposalForm, converted_on: date) -> KnownTheme | None:
    """The theme that was open when the question was turned into a proposal."""
    if form.theme_section is None:
        return None
    return KnownTheme(
        status="open",
        section=form.theme_section,
        opens=converted_on,
        closes=converted_on,
        criteria_version=form.criteria_version,
    )


def _reach(stage: Stage, recorded: Recorded, at: datetime) -> Following:
    return [(recorded.id, ReachStage(actor=INTAKE, at=at, stage=stage, since=recorded.envelope.time))]


def _also(this: Callable[..., Following], that: Callable[..., Following]) -> Reaction:
    """Both follow."""
    return lambda recorded, at: [*this(recorded, at), *that(recorded, at)]
