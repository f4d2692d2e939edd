"""The screening of one case (stream `screening/<case>`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from contracts.actors import Pseudonym
from contracts.confidential import Confidential
from contracts.days import JAPAN, OfficeCalendar
from contracts.decision import Basis
from contracts.fact import Fact
from contracts.intake import Part, Partner, RelatedParty
from contracts.screening.flags import Flag
from contracts.screening.registers import Register
from contracts.text import (
    ClauseId,
    EditionId,
    MeasureId,
    Municipality,
    Name,
    Reason,
    Reference,
    Text,
)

Decision = Literal["eligible", "ineligible"]
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
