"""The notices of a case: each fact is told of once, and what became of the mail is kept.

Pure: no I/O, no clock, no new ids. What a notice says comes with its command; facts keep it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import ClassVar, Literal, assert_never

from pydantic import Field

from chassis.decider import Command, Decider
from contracts.actors import Role
from contracts.confidential import Confidential
from contracts.intake import Addressee, NoticeIssued, NoticeKind, NoticeSent, NoticeUndeliverable
from contracts.text import CaseId, ClauseId, EditionId, Reference, SectionId, Text

SERVICE = frozenset({Role.SERVICE})


class IssueNotice(Command):
    """A fact is to be told to whom it concerns; the fields are those of `NoticeIssued`."""

    by: ClassVar[frozenset[Role]] = SERVICE
    number: Reference | None = None
    kind: NoticeKind
    case: CaseId
    cites: tuple[ClauseId, ...] = ()
    edition: EditionId
    law_edition: EditionId | None = None
    of: Reference
    to: Addressee
    way: Literal["mail", "post"] = "mail"
    issued_on: date
    until: date | None = None
    section: SectionId | None = None
    about: Reference | None = None
    words: tuple[Confidential[Text], ...] = Field(default=(), max_length=100)


class NoteSent(Command):
    """The mail server took a notice."""

    by: ClassVar[frozenset[Role]] = SERVICE
    of: Reference
    message_id: Reference


class NoteUndeliverable(Command):
    """The mail server refused a notice for good."""

    by: ClassVar[frozenset[Role]] = SERVICE
    of: Reference
    reason: Reference


NoticeCommand = IssueNotice | NoteSent | NoteUndeliverable
NoticeFact = NoticeIssued | NoticeSent | NoticeUndeliverable


@dataclass(frozen=True, slots=True)
class Notices:
    """What was told, by the id of the fact it told of; and what the latest adverse decision rested on."""

    issued: frozenset[str] = frozenset()
    waiting: MappingProxyType[str, Addressee] = field(default_factory=lambda: MappingProxyType({}))
    cited: NoticeIssued | None = None


def decide(command: NoticeCommand, state: Notices) -> list[NoticeFact]:
    match command:
        case IssueNotice():
            return [] if command.of in state.issued else [_issued(command, state)]
        case NoteSent(of=of):
            return [NoticeSent(of=of, message_id=command.message_id)] if of in state.waiting else []
        case NoteUndeliverable(of=of):
            if of not in state.waiting:
                return []
            return [NoticeUndeliverable(of=of, to=state.waiting[of], reason=command.reason)]
        case _:
            assert_never(command)


def evolve(state: Notices, fact: NoticeFact) -> Notices:
    match fact:
        case NoticeIssued():
            return replace(
                state,
                issued=state.issued | {fact.of},
                waiting=MappingProxyType({**state.waiting, fact.of: fact.to}),
                cited=fact if fact.kind in REFUSALS else state.cited,
            )
        case NoticeSent(of=of) | NoticeUndeliverable(of=of):
            left = {other: to for other, to in state.waiting.items() if other != of}
            return replace(state, waiting=MappingProxyType(left))
        case _:
            assert_never(fact)


REFUSALS: frozenset[NoticeKind] = frozenset({"ineligible", "no_match", "not_established"})


def _issued(command: IssueNotice, state: Notices) -> NoticeIssued:
    """V07: a refusal that is upheld rests on what it rested on before."""
    cites, law_edition = command.cites, command.law_edition
    if command.kind == "upheld" and not cites and state.cited is not None:
        cites, law_edition = state.cited.cites, state.cited.law_edition
    return NoticeIssued(
        number=command.number,
        kind=command.kind,
        case=command.case,
        cites=cites,
        edition=command.edition,
        law_edition=law_edition,
        of=command.of,
        to=command.to,
        way=command.way,
        issued_on=command.issued_on,
        until=command.until,
        section=command.section,
        about=command.about,
        words=command.words,
    )


NOTICES: Decider[NoticeCommand, Notices, NoticeFact] = Decider(
    "notice", (IssueNotice, NoteSent, NoteUndeliverable), Notices(), decide, evolve
)
