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
from contracts.decision import Basis
from contracts.fact import Fact
from contracts.intake import CostClass, Part
from contracts.text import (
    ClauseId,
    Digest,
    EditionId,
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


class PilotPlanned(Fact):
    """A pilot was planned. A plan may have gaps; a pilot that starts has none (V24)."""

    kpis: tuple[Confidential[Name], ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None  # included
    permits: tuple[Name, ...] = ()  # those that are needed
    insurance: Insurance = "missing"
    stop_rule: Confidential[Text] | None = None
    data_terms: Confidential[Text] | None = None


class PermitGranted(Fact):
    """A permit that the plan names was granted; `reference` is where it can be looked up."""

    permit: Name
    reference: Reference


class PilotStarted(Fact):
    """The pilot began, with all that it needs (V24)."""


class PilotCompleted(Fact):
    """The pilot came to its end; report and data are filed."""

    report: Confidential[Text]  # or where it is filed


class PilotJudgedUnnecessary(Fact):
    """The case goes to evaluation without a pilot, which is run only as needed (GL4-3c)."""

    reason: Confidential[Reason]


class PilotAborted(Fact):
    """One side ended the pilot early."""

    reason: Confidential[Reason]
    by: Side


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
    scores: Mapping[Name, Score]
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


class PartnerScreeningNoted(Fact):
    """The partner was screened with the registers as of this day; signing looks at it (V09)."""

    as_of: date
    clear: bool


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
