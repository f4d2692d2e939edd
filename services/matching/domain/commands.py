"""What can be asked of a matching, by whom."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from chassis.decider import Command, Given
from contracts.actors import Pseudonym, Role
from contracts.confidential import Confidential
from contracts.days import OfficeCalendar
from contracts.decision import Basis
from contracts.intake import Partner
from contracts.matching import Candidate, ConflictFound, Ground, LeftOut, Lesson
from contracts.text import (
    ClauseId,
    CorporateNumber,
    EditionId,
    Municipality,
    Reason,
    Reference,
    SectionId,
    Text,
)

SERVICE = frozenset({Role.SERVICE})
OFFICE = frozenset({Role.WINDOW, Role.WINDOW_HEAD})
DECIDERS = frozenset({Role.WINDOW_HEAD, Role.MAYOR, Role.DELEGATE})


class Informed(Command):
    """Comes with what is true beyond the case: who leads as many cases as they can, and who is partial today."""

    full: Given[tuple[LeftOut, ...]] = ()
    conflicts: Given[tuple[ConflictFound, ...]] = ()


class NotePartner(Informed):
    """A proposal was received: this is who proposes."""

    by: ClassVar[frozenset[Role]] = SERVICE
    opens: ClassVar[bool] = True
    partner: Partner
    related: tuple[CorporateNumber, ...] = ()
    proposers: tuple[Pseudonym, ...] = ()


class RankSections(NotePartner):
    """A proposal was received: here is how well the sections fit it, best first."""

    candidates: tuple[Candidate, ...]
    scorer: Reference
    edition: EditionId
    basis: Basis | None = None
    none_fits: bool = False
    lessons: tuple[Lesson, ...] = ()
    fingerprint: Confidential[str] | None = None


class UnderEdition(Informed):
    """Comes with what of an edition a matching needs (V32)."""

    edition: EditionId
    municipality: Municipality
    zone: str
    sections: tuple[SectionId, ...] = Field(min_length=1)
    reply_days: int = Field(ge=0)
    calendar: OfficeCalendar


class OpenMatching(UnderEdition):
    """The case was found eligible: find the section that takes it on; or go on, where it had been stopped."""

    by: ClassVar[frozenset[Role]] = SERVICE


class FollowGuideline(UnderEdition):
    """The office migrated the case to this edition."""

    by: ClassVar[frozenset[Role]] = SERVICE


class ProposeMatch(Informed):
    """Ask these sections, in this order, whatever the ranking says."""

    by: ClassVar[frozenset[Role]] = OFFICE
    sections: tuple[SectionId, ...] = Field(min_length=1, max_length=30)
    reason: Confidential[Reason]


class AcceptMatch(Informed):
    """Take the case on as its lead section, with these sections to support."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.SECTION})
    supporting: tuple[SectionId, ...] = Field(default=(), max_length=30)


class DeclineMatch(Informed):
    """Do not take the case on, and say why; `ground` in a word, so that the ranking learns the right thing."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.SECTION})
    reason: Confidential[Reason]
    ground: Ground | None = None


class ConcludeNoMatch(Informed):
    """Conclude, with reasons, that no section takes the case on; by the usual clauses, where none is named."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.WINDOW_HEAD})
    reasons: Confidential[Reason]
    clauses: tuple[ClauseId, ...] = Field(default=(), max_length=20)
    usual_clauses: Given[tuple[ClauseId, ...]] = ()  # what such a refusal rests on, as the edition says


class NoteProposers(Command):
    """These persons act for the partner, too."""

    by: ClassVar[frozenset[Role]] = SERVICE
    persons: tuple[Pseudonym, ...] = Field(max_length=1000)


class RequestReconsideration(Command):
    """Ask that the decision be looked at again."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.PROPOSER})
    grounds: Confidential[Text]


class UpholdDecision(Informed):
    """Looked at again: the decision stands."""

    by: ClassVar[frozenset[Role]] = DECIDERS
    reasons: Confidential[Reason]


class RevokeDecision(Informed):
    """Looked at again: the decision falls, and sections are asked anew."""

    by: ClassVar[frozenset[Role]] = DECIDERS
    reasons: Confidential[Reason]


class ReopenMatching(Informed):
    """The talks with this section are over: find another one."""

    by: ClassVar[frozenset[Role]] = SERVICE
    section: SectionId
    reason: Confidential[Reason]


class DeclareConflict(Informed):
    """Say who is partial in this case: a person, or everybody in a section."""

    by: ClassVar[frozenset[Role]] = OFFICE | {Role.CONTRACT_SECTION, Role.SECTION}
    section: SectionId
    person: Pseudonym | None = None
    whole_section: bool = False
    reason: Confidential[Reason]


class NoteConflicts(Informed):
    """The register of interests has a new entry about who proposes."""

    by: ClassVar[frozenset[Role]] = SERVICE


class LookAgain(Informed):
    """A section may have room again."""

    by: ClassVar[frozenset[Role]] = SERVICE


class SettleLead(Command):
    """The case went on past the dialogue."""

    by: ClassVar[frozenset[Role]] = SERVICE


class FreeLead(Command):
    """The section's work on the case is done."""

    by: ClassVar[frozenset[Role]] = SERVICE
    reason: Literal["signed", "not_established", "closed"]


class ResumeLead(Informed):
    """The decision that nothing is established fell: the section leads the case again."""

    by: ClassVar[frozenset[Role]] = SERVICE


class Escalate(Command):
    """The last day for an answer has passed."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.TIMER})
    due: date


class SuspendMatching(Command):
    """A measure or a finding stands against the partner or the project."""

    by: ClassVar[frozenset[Role]] = SERVICE


class EndMatching(Command):
    """The case was found not eligible."""

    by: ClassVar[frozenset[Role]] = SERVICE
    clauses: tuple[ClauseId, ...] = ()


class CloseMatching(Command):
    """The proposal was withdrawn."""

    by: ClassVar[frozenset[Role]] = SERVICE


Asked = (
    NotePartner
    | RankSections
    | OpenMatching
    | FollowGuideline
    | ProposeMatch
    | AcceptMatch
    | DeclineMatch
    | ConcludeNoMatch
    | UpholdDecision
    | RevokeDecision
    | ResumeLead
    | ReopenMatching
    | DeclareConflict
    | NoteConflicts
    | LookAgain
)  # after each of these it is seen who is asked next
Told = (
    NoteProposers
    | RequestReconsideration
    | SettleLead
    | FreeLead
    | Escalate
    | SuspendMatching
    | EndMatching
    | CloseMatching
)
MatchingCommand = Asked | Told
