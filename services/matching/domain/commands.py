"""What can be asked of a matching, by whom."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field

from chassis.decider import Command, Given
from contracts.actors import Role
from contracts.confidential import Confidential
from contracts.matching import Candidate
from contracts.text import EditionId, Municipality, Name, Reason, SectionId

SERVICE = frozenset({Role.SERVICE})
SECTION = frozenset({Role.SECTION})


class RankSections(Command):
    """A proposal came in: rank the sections by what it says. May come before or after the opening."""

    by: ClassVar[frozenset[Role]] = SERVICE
    candidates: tuple[Candidate, ...]
    scorer: Name
    edition: EditionId
    respond_by: date


class OpenMatching(Command):
    """The proposal is eligible: find its section."""

    by: ClassVar[frozenset[Role]] = SERVICE
    edition: EditionId
    municipality: Municipality
    reply_office_days: int = Field(ge=0)
    respond_by: date


class ProposeMatch(Command):
    """Put forward other candidates than the ranking did; the first is asked."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.WINDOW, Role.WINDOW_HEAD})
    sections: tuple[SectionId, ...] = Field(min_length=1, max_length=20)
    reason: Reason
    respond_by: Given[date]


class AcceptMatch(Command):
    """Take the proposal on, with the sections that will support."""

    by: ClassVar[frozenset[Role]] = SECTION
    supporting: tuple[SectionId, ...] = Field(default=(), max_length=20)


class DeclineMatch(Command):
    """Say no, and why; the next candidate is asked."""

    by: ClassVar[frozenset[Role]] = SECTION
    reason: Reason
    respond_by: Given[date]


class ConcludeNoMatch(Command):
    """Every section said no: end the case, with the reasons."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.WINDOW_HEAD})
    reasons: Reason


class Rematch(Command):
    """Ask for another lead section, from the dialogue."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.SECTION, Role.PROPOSER})
    reason: Confidential[Reason]


class CloseMatching(Command):
    """The proposal was withdrawn."""

    by: ClassVar[frozenset[Role]] = SERVICE


MatchingCommand = (
    RankSections
    | OpenMatching
    | ProposeMatch
    | AcceptMatch
    | DeclineMatch
    | ConcludeNoMatch
    | Rematch
    | CloseMatching
)
