"""What can be asked of the registers, by whom."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from chassis.decider import Command, Given
from contracts.actors import Role
from contracts.confidential import Confidential
from contracts.days import ZONE
from contracts.screening import Item, Reach, Register, Subject, Use
from contracts.text import ClauseId, CorporateNumber, Digest, Name, Reason, Reference

CONTRACT_SECTION = frozenset({Role.CONTRACT_SECTION})
TIMER = frozenset({Role.TIMER})

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
Day = Annotated[date, Field(ge=FIRST, le=LAST)]  # of a register: beyond lies a slip of the pen


class Entry(Command):
    """An entry of a register as it is handed in; both days count, and it may have no end."""

    by: ClassVar[frozenset[Role]] = CONTRACT_SECTION
    register_: Register = Field(alias="register")
    clause: ClauseId | None = None  # that of the register in the guideline in force, where it is left out
    corporate_number: CorporateNumber | None = None
    name: Name
    ground: Reason
    item: Item | None = None
    decided_on: Day
    valid_from: Day
    valid_to: Day | None = None
    subject: Subject = "organisation"
    aliases: tuple[Name, ...] = Field(default=(), max_length=50)
    address: Name | None = None
    representative: Confidential[Name] | None = None
    extends_to: tuple[Reach, ...] = Field(default=(), max_length=3)
    finding: Reference | None = None
    release_rule: Reason | None = None
    register_clause: Given[ClauseId]
    zone: Given[str] = ZONE


class RecordMeasure(Entry):
    """Enter a measure, or a finding, into a register."""


class CorrectMeasure(Entry):
    """Say what an entry should say, all of it, and why; a release is an earlier last day."""

    reason: Reason


class StartMeasure(Command):
    """The first day of an entry has come."""

    by: ClassVar[frozenset[Role]] = TIMER


class RecordEmploymentLink(Command):
    """Enter that a company uses a person as agent, manager or employee; again, with a reason, to correct it."""

    by: ClassVar[frozenset[Role]] = CONTRACT_SECTION
    corporate_number: CorporateNumber
    person: Confidential[Name]
    role: Use
    from_: Day = Field(alias="from")
    to: Day | None = None
    reason: Reason | None = None
    zone: Given[str] = ZONE


class StartEmploymentLink(Command):
    """The first day of the use of a person has come."""

    by: ClassVar[frozenset[Role]] = TIMER


class RecordRegisterImport(Command):
    """Say that a register was brought up to date from a file, and what that changed."""

    by: ClassVar[frozenset[Role]] = CONTRACT_SECTION
    register_: Literal["bid_suspension", "gang_exclusion", "art167_4", "employment_links"] = Field(
        alias="register"
    )
    digest: Digest
    added: int = Field(ge=0)
    changed: int = Field(ge=0)
    ended: int = Field(ge=0)
    unchanged: int = Field(default=0, ge=0)
    missing: int = Field(default=0, ge=0)
    entries: tuple[Reference, ...] = Field(default=(), max_length=100_000)


MeasureCommand = RecordMeasure | CorrectMeasure | StartMeasure
LinkCommand = RecordEmploymentLink | StartEmploymentLink
