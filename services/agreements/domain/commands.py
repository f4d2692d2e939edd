"""What people can ask of a partnership, and who of them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import ConfigDict, Field

from chassis.decider import Command, Given
from contracts.actors import Role
from contracts.agreements import Outcome, Waiting
from contracts.confidential import Confidential
from contracts.intake import CostClass
from contracts.text import ClauseId, Name, Reason, Text, Yen
from services.agreements.domain.environment.commands import (
    GrantResource,
    RefuseResource,
    RequestResource,
)
from services.agreements.domain.evaluation.commands import (
    Abstain,
    ConcludeEvaluation,
    NameReviewer,
    OpenEvaluation,
    Recuse,
    SubmitScore,
)
from services.agreements.domain.persons import NoteProposers
from services.agreements.domain.pilot.commands import (
    AbortPilot,
    CompletePilot,
    ConfirmErasure,
    GrantPermit,
    PlanPilot,
    ReleaseOpenData,
    ReportIncident,
    ReportProgress,
    ResumePilot,
    SkipPilot,
    StartPilot,
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

BOTH_SIDES = frozenset({Role.SECTION, Role.PROPOSER})
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
    amount_yen: Yen | None = None
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
    | NoteProposers
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
    | ConfirmErasure
    | ReleaseOpenData
    | RequestResource
    | GrantResource
    | RefuseResource
    | EscalateTalks
    | OpenEvaluation
    | SubmitScore
    | Abstain
    | Recuse
    | NameReviewer
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
