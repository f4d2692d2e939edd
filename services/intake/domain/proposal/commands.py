"""What can be asked of a proposal, by whom."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import AwareDatetime, Field, StrictBool

from chassis.decider import Command, Given
from contracts.actors import Role
from contracts.confidential import Confidential
from contracts.intake import Channel, CityCost, Kind, PilotStand, Proposer, RelatedParty, SecretHash, Stage
from contracts.text import (
    CaseId,
    ConsultationId,
    EditionId,
    Municipality,
    Name,
    Reason,
    Reference,
    SectionId,
    Text,
    ThemeId,
)
from services.intake.domain.roles import PROPOSER, PROPOSER_OR_WINDOW, SERVICE, TIMER, WINDOW, WINDOW_HEAD
from services.intake.policies import KnownTheme


class SubmitProposal(Command):
    """Submit a proposal, on the web by its proposer or through the office."""

    by: ClassVar[frozenset[Role]] = PROPOSER_OR_WINDOW
    opens: ClassVar[bool] = True
    kind: Kind
    theme: ThemeId | None = None
    theme_section: SectionId | None = None  # follows from the theme
    channel: Channel
    proposer: Proposer
    title: Confidential[Name]
    body: Confidential[Text]
    requested_resources: tuple[Confidential[Name], ...] = Field(default=(), max_length=50)
    city_cost: CityCost
    consent_to_terms: StrictBool
    terms: EditionId | None = None  # the edition whose terms were read; None: those in force
    previous_case: CaseId | None = None
    related: tuple[RelatedParty, ...] = Field(default=(), max_length=50)
    receipt_number: Given[Reference]
    secret_hash: Given[SecretHash]
    known_theme: Given[KnownTheme | None] = None
    terms_in_force: Given[EditionId | None] = None
    consultation: Given[ConsultationId | None] = None


class JoinProposal(Command):
    """Act for who proposed, from now on: the office entered it, or a colleague submitted it. Show the secret."""

    by: ClassVar[frozenset[Role]] = PROPOSER
    secret: Confidential[Reference]  # of the receipt


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
    requested_resources: tuple[Confidential[Name], ...] | None = Field(default=None, max_length=50)
    related: tuple[RelatedParty, ...] | None = Field(default=None, max_length=50)


class LapseCorrection(Command):
    """The day until which a correction could be handed in is over."""

    by: ClassVar[frozenset[Role]] = TIMER


class EscalateAcceptance(Command):
    """The proposal should have been accepted, or a correction asked for, by the end of `due`."""

    by: ClassVar[frozenset[Role]] = TIMER
    due: date


class AcceptProposal(Command):
    """Accept a complete proposal for screening, under the edition of the guideline in force."""

    by: ClassVar[frozenset[Role]] = WINDOW
    edition: Given[EditionId]
    municipality: Given[Municipality]
    earlier_cases: Given[tuple[CaseId, ...]] = ()
    theme_cancelled: Given[Reason | None] = None  # why, where it was cancelled in the meantime


class Withdraw(Command):
    """Take the proposal back. No reason is needed."""

    by: ClassVar[frozenset[Role]] = PROPOSER_OR_WINDOW
    reason: Confidential[Reason] | None = None


class TurnFree(Command):
    """The theme was cancelled."""

    by: ClassVar[frozenset[Role]] = SERVICE
    theme: ThemeId
    reason: Reason


class MigrateGuideline(Command):
    """Take a running case to the edition that is in force now. Its proposer is told the reason."""

    by: ClassVar[frozenset[Role]] = WINDOW_HEAD
    edition: EditionId
    reason: Reason
    in_force: Given[EditionId]


class FollowRevision(Command):
    """An edition took effect that takes running cases along. Their proposers are told the reason."""

    by: ClassVar[frozenset[Role]] = SERVICE
    edition: EditionId
    reason: Reason


class ReachStage(Command):
    """Another service took the case further; `since` is the time of its fact."""

    by: ClassVar[frozenset[Role]] = SERVICE
    stage: Stage
    since: AwareDatetime
    pilot: PilotStand | None = None


class StopCase(Command):
    """An adverse fact was found: the case waits until it is screened again."""

    by: ClassVar[frozenset[Role]] = SERVICE
    since: AwareDatetime


class ResumeCase(Command):
    """Screened again, the case is eligible."""

    by: ClassVar[frozenset[Role]] = SERVICE
    since: AwareDatetime


class LearnWithdrawalTooLate(Command):
    """The agreement had been signed before the withdrawal arrived."""

    by: ClassVar[frozenset[Role]] = SERVICE


ProposalCommand = (
    SubmitProposal
    | JoinProposal
    | RequestCorrection
    | SubmitCorrection
    | LapseCorrection
    | EscalateAcceptance
    | AcceptProposal
    | Withdraw
    | TurnFree
    | MigrateGuideline
    | FollowRevision
    | ReachStage
    | StopCase
    | ResumeCase
    | LearnWithdrawalTooLate
)
