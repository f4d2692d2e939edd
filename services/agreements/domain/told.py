"""What other services tell a partnership. It comes at least once, at any time: late or twice, nothing follows."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field

from chassis.decider import Command
from contracts.actors import Pseudonym, Role
from contracts.text import ClauseId, Digest, EditionId, Municipality, SectionId, ThemeId

SERVICE = frozenset({Role.SERVICE})


class OpenDialogue(Command):
    """A section took the case on: let the talks begin."""

    by: ClassVar[frozenset[Role]] = SERVICE
    lead: SectionId
    supporting: tuple[SectionId, ...]
    edition: EditionId
    municipality: Municipality
    zone: str
    screening_valid_days: int = Field(ge=0)


class ReleaseLead(Command):
    """The lead section or the proposer asked for another section than this one."""

    by: ClassVar[frozenset[Role]] = SERVICE
    section: SectionId


class SuspendPartnership(Command):
    """A measure or a finding stands against the case: it waits until it is screened again."""

    by: ClassVar[frozenset[Role]] = SERVICE


class ResumePartnership(Command):
    """The case is eligible; if it waited, it goes on."""

    by: ClassVar[frozenset[Role]] = SERVICE


class EndPartnership(Command):
    """The case is not eligible; if it waited, it ends."""

    by: ClassVar[frozenset[Role]] = SERVICE
    clauses: tuple[ClauseId, ...]


class NoteConflict(Command):
    """This person is partial in the case, by the register or by their own word."""

    by: ClassVar[frozenset[Role]] = SERVICE
    person: Pseudonym


class FollowGuideline(Command):
    """The case was migrated to another edition."""

    by: ClassVar[frozenset[Role]] = SERVICE
    edition: EditionId
    municipality: Municipality
    zone: str
    screening_valid_days: int = Field(ge=0)


class NoteTheme(Command):
    """The case answers this theme; or, both None, it has turned free."""

    by: ClassVar[frozenset[Role]] = SERVICE
    theme: ThemeId | None
    criteria_version: Digest | None


class NotePartnerScreening(Command):
    """The partner was screened as of this day."""

    by: ClassVar[frozenset[Role]] = SERVICE
    as_of: date
    clear: bool


class CloseForWithdrawal(Command):
    """The proposal was withdrawn."""

    by: ClassVar[frozenset[Role]] = SERVICE
