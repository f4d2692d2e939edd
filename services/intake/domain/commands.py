"""What can be asked of a proposal, by whom."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import AwareDatetime, Field

from chassis.decider import Command, Given
from contracts.actors import Role
from contracts.confidential import Confidential
from contracts.intake import Channel, CityCost, Kind, Proposer, SecretHash, Stage
from contracts.text import CaseId, EditionId, Municipality, Name, Reason, Reference, SectionId, Text, ThemeId

PROPOSER_OR_WINDOW = frozenset({Role.PROPOSER, Role.WINDOW})
WINDOW = frozenset({Role.WINDOW})
SERVICE = frozenset({Role.SERVICE})


class SubmitProposal(Command):
    """Submit a proposal, on the web by its proposer or through the office."""

    by: ClassVar[frozenset[Role]] = PROPOSER_OR_WINDOW
    opens: ClassVar[bool] = True
    kind: Kind
    theme: ThemeId | None = None
    theme_section: SectionId | None = None
    channel: Channel
    proposer: Proposer
    title: Confidential[Name]
    body: Confidential[Text]
    requested_resources: tuple[Confidential[Name], ...] = Field(default=(), max_length=50)
    city_cost: CityCost
    consent_to_terms: bool
    previous_case: CaseId | None = None
    receipt_number: Given[Reference]
    secret_hash: Given[SecretHash]


class RequestCorrection(Command):
    """Ask the proposer for what is missing."""

    by: ClassVar[frozenset[Role]] = WINDOW
    items: tuple[Confidential[Reason], ...] = Field(min_length=1, max_length=50)
    due: Given[date]  # five office days on, by the edition in force


class SubmitCorrection(Command):
    """Hand in what was missing. What is left out stays as it was."""

    by: ClassVar[frozenset[Role]] = PROPOSER_OR_WINDOW
    title: Confidential[Name] | None = None
    body: Confidential[Text] | None = None
    note: Confidential[Reason] | None = None
    city_cost: CityCost | None = None


class LapseCorrection(Command):
    """The day until which a correction could be handed in is over."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.TIMER})


class AcceptProposal(Command):
    """Accept a complete proposal for screening, under the edition of the guideline in force."""

    by: ClassVar[frozenset[Role]] = WINDOW
    edition: Given[EditionId]
    municipality: Given[Municipality]


class Withdraw(Command):
    """Take the proposal back. No reason is needed."""

    by: ClassVar[frozenset[Role]] = PROPOSER_OR_WINDOW
    reason: Confidential[Reason] | None = None


class ReachStage(Command):
    """Another service took the case further; `since` is the time of its fact."""

    by: ClassVar[frozenset[Role]] = SERVICE
    stage: Stage
    since: AwareDatetime


class LearnWithdrawalTooLate(Command):
    """The agreement had been signed before the withdrawal arrived."""

    by: ClassVar[frozenset[Role]] = SERVICE


ProposalCommand = (
    SubmitProposal
    | RequestCorrection
    | SubmitCorrection
    | LapseCorrection
    | AcceptProposal
    | Withdraw
    | ReachStage
    | LearnWithdrawalTooLate
)
