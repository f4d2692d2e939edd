"""A proposal: submitted, corrected, accepted for screening, withdrawn; and how far its case has come since.

Pure: no I/O, no clock, no new ids. Commands bring time, receipt number and edition; facts keep them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, assert_never

from chassis.decider import Decider, Refused
from contracts.days import day
from contracts.intake import (
    CorrectionRequested,
    CorrectionSubmitted,
    Partner,
    ProposalLapsed,
    ProposalReceived,
    ProposalSubmitted,
    Stage,
    StageReached,
    WithdrawalCameTooLate,
    Withdrawn,
)
from services.intake.domain.commands import (
    AcceptProposal,
    LapseCorrection,
    LearnWithdrawalTooLate,
    ProposalCommand,
    ReachStage,
    RequestCorrection,
    SubmitCorrection,
    SubmitProposal,
    Withdraw,
)
from services.intake.policies import SUBMISSION

ProposalFact = (
    ProposalSubmitted
    | CorrectionRequested
    | CorrectionSubmitted
    | ProposalLapsed
    | ProposalReceived
    | StageReached
    | Withdrawn
    | WithdrawalCameTooLate
)


class SubmittedBefore(Refused):
    """A proposal was already submitted under this case; choose a new case id."""


class NotSubmitted(Refused):
    """There is no proposal under this case; submit it first."""


class CorrectionPending(Refused):
    """The proposer was asked for a correction; wait until it is handed in."""


class NoCorrectionAskedFor(Refused):
    """No correction was asked for; there is nothing to hand in."""


class NothingCorrected(Refused):
    """Hand in at least one of title, body, cost or a note."""


class CorrectionOverdue(Refused):
    """The day for handing in the correction is over; submit the proposal again."""


class CorrectionNotDueYet(Refused):
    """The correction may still be handed in until the end of its day."""


class AlreadyReceived(Refused):
    """The proposal was accepted for screening; its form is closed."""


class CaseIsOver(Refused):
    """This case has come to its end; submit a new proposal."""


class AlreadyAgreed(Refused):
    """The agreement is signed; it can be ended only by its own terms."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What decisions about a proposal need to know."""

    status: Literal["new", "submitted", "correction", "lapsed", "received", "withdrawn"] = "new"
    receipt_number: str = ""
    partner: Partner | None = None
    due: date | None = None  # of the correction
    stage: Stage | None = None  # once received
    since: datetime | None = None  # when the fact behind the stage happened


ENDS = frozenset({Stage.INELIGIBLE, Stage.NOT_ESTABLISHED})


def decide(command: ProposalCommand, state: Proposal) -> list[ProposalFact]:
    match command:
        case SubmitProposal():
            if state.status != "new":
                raise SubmittedBefore()
            for policy in SUBMISSION:
                policy(command)
            return [_submitted(command)]
        case RequestCorrection():
            _awaits_acceptance(state)
            return [CorrectionRequested(items=command.items, due=command.due)]
        case SubmitCorrection():
            _may_be_corrected(command, state)
            return [
                CorrectionSubmitted(
                    title=command.title, body=command.body, note=command.note, city_cost=command.city_cost
                )
            ]
        case LapseCorrection():
            if state.status != "correction" or state.due is None:
                return []
            if day(command.at) <= state.due:
                raise CorrectionNotDueYet(f"It is due on {state.due}.")
            return [ProposalLapsed(due=state.due)]
        case AcceptProposal():
            partner = _awaits_acceptance(state)
            return [
                ProposalReceived(
                    edition=command.edition,
                    municipality=command.municipality,
                    received_on=day(command.at),
                    receipt_number=state.receipt_number,
                    partner=partner,
                )
            ]
        case Withdraw():
            _may_still_withdraw(state)
            return [Withdrawn(reason=command.reason)]
        case ReachStage():
            if _is_news(command, state):
                return [StageReached(stage=command.stage, since=command.since)]
            return []
        case LearnWithdrawalTooLate():
            return [WithdrawalCameTooLate()] if state.status == "withdrawn" else []
        case _:
            assert_never(command)


def evolve(state: Proposal, fact: ProposalFact) -> Proposal:
    match fact:
        case ProposalSubmitted():
            partner = Partner(name=fact.proposer.name, corporate_number=fact.proposer.corporate_number)
            return Proposal(status="submitted", receipt_number=fact.receipt_number, partner=partner)
        case CorrectionRequested():
            return replace(state, status="correction", due=fact.due)
        case CorrectionSubmitted():
            return replace(state, status="submitted", due=None)
        case ProposalLapsed():
            return replace(state, status="lapsed", due=None)
        case ProposalReceived():
            return replace(state, status="received", stage=Stage.SCREENING)
        case StageReached():
            return replace(state, stage=fact.stage, since=fact.since)
        case Withdrawn():
            return replace(state, status="withdrawn", due=None)
        case WithdrawalCameTooLate():
            return replace(state, status="received", stage=Stage.AGREED)
        case _:
            assert_never(fact)


def _submitted(command: SubmitProposal) -> ProposalSubmitted:
    return ProposalSubmitted(
        kind=command.kind,
        theme=command.theme,
        theme_section=command.theme_section,
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
    )


def _awaits_acceptance(state: Proposal) -> Partner:
    """The partner of a proposal that is complete as far as anybody knows; raises what stands in the way."""
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
            assert state.partner is not None, "every submission names its partner"
            return state.partner
        case _:
            assert_never(state.status)


def _may_be_corrected(command: SubmitCorrection, state: Proposal) -> None:
    if state.status == "lapsed":
        raise CorrectionOverdue()
    if state.status != "correction" or state.due is None:
        raise NoCorrectionAskedFor()
    if day(command.at) > state.due:
        raise CorrectionOverdue(f"It was due on {state.due}.")
    handed_in = (command.title, command.body, command.note, command.city_cost)
    if all(part is None for part in handed_in):
        raise NothingCorrected()


def _may_still_withdraw(state: Proposal) -> None:
    """V33: from any state that is no end, before the agreement is signed."""
    if state.status == "new":
        raise NotSubmitted()
    if state.stage == Stage.AGREED:
        raise AlreadyAgreed()
    if state.status in ("lapsed", "withdrawn") or state.stage in ENDS:
        raise CaseIsOver()


def _is_news(command: ReachStage, state: Proposal) -> bool:
    """Services tell in any order: what happened before the stage we know is old; an agreement is final."""
    if state.status != "received" or state.stage in (command.stage, Stage.AGREED):
        return False
    return state.since is None or command.since >= state.since


PROPOSAL: Decider[ProposalCommand, Proposal, ProposalFact] = Decider(
    "proposal",
    (
        SubmitProposal,
        RequestCorrection,
        SubmitCorrection,
        LapseCorrection,
        AcceptProposal,
        Withdraw,
        ReachStage,
        LearnWithdrawalTooLate,
    ),
    Proposal(),
    decide,
    evolve,
)
