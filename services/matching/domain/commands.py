"""What can be asked of a matching, by whom."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from chassis.decider import Command
from contracts.actors import Role
from contracts.confidential import Confidential
from contracts.matching import Candidate
from contracts.text import EditionId, Municipality, Reason, Reference, SectionId

SERVICE = frozenset({Role.SERVICE})


class RankSections(Command):
    """A proposal came in: here is how well the sections fit it, best first."""

    by: ClassVar[frozenset[Role]] = SERVICE
    opens: ClassVar[bool] = True
    candidates: tuple[Candidate, ...]
    scorer: Reference
    edition: EditionId


class OpenMatching(Command):
    """The case was found eligible: find the section that takes it on."""

    by: ClassVar[frozenset[Role]] = SERVICE
    edition: EditionId
    municipality: Municipality
    zone: str
    sections: tuple[SectionId, ...] = Field(min_length=1)
    reply_days: int = Field(ge=0)


class ProposeMatch(Command):
    """Ask these sections, in this order, whatever the ranking says."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.WINDOW, Role.WINDOW_HEAD})
    sections: tuple[SectionId, ...] = Field(min_length=1, max_length=30)
    reason: Confidential[Reason]


class AcceptMatch(Command):
    """Take the case on as its lead section, with these sections to support."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.SECTION})
    supporting: tuple[SectionId, ...] = Field(default=(), max_length=30)


class DeclineMatch(Command):
    """Do not take the case on, and say why."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.SECTION})
    reason: Confidential[Reason]


class ConcludeNoMatch(Command):
    """Conclude, with reasons, that no section takes the case on."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.WINDOW_HEAD})
    reasons: Confidential[Reason]


class Rematch(Command):
    """Ask for another section than the one that leads."""

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
