"""A proposal: submitted, corrected, accepted for screening, withdrawn; and how far its case has come since.

Pure: no I/O, no clock, no new ids. Commands bring time, receipt number and edition; facts keep them.
"""

from __future__ import annotations

from typing import assert_never

from chassis.decider import Decider, Refused
from contracts.days import day
from contracts.intake import (
    CorrectionRequested,
    CorrectionSubmitted,
    EscalationRaised,
    Partner,
    ProposalLapsed,
    ProposalReceived,
    ProposalSubmitted,
    TurnedFree,
    Withdrawn,
)
from services.intake.domain.proposal import course, persons
from services.intake.domain.proposal.commands import (
    AcceptProposal,
    EscalateAcceptance,
    FollowRevision,
    JoinProposal,
    LapseCorrection,
    LearnWithdrawalTooLate,
    MigrateGuideline,
    ProposalCommand,
    ReachStage,
    RequestCorrection,
    ResumeCase,
    StopCase,
    SubmitCorrection,
    SubmitProposal,
    TurnFree,
    Withdraw,
)
from services.intake.domain.proposal.course import CaseIsOver, NotSubmitted
from services.intake.domain.proposal.state import Proposal, ProposalFact, evolve
from services.intake.policies import SUBMISSION, dates_are_in_order


class SubmittedBefore(Refused):
    """A proposal was already submitted under this case; choose a new case id."""


class CorrectionPending(Refused):
    """The proposer was asked for a correction; wait until it is handed in."""


class NoCorrectionAskedFor(Refused):
    """No correction was asked for; there is nothing to hand in."""


class NothingCorrected(Refused):
    """Hand in at least one of title, body, cost, resources, related parties or a note."""


class CorrectionOverdue(Refused):
    """The day for handing in the correction is over; submit the proposal again."""


class CorrectionNotDueYet(Refused):
    """The correction may still be handed in until the end of its day."""


class AcceptanceNotDueYet(Refused):
    """The proposal may still be accepted until the end of its day."""


class AlreadyReceived(Refused):
    """The proposal was accepted for screening; its form is closed."""


def decide(command: ProposalCommand, state: Proposal) -> list[ProposalFact]:
    match command:
        case SubmitProposal():
            if state.status != "new":
                raise SubmittedBefore()
            for policy in SUBMISSION:
                policy(command)
            return [_submitted(command)]
        case JoinProposal():
            return [*persons.joined(command, state)]
        case RequestCorrection():
            _awaits_acceptance(state)
            return [CorrectionRequested(items=command.items, due=command.due)]
        case SubmitCorrection():
            persons.by_who_proposed(command, state)
            _may_be_corrected(command, state)
            return [_corrected(command)]
        case LapseCorrection():
            if state.status != "correction" or state.due is None:
                return []
            if day(command.at) <= state.due:
                raise CorrectionNotDueYet(f"It is due on {state.due}.")
            return [ProposalLapsed(due=state.due)]
        case EscalateAcceptance():
            if state.status != "submitted" or command.due == state.escalated:
                return []
            if day(command.at) <= command.due:
                raise AcceptanceNotDueYet(f"It is due on {command.due}.")
            return [EscalationRaised(waiting_for="acceptance", due=command.due)]
        case AcceptProposal():
            return _accepted(command, state)
        case Withdraw():
            persons.by_who_proposed(command, state)
            course.still_running(state)
            return [Withdrawn(reason=command.reason)]
        case TurnFree():
            return [*course.turn_free(command, state)]
        case MigrateGuideline():
            return [*course.migrate(command, state)]
        case FollowRevision():
            return [*course.follow_revision(command, state)]
        case ReachStage():
            return [*course.reach(command, state)]
        case StopCase():
            return [*course.stop(command, state)]
        case ResumeCase():
            return [*course.resume(command, state)]
        case LearnWithdrawalTooLate():
            return [*course.too_late(state)]
        case _:
            assert_never(command)


def _submitted(command: SubmitProposal) -> ProposalSubmitted:
    theme = command.known_theme if command.theme else None
    return ProposalSubmitted(
        kind=command.kind,
        theme=command.theme,
        theme_section=theme and theme.section,
        channel=command.channel,
        proposer=command.proposer,
        title=command.title,
        body=command.body,
        requested_resources=command.requested_resources,
        city_cost=command.city_cost,
        consent_to_terms=True,
        receipt_number=command.receipt_number,
        secret_hash=command.secret_hash,
        submitted_on=day(command.at),
        previous_case=command.previous_case,
        related=command.related,
        consultation=command.consultation,
        terms=command.terms_in_force,
        criteria_version=theme and theme.criteria_version,
        submitted_by=persons.submitted_by(command),
    )


def _corrected(command: SubmitCorrection) -> CorrectionSubmitted:
    return CorrectionSubmitted(
        title=command.title,
        body=command.body,
        note=command.note,
        city_cost=command.city_cost,
        requested_resources=command.requested_resources,
        related=command.related,
    )


def _accepted(command: AcceptProposal, state: Proposal) -> list[ProposalFact]:
    """The proposal as last corrected goes to its screening. If its theme is gone by now, as a free one."""
    form = _awaits_acceptance(state)
    freed: list[TurnedFree] = []
    if form.theme is not None and command.theme_cancelled is not None:
        freed = [TurnedFree(theme=form.theme, reason=command.theme_cancelled)]
        form = evolve(state, freed[0]).form or form
    partner = Partner(name=form.proposer.name, corporate_number=form.proposer.corporate_number)
    received = ProposalReceived(
        edition=command.edition,
        municipality=command.municipality,
        received_on=day(command.at),
        receipt_number=form.receipt_number,
        partner=partner,
        address=form.proposer.address,
        representative=form.proposer.representative,
        title=form.title,
        body=form.body,
        requested_resources=form.requested_resources,
        theme=form.theme,
        theme_section=form.theme_section,
        criteria_version=form.criteria_version,
        earlier_cases=command.earlier_cases,
        related=form.related,
        secret_hash=form.secret_hash,
        proposers=state.proposers,
    )
    return [*freed, received]


def _awaits_acceptance(state: Proposal) -> ProposalSubmitted:
    """The form of a proposal that is complete as far as anybody knows; raises what stands in the way."""
    match state.status:
        case "new":
            raise NotSubmitted()
        case "correction":
            raise CorrectionPending(f"It is due on {state.due}.")
        case "received":
            raise AlreadyReceived()
        case "lapsed" | "withdrawn":
            raise CaseIsOver()
        case "submitted":
            assert state.form is not None, "every submission has its form"
            return state.form
        case _:
            assert_never(state.status)


def _may_be_corrected(command: SubmitCorrection, state: Proposal) -> None:
    if state.status == "lapsed":
        raise CorrectionOverdue()
    if state.status != "correction" or state.due is None:
        raise NoCorrectionAskedFor()
    if day(command.at) > state.due:
        raise CorrectionOverdue(f"It was due on {state.due}.")
    given = ("title", "body", "note", "city_cost", "requested_resources", "related")
    if all(getattr(command, part) is None for part in given):
        raise NothingCorrected()
    dates_are_in_order(command.related or ())


PROPOSAL: Decider[ProposalCommand, Proposal, ProposalFact] = Decider(
    "proposal",
    (
        SubmitProposal,
        JoinProposal,
        RequestCorrection,
        SubmitCorrection,
        LapseCorrection,
        EscalateAcceptance,
        AcceptProposal,
        Withdraw,
        TurnFree,
        MigrateGuideline,
        FollowRevision,
        ReachStage,
        StopCase,
        ResumeCase,
        LearnWithdrawalTooLate,
    ),
    Proposal(),
    decide,
    evolve,
)
