"""What the service `screening` publishes: whether partner and project meet the requirements (GL7).

Streams: `screening/<case>`; `measure/<measure id>`, the entries of the city's registers; `link/<id>`, who is known to
use a person that a finding is about; `register-import/<id>`, the files that registers were brought up to date from.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from contracts.actors import Pseudonym
from contracts.confidential import Confidential
from contracts.days import JAPAN, ZONE, OfficeCalendar
from contracts.decision import Basis
from contracts.fact import Fact
from contracts.intake import Part, Partner, RelatedParty
from contracts.text import (
    ClauseId,
    CorporateNumber,
    Digest,
    EditionId,
    MeasureId,
    Municipality,
    Name,
    Reason,
    Reference,
    Text,
)

Register = Literal["bid_suspension", "gang_exclusion", "art167_4"]  # 入札参加停止, 暴力団排除, 施行令167条の4
Item = Literal[
    "1(1)", "1(2)", "1(3)", "2(1)", "2(2)", "2(3)", "2(4)", "2(5)", "2(6)", "2(7)"
]  # of art. 167-4
Decision = Literal["eligible", "ineligible"]
Subject = Literal["organisation", "person"]
Reach = Literal["subcontractor", "joint_venture_member", "user"]  # 下請負人, 共同企業体構成員, 使用する者
Use = Literal[
    "agent", "manager", "employee"
]  # 代理人, 支配人, その他の使用人: art. 167-4, item 2, last sentence
Through = Literal[
    "applicant",
    "affiliate",
    "officer",
    "joint_venture_member",
    "subcontractor",
    "agent",
    "manager",
    "employee",
]  # who of those behind a proposal an entry is about: the applicant, or one of its related parties
Course = Literal[
    "running", "agreed", "not_established", "ended"
]  # as told elsewhere: goes on, is signed, came to nothing, was signed and is over


class Answer(Part):
    """The answer to one clause: whether it applies, and where that can be looked up; never the idea."""

    clause: ClauseId
    applies: bool
    evidence: Reference
    register_as_of: date | None = None  # the day whose registers were looked at (GL7-A1 to A3)
    measure: MeasureId | None = None  # the entry found there
    until: date | None = None  # its last day; None with a measure: no end is set


class MeasureRecorded(Fact):
    """An entry of a register, from `valid_from` to `valid_to`, both included; None is an open end (V10)."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    register_: Register = Field(validation_alias="register", serialization_alias="register")
    clause: ClauseId
    corporate_number: CorporateNumber | None = (
        None  # None: on no register of companies, found by its name (V14)
    )
    name: Name
    ground: Reason
    item: Item | None = None  # of article 167-4, for its register
    decided_on: date
    valid_from: date
    valid_to: date | None = None
    subject: Subject = "organisation"
    person: Confidential[Name] | None = None  # whom it is about, if a person; `name` then does not say
    aliases: tuple[Name, ...] = ()  # earlier names, trade names
    address: Name | None = None  # of an organisation
    representative: Confidential[Name] | None = None
    extends_to: tuple[Reach, ...] = ()  # whom else it reaches who has to do with them
    finding: Reference | None = None  # where it is recorded that they were found to fall under it (V14)
    release_rule: Reason | None = None  # what has to come about before an open end is set
    zone: str = ZONE  # where its days are reckoned


class MeasureCorrected(Fact):
    """An entry was wrong or was changed, and says this from now on, all of it; a release is an earlier last day."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    register_: Register = Field(validation_alias="register", serialization_alias="register")
    clause: ClauseId
    corporate_number: CorporateNumber | None = None
    name: Name
    ground: Reason
    item: Item | None = None
    decided_on: date
    valid_from: date
    valid_to: date | None = None
    subject: Subject = "organisation"
    person: Confidential[Name] | None = None
    aliases: tuple[Name, ...] = ()
    address: Name | None = None
    representative: Confidential[Name] | None = None
    extends_to: tuple[Reach, ...] = ()
    finding: Reference | None = None
    release_rule: Reason | None = None
    zone: str = ZONE
    reason: Reason  # why it was changed


class MeasureStarted(Fact):
    """The first day of an entry has come, or had come when it was recorded; running cases are looked through."""

    clause: ClauseId


class EmploymentLinkRecorded(Fact):
    """A company uses this person as agent, manager or employee, from one day to another, both included (V12)."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    corporate_number: CorporateNumber
    person: Confidential[Name]
    role: Use
    from_: date = Field(validation_alias="from", serialization_alias="from")
    to: date | None = None
    reason: Reason | None = None  # why it was changed, where it had been recorded before
    zone: str = ZONE


class EmploymentLinkStarted(Fact):
    """The first day of the use of a person has come; running cases of the company are looked through."""


class RegisterImported(Fact):
    """A register was brought up to date from a file; what is no longer in the file stands, and was reported."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    register_: Literal["bid_suspension", "gang_exclusion", "art167_4", "employment_links"] = Field(
        validation_alias="register", serialization_alias="register"
    )
    digest: Digest  # of the file
    added: int = Field(ge=0)
    changed: int = Field(ge=0)  # in any way but their end
    ended: int = Field(ge=0)  # given another last day
    unchanged: int = Field(default=0, ge=0)
    missing: int = Field(default=0, ge=0)  # known before, and not in the file
    entries: tuple[Reference, ...] = ()  # ids of those added, changed and ended


class ScreeningOpened(Fact):
    """The screening of a case began. What of its edition decisions need is kept here (V32)."""

    edition: EditionId
    municipality: Municipality
    zone: str
    partner: Partner
    received_on: date
    partner_clauses: tuple[ClauseId, ...]
    project_clauses: tuple[ClauseId, ...]
    mayor_clauses: tuple[ClauseId, ...]
    register_clauses: tuple[ClauseId, ...]  # those that are answered from the registers
    reconsideration_days: int = Field(ge=0)  # calendar days
    registers: Mapping[Register, ClauseId] = Field(default_factory=dict)  # which answers which clause
    calendar: OfficeCalendar = JAPAN
    screening_days: int | None = Field(default=None, ge=0)  # office days in which it has to be decided
    decide_by: date | None = None  # the last of them (V22)
    address: Confidential[Name] | None = None  # of the applicant, as registers know it too
    representative: Confidential[Name] | None = None
    related: tuple[RelatedParty, ...] = ()  # who else is looked up in the registers
    proposers: tuple[Pseudonym, ...] = ()  # who acts for the partner so far


class ProposersNoted(Fact):
    """These persons act for the partner: all who submitted the proposal or joined it since (GL5-04)."""

    persons: tuple[Pseudonym, ...]


class GuidelineFollowed(Fact):
    """The case was migrated to this edition; it is screened by it from now on (V32)."""

    edition: EditionId
    municipality: Municipality
    zone: str
    partner_clauses: tuple[ClauseId, ...]
    project_clauses: tuple[ClauseId, ...]
    mayor_clauses: tuple[ClauseId, ...]
    register_clauses: tuple[ClauseId, ...]
    registers: Mapping[Register, ClauseId]
    reconsideration_days: int = Field(ge=0)
    screening_days: int = Field(ge=0)
    calendar: OfficeCalendar


class Flag(Part):
    """An entry of a register that may be about the partner, or about somebody behind the proposal."""

    measure: MeasureId
    clause: ClauseId
    likeness: float = Field(ge=0, le=1, allow_inf_nan=False)
    alike: tuple[Reference, ...] = ()  # what agrees
    differ: tuple[Reference, ...] = ()  # and what does not
    automatic: bool = False  # the corporate number is equal: nobody has to be asked
    through: Through = "applicant"


class PartnerFlagged(Fact):
    """Entries of the registers that are about the partner, or may be: those that may be wait for a person's word."""

    flags: tuple[Flag, ...] = Field(min_length=1)


class FlagConfirmed(Fact):
    """A person found that the entry is about them; its clause applies while it is in force."""

    measure: MeasureId
    reason: Confidential[Reason]
    confirmed_by: Pseudonym


class FlagDismissed(Fact):
    """A person found that the entry is about somebody else."""

    measure: MeasureId
    reason: Confidential[Reason]
    dismissed_by: Pseudonym


class PartnerScreened(Fact):
    """The partner was held against every clause of GL7-A, with the registers as of `as_of` (V09)."""

    answers: tuple[Answer, ...]
    as_of: date
    clear: bool  # none of the clauses applies
    screened_by: Pseudonym | None = None


class ProjectScreened(Fact):
    """The project was held against every clause of GL7-B: its content, not who proposes it."""

    answers: tuple[Answer, ...]
    screened_by: Pseudonym | None = None


class MayorFound(Fact):
    """The mayor, or a delegate, found whether a clause left to the mayor applies: GL7-A4, GL7-B6 (V13)."""

    clause: ClauseId
    applies: bool
    reasons: Confidential[Reason]
    found_by: Pseudonym


class EligibilityDecided(Fact):
    """Eligible or not, with every clause that applies, the edition and the evidence (V07). A milestone."""

    decision: Decision
    clauses: tuple[ClauseId, ...]  # those that apply, in the order of the edition
    answers: tuple[Answer, ...]  # all that were given
    edition: EditionId
    municipality: Municipality
    as_of: date  # of the registers
    reconsider_by: date | None = None  # last day on which the proposer may ask for reconsideration
    decided_by: Pseudonym
    basis: Basis | None = None  # the rule that was applied, with its inputs
    law_edition: EditionId | None = (
        None  # in force that day: its clauses that protect the law count too (V32)
    )
    resumes: bool = False  # a case that had been stopped goes on where it was
    flags: tuple[Flag, ...] = ()  # entries that may be about the partner, and were answered
    rescreened: bool = False  # the case was running, and was stopped for this


class RescreenRequired(Fact):
    """A measure or a finding stands against a case that is running: it is stopped until it is screened again."""

    clause: ClauseId
    measure: MeasureId | None = None
    reason: Confidential[Reason]
    agreed: bool = False  # signed already: what becomes of the agreement is decided elsewhere
    decide_by: date | None = None


class CourseNoted(Fact):
    """Elsewhere the case came to an end, was signed, or is running again: only what runs is screened again."""

    course: Course


class EscalationRaised(Fact):
    """The last day for a decision passed without one; it is still waited for (V22)."""

    waiting_for: Reference  # eligibility, reconsideration
    due: date


class ReconsiderationRequested(Fact):
    """The proposer asks that the decision be looked at again, by somebody else (V34)."""

    grounds: Confidential[Text]
    decide_by: date | None = None  # the last day for the answer (V22)


class DecisionUpheld(Fact):
    """Looked at again, the decision stands."""

    reasons: Confidential[Reason]


class DecisionRevoked(Fact):
    """Looked at again, the decision falls; the screening is open once more."""

    reasons: Confidential[Reason]
    decide_by: date | None = None


class ScreeningClosed(Fact):
    """The screening ended without anything more to decide."""

    reason: Literal["withdrawn"]
