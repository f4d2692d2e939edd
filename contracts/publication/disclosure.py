"""Requests for disclosure (stream `disclosure/<id>`; V18)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from contracts.actors import Pseudonym, Role
from contracts.confidential import Confidential
from contracts.days import JAPAN, ZONE, OfficeCalendar
from contracts.fact import Fact
from contracts.intake import Channel, Part
from contracts.text import CaseId, ClauseId, EditionId, Municipality, Name, Reason, Reference, SectionId, Text

Decision = Literal["grant", "partial", "refuse"]  # 開示, 一部開示, 不開示
Objector = Literal["third_party", "requester"]
Resolution = Literal["dismissed", "upheld"]  # 棄却・却下, 認容


class DisclosureRequested(Fact):
    """Somebody asks to see what the city keeps, under its ordinance on disclosure."""

    channel: Channel
    requester: Confidential[Name]
    contact: Confidential[Name] | None = None
    request: Confidential[Text]
    requested_by: Pseudonym | None = None  # who asked on the web; None: at the counter
    received_on: date
    decide_by: date
    edition: EditionId
    municipality: Municipality
    zone: str = ZONE
    calendar: OfficeCalendar = JAPAN
    opinion_days: int = Field(ge=0)  # office days that a proposer has for an opinion
    wait_days: int = Field(ge=0)  # whole days between decision and disclosure, where a proposer objects (V18)


class RequestRead(Fact):
    """Somebody read the request, and for what (V17)."""

    reader: Pseudonym
    role: Role
    section: SectionId | None = None
    purpose: Name


class ThirdPartyAsked(Fact):
    """The request touches this case, so its proposer is asked for an opinion first (V18)."""

    case: CaseId
    opinion_by: date


class OpinionGiven(Fact):
    """The proposer of a case objects to its disclosure, or does not."""

    case: CaseId
    objects: bool
    reasons: Confidential[Reason] | None = None
    themselves: bool = False  # not written down at the counter


class Redaction(Part):
    """What is blackened, and on which ground of the ordinance."""

    what: Name
    ground: ClauseId


class DisclosureDecided(Fact):
    """Disclosed, in part or not at all; what is adverse to the requester cites its grounds."""

    number: int = Field(ge=1)  # decided again after an objection was upheld
    decision: Decision
    cases: tuple[CaseId, ...] = ()  # of what is disclosed or not
    redactions: tuple[Redaction, ...] = ()
    grounds: tuple[ClauseId, ...] = ()
    edition: EditionId  # whose pack names the grounds
    reasons: Confidential[Reason] | None = None
    decided_on: date
    disclose_on: date | None = None  # None: not at all
    objected: bool = False  # a proposer objects; then whole days lie between (V18)
    decided_by: Pseudonym
    zone: str = ZONE


class ThirdPartyTold(Fact):
    """The proposer of a case is told what was decided, and until when an objection stops it."""

    case: CaseId
    decision: Decision
    disclose_on: date | None = None


class ObjectionLodged(Fact):
    """審査請求: a proposer against disclosure, which waits for it; or the requester against a refusal."""

    number: int = Field(ge=1)
    by: Objector
    case: CaseId | None = None
    reasons: Confidential[Reason]


class ObjectionResolved(Fact):
    """It was dismissed, and days lie again before the disclosure; or upheld, and the request is decided on again."""

    number: int = Field(ge=1)
    resolution: Resolution
    reasons: Confidential[Reason]
    resolved_by: Pseudonym
    resolved_on: date
    disclose_on: date | None = None
    decide_by: date | None = None  # of one that is upheld: the last day for another decision
    zone: str = ZONE


class Disclosed(Fact):
    """The requester sees what was decided."""

    disclosed_on: date


class RequestWithdrawn(Fact):
    """The requester does not want it any more."""


class EscalationRaised(Fact):
    """The decision waits longer than the ordinance gives; the head of the window looks after it (V22)."""

    waiting_for: Reference  # disclosure_decision
    due: date  # the last day that passed
