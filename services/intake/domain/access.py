"""Who may read an idea, and who did (GL5-04): the window always, a section or a reviewer while they work on the case.

Pure: no I/O, no clock, no new ids. Who is partial reads nothing, whatever else is said (V19); every reading is kept
with its purpose (V17).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal, assert_never

from chassis.decider import Command, Decider, Given, NotYours
from contracts.actors import Pseudonym, Role
from contracts.intake import AccessClosed, AccessOpened, IdeaRead
from contracts.text import Name, SectionId
from services.intake.domain.roles import OFFICE, SECTION, SERVICE

Why = Literal["conflict", "over", "withdrawn"]
ALWAYS = OFFICE | {Role.DELEGATE, Role.MAYOR}
READERS = ALWAYS | SECTION | {Role.REVIEWER, Role.PROPOSER}


class NotOnThisCase(NotYours):
    """Only who works on this case may read its idea."""


class Partial(NotYours):
    """You, or your section, have an interest in this case; it is read by others."""


class ReadIdea(Command):
    """Read the proposal, on the screen or on paper, and say for what."""

    by: ClassVar[frozenset[Role]] = READERS
    purpose: Name
    proved: Given[bool] = False  # the secret of the receipt fits


class AdmitSections(Command):
    """These sections work on the case, and no others."""

    by: ClassVar[frozenset[Role]] = SERVICE
    sections: tuple[SectionId, ...]


class AdmitReviewers(Command):
    """These review the case."""

    by: ClassVar[frozenset[Role]] = SERVICE
    persons: tuple[Pseudonym, ...]


class CloseAccess(Command):
    """This section works on the case no longer; None: nobody does."""

    by: ClassVar[frozenset[Role]] = SERVICE
    section: SectionId | None = None
    reason: Literal["over", "withdrawn"] = "over"


class ReopenAccess(Command):
    """The withdrawal came too late: the case goes on with those who worked on it."""

    by: ClassVar[frozenset[Role]] = SERVICE


class BarFromIdea(Command):
    """This person, or this whole section, is partial."""

    by: ClassVar[frozenset[Role]] = SERVICE
    section: SectionId | None = None
    person: Pseudonym | None = None


AccessCommand = ReadIdea | AdmitSections | AdmitReviewers | CloseAccess | ReopenAccess | BarFromIdea
AccessFact = IdeaRead | AccessOpened | AccessClosed


@dataclass(frozen=True, slots=True)
class Access:
    """Who may read. A person and a section never have the same name: sections are kept as `section/S14`."""

    working: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()  # who worked on it when it was withdrawn
    partial: frozenset[str] = frozenset()


def decide(command: AccessCommand, state: Access) -> list[AccessFact]:
    match command:
        case ReadIdea(actor=actor):
            _may_read(command, state)
            return [
                IdeaRead(reader=actor.id, role=actor.role, section=actor.section, purpose=command.purpose)
            ]
        case AdmitSections():
            wanted = {*map(_section, command.sections)} - state.partial
            over = {who for who in state.working - wanted if "/" in who}
            return [
                *(_closed(who, "over") for who in sorted(over)),
                *(_opened(who) for who in sorted(wanted - state.working)),
            ]
        case AdmitReviewers():
            return [_opened(who) for who in sorted({*command.persons} - state.working - state.partial)]
        case CloseAccess(section=None):
            return [_closed(who, command.reason) for who in sorted(state.working)]
        case CloseAccess(section=section):
            who = _section(section or "")
            return [_closed(who, command.reason)] if who in state.working else []
        case ReopenAccess():
            return [_opened(who) for who in sorted(state.left - state.working - state.partial)]
        case BarFromIdea(section=None, person=None):
            return []  # nobody was named
        case BarFromIdea(section=section, person=person):
            who = person or _section(section or "")
            return [] if who in state.partial else [_closed(who, "conflict")]
        case _:
            assert_never(command)


def evolve(state: Access, fact: AccessFact) -> Access:
    match fact:
        case IdeaRead():
            return state
        case AccessOpened():
            who = _who(fact)
            return replace(state, working=state.working | {who}, left=state.left - {who})
        case AccessClosed(reason="conflict"):
            who = _who(fact)
            return Access(state.working - {who}, state.left - {who}, state.partial | {who})
        case AccessClosed(reason=reason):
            who = _who(fact)
            left = state.left | {who} if reason == "withdrawn" else state.left
            return replace(state, working=state.working - {who}, left=left)
        case _:
            assert_never(fact)


def _may_read(command: ReadIdea, state: Access) -> None:
    """V19 before everything; then GL5-04: those who work on the case, and who proposed it."""
    actor = command.actor
    section = _section(actor.section or "")
    if state.partial & {actor.id, section}:
        raise Partial()
    match actor.role:
        case Role.SECTION:
            allowed = section in state.working
        case Role.REVIEWER:
            allowed = actor.id in state.working
        case Role.PROPOSER:
            allowed = command.proved
        case _:
            allowed = True
    if not allowed:
        raise NotOnThisCase()


def _section(section: SectionId) -> str:
    return f"section/{section}"


def _who(fact: AccessOpened | AccessClosed) -> str:
    return fact.person or _section(fact.section or "")


def _opened(who: str) -> AccessOpened:
    kind, _, section = who.rpartition("/")
    return AccessOpened(section=section) if kind else AccessOpened(person=who)


def _closed(who: str, reason: Why) -> AccessClosed:
    kind, _, section = who.rpartition("/")
    return AccessClosed(section=section, reason=reason) if kind else AccessClosed(person=who, reason=reason)


ACCESS: Decider[AccessCommand, Access, AccessFact] = Decider(
    "access",
    (ReadIdea, AdmitSections, AdmitReviewers, CloseAccess, ReopenAccess, BarFromIdea),
    Access(),
    decide,
    evolve,
)
