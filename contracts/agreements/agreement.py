"""Years (stream `agreement/<case>`): what was signed, until it ends (GL2-4; V27, V30, V31)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from contracts.actors import Pseudonym
from contracts.agreements.case import Side
from contracts.agreements.outcome import AgreementForm, Procured
from contracts.confidential import Confidential
from contracts.days import JAPAN, ZONE, OfficeCalendar
from contracts.fact import Fact
from contracts.intake import CostClass
from contracts.text import (
    CaseId,
    ClauseId,
    EditionId,
    MeasureId,
    Municipality,
    Name,
    Reason,
    SectionId,
    Text,
    Yen,
)

Ground = Literal[
    "mutual_consent", "breach", "change_of_circumstances", "adverse_fact", "agreement_ended"
]  # 合意解除, 債務不履行, 事情の変更, 要件への該当, 包括連携協定の終了
Expiry = Literal["term_only", "notice", "not_screened", "not_clear", "suspended"]  # why it was not renewed
ProjectEnd = Literal["withdrawn", "not_established", "ineligible", "agreement_ended"]


class AgreementEntered(Fact):
    """What was signed is kept to from now on. What of the edition is needed over the years is kept here (V32)."""

    form: AgreementForm
    title: Confidential[Name]
    signed_on: date
    lead: SectionId | None = None  # who speaks for the city
    fields: tuple[Name, ...] = ()
    cost_class: CostClass
    term_from: date
    term_to: date | None = None  # the last day; None: until ended
    renews: bool = False
    renewal_months: int = Field(default=12, ge=1)
    notice_days: int = Field(default=0, ge=0)
    notice_by: date | None = (
        None  # the last day on which a side may say that it is not renewed; None: nothing to say
    )
    screening_as_of: date  # of the partner screening that was relied on (V09)
    edition: EditionId
    municipality: Municipality
    zone: str = ZONE
    calendar: OfficeCalendar = JAPAN
    screening_valid_days: int = Field(
        default=30, ge=0
    )  # how old a partner screening may be at a renewal (V09)
    min_fields: int = Field(default=1, ge=1)  # of a comprehensive agreement (V27)
    project_decision_days: int = Field(default=20, ge=0)  # office days for what becomes of a project (V31)
    procured: Procured | None = None  # where a procurement was concluded for it (V01)
    proposers: tuple[Pseudonym, ...] = ()  # who acts for the partner so far


class AmendmentProposed(Fact):
    """One side wants the agreement changed; what is given here is what it shall say. The other side confirms."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    number: int = Field(ge=1)  # counts within the agreement
    by: Side
    text: Confidential[Text]  # what is changed, and why
    fields: tuple[Name, ...] = ()
    term_to: date | None = None
    renews: bool
    renewal_months: int = Field(ge=1)
    notice_days: int = Field(ge=0)
    class_: CostClass = Field(validation_alias="class", serialization_alias="class")
    amount_yen: Yen | None = None


class AmendmentApproved(Fact):
    """Finance has approved what the agreement costs the city when it is changed so."""

    number: int = Field(ge=1)


class AgreementAmended(Fact):
    """Both sides stand by the change; the cost class was looked at again (V01, V06)."""

    number: int = Field(ge=1)
    fields: tuple[Name, ...] = ()
    cost_class: CostClass
    term_to: date | None = None
    renews: bool
    renewal_months: int = Field(ge=1)
    notice_days: int = Field(ge=0)
    notice_by: date | None = None
    zone: str = ZONE
    screening_valid_days: int = Field(default=30, ge=0)


class NonRenewalNotified(Fact):
    """One side gave notice in time: the agreement ends with its term (V30)."""

    by: Side
    term_to: date
    reason: Confidential[Reason] | None = None
    zone: str = ZONE


class RenewalScreeningDue(Fact):
    """The term ends soon: the partner has to be screened again, or the agreement is not renewed (V09, V30)."""

    term_to: date


class AgreementScreeningNoted(Fact):
    """The partner was screened with the registers as of this day; a renewal looks at it (V09)."""

    as_of: date
    clear: bool


class AgreementRenewed(Fact):
    """No side gave notice and the partner is clear: the agreement goes on (V30)."""

    term_from: date
    term_to: date
    notice_by: date | None = None
    screening_as_of: date  # of the partner screening that was relied on (V09)
    zone: str = ZONE
    screening_valid_days: int = Field(default=30, ge=0)


class AgreementExpired(Fact):
    """The term is over, and the agreement was not renewed."""

    term_to: date
    reason: Expiry


class AgreementSuspended(Fact):
    """A measure or a finding stands against the partner: the agreement rests until it is cleared."""

    clause: ClauseId | None = None
    measure: MeasureId | None = None
    reason: Confidential[Reason] | None = None
    by_rule: bool = False  # screening told; then it goes on when the case is found eligible there
    edition: EditionId | None = (
        None  # in which the clause stands; None: told before the agreement was entered
    )


class AgreementReinstated(Fact):
    """Cleared; the agreement is kept to again."""


class AgreementTerminated(Fact):
    """The agreement was ended before its term."""

    ground: Ground
    by: Side
    reasons: Confidential[Reason]
    clauses: tuple[ClauseId, ...] = ()  # those it rests on: one at least, where the city alone ends it (V07)
    edition: EditionId  # in which these clauses stand (V08)
    terminated_on: date


class ProjectAdded(Fact):
    """A case of its own, screened and cost-classed on its own, goes on under this comprehensive agreement (V27)."""

    project: CaseId
    field: Name
    cost_class: CostClass
    screening_as_of: date


class ProjectEnded(Fact):
    """A project under this agreement came to its own end."""

    project: CaseId
    reason: ProjectEnd


class ProjectDecisionDue(Fact):
    """The agreement that a project stood on has ended: what becomes of it has to be decided (V31)."""

    project: CaseId
    decide_by: date
    zone: str = ZONE


class ProjectDecided(Fact):
    """A project goes on by itself, or ends with the agreement it stood on (V31)."""

    project: CaseId
    decision: Literal["continues", "ends"]
    reasons: Confidential[Reason]
    clauses: tuple[ClauseId, ...] = ()  # one at least where it ends (V07)
    edition: EditionId  # in which these clauses stand (V08)
    decided_by: Pseudonym


class ProjectDecisionOverdue(Fact):
    """The last day for a decision about a project passed without one; it is still waited for (V31)."""

    project: CaseId
    due: date
