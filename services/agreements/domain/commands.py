"""What people can ask of a partnership, and who of them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import ConfigDict, Field

from chassis.decider import Command, Given
from contracts.actors import Pseudonym, Role
from contracts.agreements import Criterion, Insurance, Outcome, PersonalData, Score, Total, Waiting
from contracts.confidential import Confidential
from contracts.intake import CostClass
from contracts.text import ClauseId, Name, Reason, Reference, Text
from services.agreements.domain.environment.commands import (
    GrantResource,
    RefuseResource,
    RequestResource,
)
from services.agreements.domain.pilot.commands import (
    ReleaseOpenData,
    ReportIncident,
    ReportProgress,
    ResumePilot,
    SuspendPilot,
)
from services.agreements.domain.procurement.commands import ProcurementCommand, SmallContract
from services.agreements.domain.told import (
    CloseForWithdrawal,
    EndPartnership,
    FollowGuideline,
    NoteConflict,
    NotePartnerScreening,
    NoteTheme,
    OpenDialogue,
    ReleaseLead,
    ResumePartnership,
    SuspendPartnership,
)

SECTION = frozenset({Role.SECTION})
BOTH_SIDES = frozenset({Role.SECTION, Role.PROPOSER})
WINDOW = frozenset({Role.WINDOW})
DECISION_MAKERS = frozenset({Role.WINDOW_HEAD, Role.DELEGATE, Role.MAYOR})


class Rematch(Command):
    """Ask for another section to lead the case."""

    by: ClassVar[frozenset[Role]] = BOTH_SIDES
    reason: Confidential[Reason]


class ClassifyCost(Command):
    """Say what the case costs the city, in yen, tax included. What finance says is approved."""

    model_config = ConfigDict(populate_by_name=True)

    by: ClassVar[frozenset[Role]] = frozenset({Role.SECTION, Role.FINANCE})
    class_: CostClass = Field(alias="class")
    amount_yen: int | None = Field(default=None, ge=0, le=10**15)
    note: Confidential[Reason] | None = None


class RecordDialogue(Command):
    """Write the minutes of a talk; the other side confirms them."""

    by: ClassVar[frozenset[Role]] = BOTH_SIDES
    held_on: date
    text: Confidential[Text]


class ConfirmMinutes(Command):
    """Confirm the minutes that the other side wrote."""

    by: ClassVar[frozenset[Role]] = BOTH_SIDES
    number: int = Field(ge=1)


class AgreeGoals(Command):
    """Propose goals, and what each side gains by them; the other side confirms."""

    by: ClassVar[frozenset[Role]] = BOTH_SIDES
    goals: Confidential[Text]
    benefit_city: Confidential[Text]
    benefit_partner: Confidential[Text]


class ConfirmGoals(Command):
    """Share the goals that the other side proposed: those of this number, where one is given, or the last."""

    by: ClassVar[frozenset[Role]] = BOTH_SIDES
    number: int | None = Field(default=None, ge=1)


class PlanPilot(Command):
    """Plan how the idea is tried out. It may have gaps, and a later plan replaces it; permits granted stay.

    `personal_data`: what for they are used, on which ground, and until when they are kept; left out where none are.
    """

    by: ClassVar[frozenset[Role]] = BOTH_SIDES
    kpis: tuple[Confidential[Name], ...] = Field(default=(), max_length=50)
    starts_on: date | None = None
    ends_on: date | None = None
    permits: tuple[Name, ...] = Field(default=(), max_length=50)
    insurance: Insurance = "missing"
    stop_rule: Confidential[Text] | None = None
    data_terms: Confidential[Text] | None = None
    personal_data: PersonalData | None = None


class GrantPermit(Command):
    """Note that a permit of the plan was granted, and where it can be looked up."""

    by: ClassVar[frozenset[Role]] = SECTION
    permit: Name
    reference: Reference


class StartPilot(Command):
    """Start the pilot."""

    by: ClassVar[frozenset[Role]] = SECTION


class CompletePilot(Command):
    """End the pilot as planned, with report and data filed: the report, or where it is, and where the data are."""

    by: ClassVar[frozenset[Role]] = SECTION
    report: Confidential[Text]
    data: Confidential[Text] | None = None


class SkipPilot(Command):
    """Judge that no pilot is needed."""

    by: ClassVar[frozenset[Role]] = SECTION
    reason: Confidential[Reason]


class AbortPilot(Command):
    """End the pilot early."""

    by: ClassVar[frozenset[Role]] = BOTH_SIDES
    reason: Confidential[Reason]


class OpenEvaluation(Command):
    """Lock criteria, reviewers and quorum, and let the reviewers score."""

    by: ClassVar[frozenset[Role]] = WINDOW
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=20)
    min_total: Total
    reviewers: tuple[Pseudonym, ...] = Field(min_length=1, max_length=50)
    quorum: int = Field(ge=1, le=50)


class SubmitScore(Command):
    """Score every criterion, 0 to 100."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.REVIEWER})
    scores: dict[Name, Score] = Field(min_length=1, max_length=20)
    comment: Confidential[Reason] | None = None


class Recuse(Command):
    """Take no part in this evaluation for a conflict of interest; or, for the office, keep a reviewer from it."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.REVIEWER, Role.WINDOW})
    reviewer: Pseudonym
    reason: Confidential[Reason]


class ConcludeEvaluation(Command):
    """End the evaluation, once enough reviewers have scored."""

    by: ClassVar[frozenset[Role]] = WINDOW


class DecideOutcome(Command):
    """Decide what comes of the case, with reasons; where nothing is established, also with the clauses it rests on.

    `fairness_trigger`: rivals have to be treated alike, so that it goes the way of a procurement (GL5-03).
    """

    by: ClassVar[frozenset[Role]] = DECISION_MAKERS
    outcome: Outcome
    reasons: Confidential[Reason]
    clauses: tuple[ClauseId, ...] = Field(default=(), max_length=20)
    fairness_trigger: bool = False


class RequestReconsideration(Command):
    """Ask that the decision be looked at again."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.PROPOSER})
    grounds: Confidential[Text]


class UpholdDecision(Command):
    """Looked at again: the decision stands."""

    by: ClassVar[frozenset[Role]] = DECISION_MAKERS
    reasons: Confidential[Reason]


class RevokeDecision(Command):
    """Looked at again: the decision falls, and the case is evaluated anew."""

    by: ClassVar[frozenset[Role]] = DECISION_MAKERS
    reasons: Confidential[Reason]


class EscalateReconsideration(Command):
    """The last day for the answer to a request for reconsideration has passed."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.TIMER})
    due: date


class SignAgreement(Command):
    """Sign the agreement that was decided on, for the city; the partner's signatory signs with it.

    `fields`: those that a comprehensive agreement covers, several. `renews`: at the end of each term, unless one side
    gives notice `notice_days` before; by `renewal_months`. Where neither is given, the edition says them.
    """

    by: ClassVar[frozenset[Role]] = frozenset({Role.MAYOR, Role.DELEGATE})
    title: Confidential[Name]
    partner_signatory: Confidential[Name]
    term_from: date
    term_to: date | None = None
    fields: tuple[Name, ...] = Field(default=(), max_length=50)
    renews: bool = False
    renewal_months: int | None = Field(default=None, ge=1, le=120)
    notice_days: int | None = Field(default=None, ge=0, le=1000)
    small_contracts: Given[tuple[SmallContract, ...]] = ()


class EscalateTalks(Command):
    """The last day for something passed without it."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.TIMER})
    waiting_for: Waiting
    due: date
    number: int | None = None


PartnershipCommand = (
    ProcurementCommand
    | OpenDialogue
    | ReleaseLead
    | Rematch
    | SuspendPartnership
    | ResumePartnership
    | EndPartnership
    | FollowGuideline
    | NoteTheme
    | NoteConflict
    | ClassifyCost
    | RecordDialogue
    | ConfirmMinutes
    | AgreeGoals
    | ConfirmGoals
    | PlanPilot
    | GrantPermit
    | StartPilot
    | CompletePilot
    | SkipPilot
    | ReportIncident
    | ReportProgress
    | SuspendPilot
    | ResumePilot
    | AbortPilot
    | ReleaseOpenData
    | RequestResource
    | GrantResource
    | RefuseResource
    | EscalateTalks
    | OpenEvaluation
    | SubmitScore
    | Recuse
    | ConcludeEvaluation
    | DecideOutcome
    | RequestReconsideration
    | UpholdDecision
    | RevokeDecision
    | EscalateReconsideration
    | NotePartnerScreening
    | SignAgreement
    | CloseForWithdrawal
)
