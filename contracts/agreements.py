"""What the service `agreements` publishes: dialogue, pilot, evaluation, agreement (stream `partnership/<case>`).

What is said, planned and weighed while an idea is under consideration is confidential (GL5-04); who leads, what it
costs the city, what came of it and the days are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from contracts.actors import Pseudonym
from contracts.confidential import Confidential
from contracts.days import JAPAN, ZONE, OfficeCalendar
from contracts.decision import Basis
from contracts.fact import Fact
from contracts.intake import CostClass, Part, Partner
from contracts.text import (
    CaseId,
    ClauseId,
    Digest,
    EditionId,
    MeasureId,
    Municipality,
    Name,
    Reason,
    Reference,
    SectionId,
    Text,
    ThemeId,
)

Side = Literal["city", "partner"]
Insurance = Literal["held", "waived", "missing"]
PilotEnd = Literal["completed", "aborted", "unnecessary"]
AgreementForm = Literal[
    "service_contract", "comprehensive_agreement", "individual_agreement"
]  # 業務委託契約, 包括連携協定, 個別連携協定
Outcome = Literal[
    "service_contract", "comprehensive_agreement", "individual_agreement", "not_established"
]  # GL4-5, V26
Next = Literal["agreement_prep", "procurement", "not_established"]
Score = Annotated[int, Field(ge=0, le=100)]
Total = Annotated[float, Field(ge=0, le=100)]


class Criterion(Part):
    """What proposals are weighed by, and how much it counts of a hundred."""

    name: Name
    weight: int = Field(ge=1, le=100)


class DialogueOpened(Fact):
    """The lead section and the proposer talk. What of the edition is needed later is kept here (V32)."""

    lead: SectionId
    supporting: tuple[SectionId, ...] = ()
    edition: EditionId
    municipality: Municipality
    zone: str
    screening_valid_days: int = Field(ge=0)  # calendar days that a partner screening may be old at signing


class LeadReleased(Fact):
    """The case goes back to matching; what was agreed with this section binds no other."""

    section: SectionId


class RematchRequested(Fact):
    """The lead section, or the proposer, asks for another section; the talks with this one are over (GL2-3)."""

    section: SectionId  # the lead until now
    reason: Confidential[Reason]


class CostClassified(Fact):
    """What the case costs the city, as the lead section or the finance section sees it. Yen, tax included."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    class_: CostClass = Field(validation_alias="class", serialization_alias="class")
    amount_yen: int | None = Field(default=None, ge=0, le=10**15)
    approved_by_finance: bool
    note: Confidential[Reason] | None = None


class MinutesDrafted(Fact):
    """One side wrote down what was said; the other has not confirmed it yet."""

    number: int = Field(ge=1)  # counts within the case
    held_on: date
    text: Confidential[Text]
    by: Side


class DialogueHeld(Fact):
    """Both sides stand by these minutes."""

    number: int = Field(ge=1)
    held_on: date


class GoalsProposed(Fact):
    """One side put the goals in words, with the benefit for each side (GL4-3a, GL4-3b)."""

    number: int = Field(ge=1)  # counts from the last match on
    goals: Confidential[Text]
    benefit_city: Confidential[Text]
    benefit_partner: Confidential[Text]
    by: Side


class GoalsShared(Fact):
    """Both sides share the goals of this number."""

    number: int = Field(ge=1)


class PersonalData(Part):
    """The personal data that a pilot uses: what for, on which ground, and until when they are kept (V37).

    They are kept until a day, or for so many days after the pilot has ended.
    """

    purpose: Confidential[Reason] | None = None
    lawful_basis: Confidential[Reason] | None = None
    retain_until: date | None = None  # included
    retain_days: int | None = Field(default=None, ge=0, le=36_525)


class PilotPlanned(Fact):
    """A pilot was planned. A plan may have gaps; a pilot that starts has none (V24)."""

    kpis: tuple[Confidential[Name], ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None  # included
    permits: tuple[Name, ...] = ()  # those that are needed
    insurance: Insurance = "missing"
    stop_rule: Confidential[Text] | None = None
    data_terms: Confidential[Text] | None = None
    personal_data: PersonalData | None = None  # None: it uses none (V37)


class PermitGranted(Fact):
    """A permit that the plan names was granted; `reference` is where it can be looked up."""

    permit: Name
    reference: Reference


class PilotStarted(Fact):
    """The pilot began, with all that it needs (V24)."""

    ends_on: date | None = None  # the last day of its plan
    report_by: date | None = None  # the last day for its report, or for breaking it off (V22)
    erase_by: date | None = None  # the last day on which its personal data are kept, as planned (V37)
    zone: str = ZONE


class PilotCompleted(Fact):
    """The pilot came to its end; report and data are filed."""

    report: Confidential[Text]  # or where it is filed
    data: Confidential[Text] | None = None  # where its data are filed
    erase_by: date | None = None  # the last day on which its personal data are kept (V37)
    zone: str = ZONE


class PilotJudgedUnnecessary(Fact):
    """The case goes to evaluation without a pilot, which is run only as needed (GL4-3c)."""

    reason: Confidential[Reason]


class PilotAborted(Fact):
    """One side ended the pilot early."""

    reason: Confidential[Reason]
    by: Side
    erase_by: date | None = None  # the last day on which its personal data are kept (V37)
    zone: str = ZONE


class EvaluationOpened(Fact):
    """Criteria, reviewers and quorum stand; nobody changes them from here on (GL5-01, V20)."""

    criteria: tuple[Criterion, ...] = Field(min_length=1)  # their weights make a hundred
    min_total: Total
    reviewers: tuple[Pseudonym, ...] = Field(min_length=1)
    quorum: int = Field(ge=1)
    theme: ThemeId | None = None
    criteria_version: Digest | None = None  # of the theme: the same for all proposals to it (V20)


class ScoreSubmitted(Fact):
    """A reviewer scored every criterion, 0 to 100."""

    reviewer: Pseudonym
    scores: Confidential[Mapping[Name, Score]]  # blind until the evaluation is concluded
    comment: Confidential[Reason] | None = None


class ReviewerRecused(Fact):
    """A reviewer has a conflict and takes no part; a score handed in before counts no longer (V19)."""

    reviewer: Pseudonym
    reason: Confidential[Reason]


class PilotEvaluated(Fact):
    """The evaluation is over, whether the pilot was completed, aborted or unnecessary (V25). A milestone.

    `total` is the mean of the reviewers' weighted sums, 0 to 100, rounded down to hundredths so that rounding lifts
    nobody over `min_total`; `scores` is how many reviewers it stands on.
    """

    pilot: PilotEnd
    total: Total
    min_total: Total
    scores: int = Field(ge=1)


class OutcomeDecided(Fact):
    """What comes of the case (GL4-5), and where it goes next (GL6-1)."""

    outcome: Outcome
    next: Next
    reasons: Confidential[Reason]
    decided_by: Pseudonym
    clauses: tuple[ClauseId, ...] = ()  # those it rests on: one at least where nothing is established (V07)
    edition: EditionId | None = None  # in which these clauses stand (V08)
    basis: Basis | None = None  # the rule that said where it goes, with its inputs
    reconsider_by: date | None = None  # where nothing is established: until when that may be asked for again


class ReconsiderationRequested(Fact):
    """The proposer asks that the outcome be looked at again, by somebody else (V34)."""

    grounds: Confidential[Text]
    decide_by: date | None = None  # the last day for the answer (V22)
    zone: str = ZONE


class DecisionUpheld(Fact):
    """Looked at again, the outcome stands: nothing is established."""

    reasons: Confidential[Reason]
    clauses: tuple[ClauseId, ...] = ()  # those it rests on, as before (V07)
    edition: EditionId | None = None
    decided_by: Pseudonym


class DecisionRevoked(Fact):
    """Looked at again, the outcome falls; the case is evaluated anew before another one is decided (V25)."""

    reasons: Confidential[Reason]
    decided_by: Pseudonym


class PartnerScreeningNoted(Fact):
    """The partner was screened with the registers as of this day; signing looks at it (V09)."""

    as_of: date
    clear: bool


class Procured(Part):
    """What a concluded procurement opened the way for: so much city money, in these fiscal years."""

    amount_yen: int = Field(ge=0, le=10**15)  # tax included, over the whole term
    paid_yen: int = Field(default=0, ge=0, le=10**15)  # of it, before the signature
    fiscal_years: tuple[int, ...] = ()  # that a budget was named for (V05)


class AgreementSigned(Fact):
    """Mayor and partner have signed. A milestone."""

    form: AgreementForm
    signed_on: date
    title: Confidential[Name]
    partner_signatory: Confidential[Name]
    screening_as_of: date  # of the partner screening that was relied on (V09)
    cost_class: CostClass
    term_from: date
    term_to: date | None = None  # the last day; None: until ended
    fields: tuple[Name, ...] = ()  # of a comprehensive agreement: several (V27)
    renews: bool = False  # at the end of its term, unless one side gives notice (V30)
    renewal_months: int | None = Field(default=None, ge=1)  # by how long; None: as the edition says
    notice_days: int | None = Field(default=None, ge=0)  # before the last day; None: as the edition says
    procured: Procured | None = None  # where a procurement was concluded for it (V01)


class PartnershipSuspended(Fact):
    """A measure or a finding stands against the partner or the project: all waits until it is screened again."""


class PartnershipResumed(Fact):
    """Screened again, the case is eligible; it goes on where it was."""


class PartnershipEnded(Fact):
    """Screened again, the case is not eligible; the talks end where they stand."""

    clauses: tuple[ClauseId, ...] = ()  # those that apply


class ThemeNoted(Fact):
    """The case answers a theme, whose criteria it is weighed by like its rivals; or, both None, no longer (V20)."""

    theme: ThemeId | None = None
    criteria_version: Digest | None = None


class ProposersNoted(Fact):
    """These persons act for the partner: all who submitted the proposal or joined it since (GL5-04)."""

    persons: tuple[Pseudonym, ...]


class ConflictNoted(Fact):
    """This person is partial in the case, and reviews nothing of it (GL5-01, V19)."""

    person: Pseudonym


class GuidelineFollowed(Fact):
    """The case was migrated to this edition; what of it is needed later is kept here (V32)."""

    edition: EditionId
    municipality: Municipality
    zone: str
    screening_valid_days: int = Field(ge=0)


class PartnershipClosed(Fact):
    """The proposal was withdrawn before a signature (V33)."""

    reason: Literal["withdrawn"]


class WithdrawalRefused(Fact):
    """The withdrawal came after the signature; the agreement stands."""

    signed_on: date


# Talks (stream `partnership/<case>`): the pilot between its start and its end, what the city provides, open data

StopCause = Literal["incident", "stop_rule"]  # 事故等, 中止の基準への該当
ResourceKind = Literal["field", "data", "expert"]  # 場所・施設, データ, 専門の職員
Waiting = Literal["pilot_end", "pilot_suspended", "resource", "reconsideration", "erasure"]
KpiValue = Annotated[float, Field(allow_inf_nan=False)] | Name
Cell = int | Name | None


class IncidentReported(Fact):
    """One side reports something that happened in the pilot and ought not to have happened."""

    number: int = Field(ge=1)  # counts within the case
    occurred_on: date
    what: Confidential[Text]
    by: Side


class ProgressReported(Fact):
    """How the pilot does by the KPIs of its plan."""

    number: int = Field(ge=1)  # counts within the case
    as_of: date
    values: Confidential[Mapping[Name, KpiValue]]  # KPI of the plan → value
    note: Confidential[Reason] | None = None
    by: Side


class PilotSuspended(Fact):
    """The pilot stands still, for an incident or by its stop rule, until both sides say that the cause is removed."""

    cause: StopCause
    incident: int | None = Field(default=None, ge=1)  # the number of the one it is suspended for
    reason: Confidential[Reason]
    by: Side
    review_by: date | None = None  # the last day for going on, or breaking it off (V22)
    zone: str = ZONE


class CauseRemoved(Fact):
    """One side says that the cause is removed, and how; the other has not said so yet."""

    how: Confidential[Reason]
    by: Side


class PilotResumed(Fact):
    """Both sides say that the cause is removed: the pilot goes on."""

    how: Confidential[Reason]
    by: Side  # that said so last


class PersonalDataErased(Fact):
    """The personal data that a pilot used are kept no longer (V37)."""

    erased_on: date
    how: Confidential[Reason]
    by: Side


class ResourceRequested(Fact):
    """One side asks for something of the city's catalogue: a place, data, somebody who knows (GL5-05)."""

    number: int = Field(ge=1)  # counts within the case
    resource: Reference  # its id in the catalogue
    kind: ResourceKind
    section: SectionId  # in charge of it
    edition: EditionId  # whose catalogue it is
    purpose: Confidential[Reason]
    by: Side
    answer_by: date  # (V22)
    zone: str = ZONE


class ResourceGranted(Fact):
    """The section in charge lets the case use it, on these conditions."""

    number: int = Field(ge=1)
    resource: Reference
    conditions: Confidential[Reason] | None = None  # beside those of the catalogue
    licence: Reference | None = None


class ResourceRefused(Fact):
    """The section in charge cannot let the case use it (V07)."""

    number: int = Field(ge=1)
    resource: Reference
    reasons: Confidential[Reason]
    clauses: tuple[ClauseId, ...] = Field(min_length=1)
    edition: EditionId  # in which these clauses stand (V08)


class OpenDataReleased(Fact):
    """Counts out of the pilot of a signed case, for everybody. What is under the limit is hidden (V37).

    `rows` have a cell for each of `columns`: first `labels` that say what is counted, then counts; None is a hidden
    one. `totals` has the sum of each column of counts, hidden cells included; None where it would tell what is hidden.
    What one table hides no other of the case tells: they have the same columns and other rows.
    """

    dataset: Reference
    title: Name
    labels: int = Field(ge=1)  # how many of the columns are labels
    columns: tuple[Name, ...] = Field(min_length=2)
    rows: tuple[tuple[Cell, ...], ...] = Field(min_length=1)
    totals: tuple[int | None, ...] = ()
    limit: int = Field(ge=1)  # no count below it is shown
    licence: Literal["CC-BY-4.0"] = "CC-BY-4.0"
    released_on: date


class ReviewerAbstained(Fact):
    """A reviewer does not score this case, without a conflict of interest."""

    reviewer: Pseudonym
    reason: Confidential[Reason] | None = None


class ReviewerNamed(Fact):
    """A reviewer was named in the place of one who is recused or abstains."""

    reviewer: Pseudonym
    in_place_of: Pseudonym


class EscalationRaised(Fact):
    """Something in the talks, or of their data, waits too long; the head of the window looks after it (V22)."""

    waiting_for: Waiting
    due: date  # the last day that passed
    number: int | None = Field(default=None, ge=1)  # of the request
    section: SectionId | None = None  # that is asked


# Criteria (stream `theme-criteria/<theme>`)


class CriteriaLocked(Fact):
    """What all proposals to a theme are weighed by, before the first of them is opened (V20)."""

    criteria: tuple[Criterion, ...] = Field(min_length=1)  # their weights make a hundred
    min_total: Total
    criteria_version: Digest


# Procurement (stream `partnership/<case>`): nothing else opens the way to city money (GL5-03, GL6-1, V01)

ContractMethod = Literal[
    "general_bidding", "designated_bidding", "proposal_competition", "direct_award"
]  # 一般競争入札, 指名競争入札, 公募型プロポーザル, 随意契約
ContractKind = Literal["works_or_manufacture", "purchase", "rent_in", "sale", "rent_out", "other"]  # 別表第五
Item = Annotated[int, Field(ge=1, le=9)]  # 施行令167条の2第1項の号
FiscalYear = Annotated[int, Field(ge=1, le=9999)]  # the one that begins in April of this year
Yen = Annotated[int, Field(ge=0, le=10**15)]  # tax included


class Incentive(Part):
    """加点: points for who proposed the idea, published before anybody could aim at them."""

    points: int = Field(ge=1, le=100)
    published_on: date
    reference: Reference  # where it was published


class PartnerNoted(Fact):
    """Who proposes, so that contracts with one partner can be added up (V04)."""

    partner: Partner


class ProcurementOpened(Fact):
    """The case goes the way of contracts before any outcome: city money, or rivals to be treated alike."""

    ground: Literal["expenditure", "fairness"]
    reason: Confidential[Reason] | None = None


class MethodChosen(Fact):
    """How the contractor is found, and the legal ground of it (V02, V03). The last one counts.

    A proposal competition ends, in law, as a direct award under item 2.
    """

    method: ContractMethod
    item: Item | None = None  # of art. 167-2 (1) of the Enforcement Order; None: bidding
    reason: Confidential[Reason] | None = None  # there is one unless it is item 1, or bidding
    kind: ContractKind
    purpose: Name  # what it is for, in words that tell nothing of the idea
    amount_yen: Yen  # at most so much will be paid
    contract_date: date  # planned
    limit_yen: Yen | None = None  # of an item-1 contract: the ceiling on that date (V03)
    incentive: Incentive | None = None
    partner: Partner | None = None
    chosen_by: Pseudonym
    edition: EditionId


class SplitOrderFound(Fact):
    """Item-1 contracts with this partner, for this purpose, in this fiscal year come to more than the ceiling (V04).

    A finding: nothing is signed until it is resolved, by another method or by somebody else's word on it.
    """

    fiscal_year: FiscalYear
    purpose: Name
    total_yen: int = Field(ge=0)
    limit_yen: Yen
    cases: tuple[CaseId, ...] = Field(min_length=1)  # the others


class SplitOrderResolved(Fact):
    """Somebody who did not choose the method looked at the orders, and says why they are no split of one (V04)."""

    total_yen: int = Field(ge=0)  # up to which this holds
    cases: tuple[CaseId, ...] = Field(min_length=1)
    reasons: Confidential[Reason]
    resolved_by: Pseudonym


class SpecificationConsented(Fact):
    """The proposer lets the city put the idea, as far as said here, into this specification (GL5-04)."""

    reference: Reference  # of the specification
    scope: Confidential[Text]


class SpecificationPublished(Fact):
    """What is procured is public. It holds the idea only with the proposer's consent (GL5-04)."""

    reference: Reference
    published_on: date
    holds_idea: bool


class BudgetAssigned(Fact):
    """The budget of a fiscal year (April to March) that pays for it (V05). The last one of a year counts."""

    fiscal_year: FiscalYear
    reference: Reference
    amount_yen: Yen


class Awarded(Fact):
    """The procurement is concluded: the proposer gets the contract."""

    method: ContractMethod
    item: Item | None = None
    kind: ContractKind
    purpose: Name
    partner: Partner | None = None
    amount_yen: Yen  # for the whole term
    contract_date: date  # planned
    term_from: date
    term_to: date | None = None  # the last day; None: only where nothing is paid
    awarded_on: date


class AwardedToOther(Fact):
    """The procurement is concluded: somebody else gets the contract. For the proposer nothing is established."""

    method: ContractMethod
    item: Item | None = None
    kind: ContractKind
    purpose: Name
    organisation: Partner
    amount_yen: Yen
    contract_date: date
    idea_protected: Literal[True]  # looked at: what the other gets does not use the idea, unless by consent
    reasons: Confidential[Reason]
    clauses: tuple[ClauseId, ...] = Field(min_length=1)  # those it rests on (V07)
    edition: EditionId  # in which these clauses stand (V08)
    decided_by: Pseudonym
    awarded_on: date


class ProcurementAbandoned(Fact):
    """The procurement ends without a contract; the talks go on, and what it costs is to be said anew."""

    ground: Literal["no_budget", "no_bid", "other"]
    reasons: Confidential[Reason]


class PaymentRecorded(Fact):
    """The city paid, through the concluded procurement of this case (GL6-2, V28)."""

    kind: Literal["payment", "compensation", "refund"] = "payment"  # 支払, 補償, 費用の補填
    amount_yen: int = Field(ge=1, le=10**15)
    total_yen: int = Field(ge=1)  # so far, with this one
    paid_on: date
    reference: Reference


class IpClaimRecorded(Fact):
    """Somebody claims a right to what was proposed. The proposer answers for it, not the city (GL6-3, V29)."""

    number: int = Field(ge=1)  # counts within the case
    claimant: Confidential[Name]
    claim: Confidential[Text]
    received_on: date
    liable: Literal["proposer"] = "proposer"


# Years (stream `agreement/<case>`): what was signed, until it ends

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
    amount_yen: int | None = Field(default=None, ge=0, le=10**15)


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
