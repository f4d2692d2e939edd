"""What can be asked of a screening, by whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from pydantic import Field

from chassis.decider import Command, Given
from contracts.actors import Pseudonym, Role
from contracts.confidential import Confidential
from contracts.days import JAPAN, OfficeCalendar
from contracts.intake import Partner, RelatedParty
from contracts.screening import Answer, Course, Flag, Register
from contracts.text import ClauseId, EditionId, MeasureId, Municipality, Name, Reason, Reference, Text
from services.screening.policies import Measure

SERVICE = frozenset({Role.SERVICE})
TIMER = frozenset({Role.TIMER})
STAFF = frozenset({Role.WINDOW, Role.CONTRACT_SECTION})
MAYOR = frozenset({Role.MAYOR, Role.DELEGATE})
DECIDERS = frozenset({Role.WINDOW_HEAD, Role.MAYOR, Role.DELEGATE})

Measures = Given[tuple[Measure, ...]]  # of the registers, that concern the case


class Pinned(Command):
    """What of an edition a screening goes by."""

    by: ClassVar[frozenset[Role]] = SERVICE
    edition: EditionId
    municipality: Municipality
    zone: str
    partner_clauses: tuple[ClauseId, ...]
    project_clauses: tuple[ClauseId, ...]
    mayor_clauses: tuple[ClauseId, ...]
    register_clauses: tuple[ClauseId, ...]
    registers: Mapping[Register, ClauseId] = Field(default_factory=dict)
    reconsideration_days: int = Field(ge=0)
    screening_days: int = Field(default=10, ge=0)
    calendar: OfficeCalendar = JAPAN


class OpenScreening(Pinned):
    """A proposal was received: screen it, by the edition it is bound to."""

    opens: ClassVar[bool] = True
    partner: Partner
    received_on: date
    address: Confidential[Name] | None = None
    representative: Confidential[Name] | None = None
    related: tuple[RelatedParty, ...] = ()
    proposers: tuple[Pseudonym, ...] = ()


class NoteProposers(Command):
    """These persons act for the partner, too."""

    by: ClassVar[frozenset[Role]] = SERVICE
    persons: tuple[Pseudonym, ...] = Field(max_length=1000)


class FollowGuideline(Pinned):
    """The case was migrated to another edition: screen it by that one from now on."""


class FlagPartner(Command):
    """The registers have entries that are about the partner, or may be."""

    by: ClassVar[frozenset[Role]] = SERVICE
    flags: tuple[Flag, ...] = Field(min_length=1)


class ConfirmFlag(Command):
    """Say that the entry flagged is about them; its clause then applies while it is in force."""

    by: ClassVar[frozenset[Role]] = STAFF
    measure: MeasureId
    reason: Confidential[Reason]
    measures: Measures = ()


class DismissFlag(Command):
    """Say that the entry flagged is about somebody else."""

    by: ClassVar[frozenset[Role]] = STAFF
    measure: MeasureId
    reason: Confidential[Reason]


class RecordPartnerScreening(Command):
    """Answer every clause about the partner, by the registers as of a day (today, when none is given)."""

    by: ClassVar[frozenset[Role]] = STAFF
    answers: tuple[Answer, ...] = Field(min_length=1, max_length=100)
    as_of: date | None = None
    measures: Measures


class RecordProjectScreening(Command):
    """Answer every clause about the project: its content, not who proposes it."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.WINDOW})
    answers: tuple[Answer, ...] = Field(min_length=1, max_length=100)


class RecordMayorFinding(Command):
    """Find, with reasons, whether a clause that is left to the mayor applies."""

    by: ClassVar[frozenset[Role]] = MAYOR
    clause: ClauseId
    applies: bool
    reasons: Confidential[Reason]


class ConfirmEligible(Command):
    """Decide that partner and project meet every requirement."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.WINDOW_HEAD})
    measures: Measures


class DeclareIneligible(Command):
    """Decide that the proposal is excluded, by every clause that applies."""

    by: ClassVar[frozenset[Role]] = DECIDERS
    measures: Measures = ()


class AdverseFactFound(Command):
    """A measure or a finding stands against a running case: stop it until it is screened again."""

    by: ClassVar[frozenset[Role]] = STAFF | SERVICE
    clause: ClauseId
    measure: MeasureId | None = None
    reason: Confidential[Reason]
    measures: Measures = ()


class RequestReconsideration(Command):
    """Ask that the decision be looked at again."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.PROPOSER})
    grounds: Confidential[Text]


class UpholdDecision(Command):
    """Looked at again: the decision stands."""

    by: ClassVar[frozenset[Role]] = DECIDERS
    reasons: Confidential[Reason]


class RevokeDecision(Command):
    """Looked at again: the decision falls, and the proposal is screened once more."""

    by: ClassVar[frozenset[Role]] = DECIDERS
    reasons: Confidential[Reason]


class NoteCourse(Command):
    """Elsewhere the case came to an end, was signed, or is running again."""

    by: ClassVar[frozenset[Role]] = SERVICE
    course: Course


class Escalate(Command):
    """The last day for a decision has passed."""

    by: ClassVar[frozenset[Role]] = TIMER
    waiting_for: Reference
    due: date


class CloseScreening(Command):
    """The proposal was withdrawn."""

    by: ClassVar[frozenset[Role]] = SERVICE


ScreeningCommand = (
    OpenScreening
    | NoteProposers
    | FollowGuideline
    | FlagPartner
    | ConfirmFlag
    | DismissFlag
    | RecordPartnerScreening
    | RecordProjectScreening
    | RecordMayorFinding
    | ConfirmEligible
    | DeclareIneligible
    | AdverseFactFound
    | RequestReconsideration
    | UpholdDecision
    | RevokeDecision
    | NoteCourse
    | Escalate
    | CloseScreening
)
