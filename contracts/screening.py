"""What the service `screening` publishes: whether partner and project meet the requirements (GL7).

Streams: `screening/<case>` and `measure/<measure id>`, the entries of the city's registers.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from contracts.actors import Pseudonym
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake import Part, Partner
from contracts.text import (
    ClauseId,
    CorporateNumber,
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


class Answer(Part):
    """The answer to one clause: whether it applies, and where that can be looked up; never the idea."""

    clause: ClauseId
    applies: bool
    evidence: Reference
    register_as_of: date | None = None  # the day whose registers were looked at (GL7-A1 to A3)
    measure: MeasureId | None = None  # the entry found there


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


class PartnerScreened(Fact):
    """The partner was held against every clause of GL7-A, with the registers as of `as_of` (V09)."""

    answers: tuple[Answer, ...]
    as_of: date
    clear: bool  # none of the clauses applies


class ProjectScreened(Fact):
    """The project was held against every clause of GL7-B: its content, not who proposes it."""

    answers: tuple[Answer, ...]


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


class ReconsiderationRequested(Fact):
    """The proposer asks that the decision be looked at again, by somebody else (V34)."""

    grounds: Confidential[Text]


class DecisionUpheld(Fact):
    """Looked at again, the decision stands."""

    reasons: Confidential[Reason]


class DecisionRevoked(Fact):
    """Looked at again, the decision falls; the screening is open once more."""

    reasons: Confidential[Reason]


class ScreeningClosed(Fact):
    """The screening ended without anything more to decide."""

    reason: Literal["withdrawn"]
