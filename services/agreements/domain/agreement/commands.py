"""What people can ask of an agreement, and who of them; what timers and other facts bring to it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from chassis.decider import Command, Given
from contracts.actors import Pseudonym, Role
from contracts.agreements import AgreementForm, Procured, ProjectEnd
from contracts.confidential import Confidential
from contracts.days import JAPAN, OfficeCalendar
from contracts.intake import CostClass, Part
from contracts.text import (
    CaseId,
    ClauseId,
    EditionId,
    MeasureId,
    Municipality,
    Name,
    Payment,
    Reason,
    Reference,
    SectionId,
    Text,
    Yen,
)
from services.agreements.domain.persons import NoteAgreementProposers

SERVICE = frozenset({Role.SERVICE})
TIMER = frozenset({Role.TIMER})
CITY = frozenset({Role.WINDOW_HEAD, Role.DELEGATE, Role.MAYOR})
EITHER_SIDE = CITY | {Role.SECTION, Role.PROPOSER}


class Project(Part):
    """How a case stands that is to go on under a comprehensive agreement."""

    status: str  # of its partnership
    halted: str | None = None
    cost_class: CostClass | None = None
    approved_by_finance: bool = False
    procured: bool = False  # its own procurement is concluded
    screening_as_of: date | None = None
    screening_clear: bool = False
    form: AgreementForm | None = None  # of its own agreement, once that is signed
    agreement: CaseId | None = None  # the comprehensive agreement it is under already
    partner: str | None = None  # who proposes it, as partners are compared


class EnterAgreement(Command):
    """An agreement was signed: from now on it is kept to."""

    by: ClassVar[frozenset[Role]] = SERVICE
    form: AgreementForm
    title: Confidential[Name]
    signed_on: date
    lead: SectionId | None
    fields: tuple[Name, ...]
    cost_class: CostClass
    term_from: date
    term_to: date | None
    renews: bool
    renewal_months: int = Field(ge=1)
    notice_days: int = Field(ge=0)
    screening_as_of: date
    edition: EditionId
    municipality: Municipality
    zone: str
    calendar: OfficeCalendar = JAPAN
    screening_valid_days: int = Field(ge=0)
    min_fields: int = Field(ge=1)
    project_decision_days: int = Field(ge=0)
    procured: Procured | None = None
    proposers: tuple[Pseudonym, ...] = ()


class AmendAgreement(Command):
    """Propose a change; the other side confirms it. What is not given stays as it is.

    The cost class is said anew, for the agreement as it would be (V01, V06).
    """

    model_config = ConfigDict(populate_by_name=True)

    by: ClassVar[frozenset[Role]] = EITHER_SIDE
    text: Confidential[Text]
    class_: CostClass = Field(alias="class")
    amount_yen: Yen | None = None
    fields: tuple[Name, ...] | None = Field(default=None, max_length=50)
    term_to: date | None = None
    renews: bool | None = None
    renewal_months: int | None = Field(default=None, ge=1, le=120)
    notice_days: int | None = Field(default=None, ge=0, le=1000)


class ApproveAmendment(Command):
    """Approve, for finance, what the agreement would cost the city."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.FINANCE})
    number: int = Field(ge=1)


class ConfirmAmendment(Command):
    """Stand by the change that the other side proposed."""

    by: ClassVar[frozenset[Role]] = EITHER_SIDE
    number: int = Field(ge=1)


class GiveNotice(Command):
    """Say, by the notice date, that the agreement is not to be renewed."""

    by: ClassVar[frozenset[Role]] = EITHER_SIDE
    reason: Confidential[Reason] | None = None


class RequestRenewalScreening(Command):
    """The term ends soon: have the partner screened again."""

    by: ClassVar[frozenset[Role]] = TIMER
    term_to: date


class RenewAgreement(Command):
    """The term is over: renew, or let it end."""

    by: ClassVar[frozenset[Role]] = TIMER
    term_to: date


class Expire(Command):
    """The term is over, and nothing renews it."""

    by: ClassVar[frozenset[Role]] = TIMER
    term_to: date


class NoteAgreementScreening(Command):
    """The partner was screened as of this day."""

    by: ClassVar[frozenset[Role]] = SERVICE
    as_of: date
    clear: bool


class SuspendAgreement(Command):
    """Let the agreement rest: a measure or a finding stands against the partner."""

    by: ClassVar[frozenset[Role]] = CITY | SERVICE
    clause: ClauseId | None = None
    measure: MeasureId | None = None
    reason: Confidential[Reason] | None = None


class ReinstateAgreement(Command):
    """Let it go on: the partner is cleared."""

    by: ClassVar[frozenset[Role]] = CITY | SERVICE


class TerminateAgreement(Command):
    """End the agreement before its term, on a ground, with reasons.

    Where the city alone ends it, with the clauses that rests on; by mutual consent, with the partner's signatory.
    """

    by: ClassVar[frozenset[Role]] = CITY | {Role.PROPOSER}
    ground: Literal["mutual_consent", "breach", "change_of_circumstances", "adverse_fact"]
    reasons: Confidential[Reason]
    clauses: tuple[ClauseId, ...] = Field(default=(), max_length=20)
    partner_signatory: Confidential[Name] | None = None


class EndWithAgreement(Command):
    """The comprehensive agreement that this one stood on has ended, and it was decided that this one ends too."""

    by: ClassVar[frozenset[Role]] = SERVICE
    reasons: Confidential[Reason]
    clauses: tuple[ClauseId, ...]
    edition: EditionId


class AddProject(Command):
    """Let a case, screened and cost-classed on its own, go on under this comprehensive agreement (V27)."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.SECTION, Role.WINDOW, Role.WINDOW_HEAD})
    agreement: Given[CaseId]
    partner: Given[str | None] = None  # whose agreement it is, as partners are compared
    found: Given[Project | None]
    project: CaseId
    field: Name


class EndProject(Command):
    """A case under this agreement came to its own end."""

    by: ClassVar[frozenset[Role]] = SERVICE
    project: CaseId
    reason: ProjectEnd


class DecideProject(Command):
    """Decide what becomes of a project whose comprehensive agreement has ended; where it ends, with clauses (V31).

    Only what is signed ends so; what comes of talks is decided in their own case.
    """

    by: ClassVar[frozenset[Role]] = CITY
    found: Given[Project | None] = None
    project: CaseId
    decision: Literal["continues", "ends"]
    reasons: Confidential[Reason]
    clauses: tuple[ClauseId, ...] = Field(default=(), max_length=20)


class EscalateProject(Command):
    """The last day for the decision about a project has passed."""

    by: ClassVar[frozenset[Role]] = TIMER
    project: CaseId
    due: date


class RecordAgreementPayment(Command):
    """Record what the city paid, through the procurement that was concluded for this agreement."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.FINANCE})
    kind: Literal["payment", "compensation", "refund"] = "payment"
    amount_yen: Payment
    paid_on: date
    reference: Reference


AgreementCommand = (
    EnterAgreement
    | AmendAgreement
    | ApproveAmendment
    | ConfirmAmendment
    | GiveNotice
    | RequestRenewalScreening
    | RenewAgreement
    | Expire
    | NoteAgreementScreening
    | NoteAgreementProposers
    | SuspendAgreement
    | ReinstateAgreement
    | TerminateAgreement
    | EndWithAgreement
    | AddProject
    | EndProject
    | DecideProject
    | EscalateProject
    | RecordAgreementPayment
)
