"""What can be asked about a request for disclosure, by whom."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field

from chassis.decider import Command, Given
from contracts.actors import Pseudonym, Role
from contracts.confidential import Confidential
from contracts.days import OfficeCalendar
from contracts.intake import Channel
from contracts.publication import Decision, Objector, Redaction, Resolution
from contracts.text import CaseId, ClauseId, EditionId, Municipality, Name, Reason, Text

INFORMATION = frozenset({Role.INFORMATION_SECTION})
COUNTER = INFORMATION | {Role.WINDOW, Role.WINDOW_HEAD}
CITIZEN_OR_COUNTER = COUNTER | {Role.CITIZEN}
PROPOSER_OR_COUNTER = COUNTER | {Role.PROPOSER}


class ReceiveRequest(Command):
    """Ask to see what the city keeps; anybody may, on the web or at the counter."""

    by: ClassVar[frozenset[Role]] = CITIZEN_OR_COUNTER | {Role.PROPOSER}
    opens: ClassVar[bool] = True
    channel: Channel
    requester: Confidential[Name]
    contact: Confidential[Name] | None = None
    request: Confidential[Text]
    decide_by: Given[date]
    edition: Given[EditionId]
    municipality: Given[Municipality]
    zone: Given[str]
    calendar: Given[OfficeCalendar]
    opinion_days: Given[int]
    wait_days: Given[int]


class ReadRequest(Command):
    """Read the request as it was made, and say for what."""

    by: ClassVar[frozenset[Role]] = COUNTER
    purpose: Name


class AskThirdParty(Command):
    """Name the cases that the request touches; the proposer of each is asked for an opinion."""

    by: ClassVar[frozenset[Role]] = INFORMATION
    cases: tuple[CaseId, ...] = Field(min_length=1, max_length=200)
    known: Given[frozenset[CaseId]] = frozenset()


class GiveOpinion(Command):
    """Say for the proposer of a case whether its disclosure is objected to."""

    by: ClassVar[frozenset[Role]] = PROPOSER_OR_COUNTER
    case: CaseId
    objects: bool
    reasons: Confidential[Reason] | None = None
    proposers: Given[tuple[Pseudonym, ...]] = ()  # who acts for the partner of the case


class DecideDisclosure(Command):
    """Decide what is disclosed; what is not cites its grounds."""

    by: ClassVar[frozenset[Role]] = INFORMATION
    decision: Decision
    cases: tuple[CaseId, ...] = Field(default=(), max_length=200)  # that it is about
    redactions: tuple[Redaction, ...] = Field(default=(), max_length=200)
    grounds: tuple[ClauseId, ...] = Field(default=(), max_length=50)
    reasons: Confidential[Reason] | None = None
    known_grounds: Given[frozenset[ClauseId]] = frozenset()


class LodgeObjection(Command):
    """審査請求: object to the decision, for the proposer of a case or for the requester."""

    by: ClassVar[frozenset[Role]] = CITIZEN_OR_COUNTER | {Role.PROPOSER}
    on_behalf_of: Objector
    case: CaseId | None = None  # whose proposer objects
    reasons: Confidential[Reason]
    proposers: Given[tuple[Pseudonym, ...]] = ()


class ResolveObjection(Command):
    """Decide on an objection; by somebody else than who decided before (V34)."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.MAYOR, Role.DELEGATE})
    number: int = Field(ge=1)
    resolution: Resolution
    reasons: Confidential[Reason]


class Disclose(Command):
    """Show the requester what was decided."""

    by: ClassVar[frozenset[Role]] = INFORMATION | {Role.TIMER}


class WithdrawRequest(Command):
    """Take the request back."""

    by: ClassVar[frozenset[Role]] = CITIZEN_OR_COUNTER | {Role.PROPOSER}


class EscalateDisclosure(Command):
    """The decision should have been made by the end of `due`."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.TIMER})
    due: date


DisclosureCommand = (
    ReceiveRequest
    | ReadRequest
    | AskThirdParty
    | GiveOpinion
    | DecideDisclosure
    | LodgeObjection
    | ResolveObjection
    | Disclose
    | WithdrawRequest
    | EscalateDisclosure
)
