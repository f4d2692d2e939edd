"""What can be asked of a screening and of the registers, by whom."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field

from chassis.decider import Command, Given
from contracts.actors import Role
from contracts.confidential import Confidential
from contracts.intake import Partner
from contracts.screening import Answer, Item, Register
from contracts.text import ClauseId, CorporateNumber, EditionId, Municipality, Name, Reason, Text
from services.screening.policies import Measure

SERVICE = frozenset({Role.SERVICE})
MAYOR = frozenset({Role.MAYOR, Role.DELEGATE})
DECIDERS = frozenset({Role.WINDOW_HEAD, Role.MAYOR, Role.DELEGATE})


class RecordMeasure(Command):
    """Enter a measure into a register; both days count, and it may have no end."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.CONTRACT_SECTION})
    register_: Register = Field(alias="register")
    clause: ClauseId
    corporate_number: CorporateNumber | None = None
    name: Name
    ground: Reason
    item: Item | None = None
    decided_on: date
    valid_from: date
    valid_to: date | None = None


class OpenScreening(Command):
    """A proposal was received: screen it, by the edition it is bound to."""

    by: ClassVar[frozenset[Role]] = SERVICE
    opens: ClassVar[bool] = True
    edition: EditionId
    municipality: Municipality
    zone: str
    partner: Partner
    received_on: date
    partner_clauses: tuple[ClauseId, ...]
    project_clauses: tuple[ClauseId, ...]
    mayor_clauses: tuple[ClauseId, ...]
    register_clauses: tuple[ClauseId, ...]
    reconsideration_days: int = Field(ge=0)


class RecordPartnerScreening(Command):
    """Answer every clause about the partner, by the registers as of a day (today, when none is given)."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.WINDOW, Role.CONTRACT_SECTION})
    answers: tuple[Answer, ...] = Field(min_length=1, max_length=100)
    as_of: date | None = None
    measures: Given[tuple[Measure, ...]]


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
    measures: Given[tuple[Measure, ...]]


class DeclareIneligible(Command):
    """Decide that the proposal is excluded, by every clause that applies."""

    by: ClassVar[frozenset[Role]] = DECIDERS


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


class CloseScreening(Command):
    """The proposal was withdrawn."""

    by: ClassVar[frozenset[Role]] = SERVICE


ScreeningCommand = (
    OpenScreening
    | RecordPartnerScreening
    | RecordProjectScreening
    | RecordMayorFinding
    | ConfirmEligible
    | DeclareIneligible
    | RequestReconsideration
    | UpholdDecision
    | RevokeDecision
    | CloseScreening
)
