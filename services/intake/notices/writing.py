"""An issued notice as the mail it goes in, written from the streams when it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import guidelines
from chassis.decider import Command, Recorded
from chassis.event_store import EventStore
from chassis.mail import Done, Mail, Queue, Write
from contracts.actors import Actor, Role
from contracts.intake import NoticeIssued, NoticeSent, NoticeUndeliverable
from contracts.text import ClauseId, EditionId
from guidelines import Edition, NoSuchEdition, Section, notices
from guidelines.notices import Cited, Letter
from guidelines.wording import wareki
from services.intake.domain.notices import NOTICES, NoteSent, NoteUndeliverable
from services.intake.notices.parties import CONSULTATION, Party, party

INTAKE = Actor(role=Role.SERVICE, id="intake")
NOBODY = Party(receipt_number="", received_on=datetime.min.date())


def mailed(recorded: Recorded) -> Sequence[Queue | Done]:
    """Which mails wait: one for each notice that is issued and neither sent nor undeliverable."""
    match recorded.fact:
        case NoticeIssued(of=of):
            return [Queue(of)]
        case NoticeSent(of=of) | NoticeUndeliverable(of=of):
            return [Done(of)]
        case _:
            return []


def writer(store: EventStore, sender: str | None) -> Write:
    """Writes mails, from `sender` or else from the office's own address."""

    async def write(recorded: Recorded) -> Mail:
        """The mail of a notice. Raises what is wrong with its pack."""
        notice = recorded.fact
        assert isinstance(notice, NoticeIssued)
        edition = guidelines.load(notice.edition)
        whose = await party(store, recorded.id, asks=notice.kind.startswith(CONSULTATION)) or NOBODY
        written = notices.write(
            edition, notice.kind, letter(edition, notice, whose), by_post=notice.way == "post"
        )
        text = written.text
        if notice.kind == "undeliverable":
            original = await _original(store, recorded)
            first = guidelines.load(original.edition)
            text += f"\n{notices.write(first, original.kind, letter(first, original, whose)).text}"
        _, _, domain = edition.office_contact.rpartition("@")

        def sent(at: datetime) -> Command:
            return NoteSent(actor=INTAKE, at=at, of=notice.of, message_id=message_id)

        def undeliverable(at: datetime, reason: str) -> Command:
            return NoteUndeliverable(actor=INTAKE, at=at, of=notice.of, reason=reason)

        message_id = f"<{recorded.envelope.id}@{domain}>"
        return Mail(
            message_id=message_id,
            at=recorded.envelope.time,
            sender=sender or edition.office_contact,
            to=_address(edition, notice, whose),
            subject=f"{written.subject} {notice.number or whose.receipt_number}".strip(),
            text=text,
            sent=sent,
            undeliverable=undeliverable,
        )

    return write


def _address(edition: Edition, notice: NoticeIssued, whose: Party) -> str:
    if notice.to == "proposer" and notice.way == "mail" and whose.address:
        return whose.address
    if notice.to == "section" and (section := _section(edition, notice)):
        return section.contact or edition.office_contact
    return edition.office_contact


def _section(edition: Edition, notice: NoticeIssued) -> Section | None:
    return next((section for section in edition.sections if section.id == notice.section), None)


async def _original(store: EventStore, recorded: Recorded) -> NoticeIssued:
    """The notice that did not arrive: `of` is the fact that said so."""
    assert isinstance(recorded.fact, NoticeIssued)
    facts = {e.id: e.fact() for e in await store.load(NOTICES.stream(recorded.id))}
    failed = facts[recorded.fact.of]
    assert isinstance(failed, NoticeUndeliverable)
    return next(f for f in facts.values() if isinstance(f, NoticeIssued) and f.of == failed.of)


def letter(edition: Edition, notice: NoticeIssued, whose: Party) -> Letter:
    """All that the templates may say of a notice. Raises NoSuchEdition for a clause that stands nowhere (V08)."""
    return Letter(
        number=notice.number or "",
        issued_on=notice.issued_on,
        authority=notices.of(edition).authority,
        office=edition.issued_by,
        contact=edition.office_contact,
        guideline=edition.title,
        effective=edition.effective,
        receipt_number=whose.receipt_number,
        case=notice.case,
        addressee=whose.organisation,
        representative=whose.representative,
        received_on=whose.received_on if whose is not NOBODY else None,
        clauses=tuple(_cited(clause, notice.edition, notice.law_edition) for clause in notice.cites),
        until=notice.until,
        section=_section(edition, notice),
        words=tuple(words.reveal() for words in notice.words),
        about=_about(notice),
    )


def _about(notice: NoticeIssued) -> str:
    if notice.kind == "migrated" and notice.about:
        before = guidelines.load(notice.about)
        return f"「{before.title}」({wareki(before.effective)}から適用のもの)"
    return notice.about or ""


def _cited(clause: ClauseId, edition_id: EditionId, law_edition: EditionId | None) -> Cited:
    """V08: a clause as it stands in the edition of the case, or in the one that protects the law (V32)."""
    for id_ in filter(None, (edition_id, law_edition)):
        edition = guidelines.load(id_)
        if clause in {known.id for known in edition.clauses}:
            found = edition.clause(clause)
            return Cited(found.id, found.heading, found.text, edition.title)
    raise NoSuchEdition(f"{clause} stands in none of {edition_id}, {law_edition}")
