"""What is written to people: templates of a pack, in the official form and in plain Japanese (やさしい日本語).

    notices/notices.json       form of the numbers, who gives notice, whose templates are used where it has none
    notices/letter.txt         the frame of an official notice;  mail.txt: the frame of a whole mail
    notices/official/<kind>    what each kind of notice says, to proposers;  plain/<kind>: the same in plain words
    notices/office/<kind>      reminders within the office;  post: what is put on top of what goes by post

An edition without `notices/` says things as the edition before it does. Templates are Jinja, in a sandbox, and a name
that is not there is an error. What people wrote comes in as data, and is never read as a template.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import Field, ValidationError, field_validator

from contracts.intake import NoticeKind
from contracts.text import ClauseId, EditionId
from guidelines import packs
from guidelines.edition import Data, Edition, Section
from guidelines.packs import BrokenPack
from guidelines.wording import FILTERS

KINDS: tuple[NoticeKind, ...] = get_args(NoticeKind)
WITHIN_THE_OFFICE = frozenset({"escalation", "undeliverable"})
HEAD, SUFFIX = "notices.json", ".txt"


class NoTemplates(LookupError):
    """Neither this edition nor one before it says how notices are written."""


class Notices(Data):
    """How an edition gives notice."""

    number: str  # of a notice: `{year}` (fiscal) and `{sequence}` are filled in, e.g. 所公連第{year}-{sequence:06d}号
    authority: str = Field(min_length=1)  # who gives notice: 所沢市長
    inherits: EditionId | None = None  # whose templates are used where this pack has none
    cites: Mapping[
        NoticeKind, tuple[ClauseId, ...]
    ] = {}  # what a notice rests on where its fact names no clause

    @field_validator("number")
    @classmethod
    def _counts(cls, form: str) -> str:
        try:
            several = {form.format(year=year, sequence=n) for year in (2023, 2024) for n in (1, 2)}
        except (LookupError, ValueError):
            raise ValueError("only {year} and {sequence} are filled in") from None
        if len(several) < 4 or not all(one.isprintable() and len(one) <= 100 for one in several):
            raise ValueError(
                "a number stands on one line and names {year} and {sequence}, so that no two are alike"
            )
        return form

    def numbered(self, year: int, sequence: int) -> str:
        return self.number.format(year=year, sequence=sequence)


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause as a notice quotes it, with the title of the guideline it stands in."""

    id: str
    heading: str
    text: str
    guideline: str


@dataclass(frozen=True, slots=True)
class Letter:
    """All that a template may say."""

    number: str
    issued_on: date
    authority: str
    office: str
    contact: str  # the office's address of mail
    guideline: str
    effective: date  # from when on this edition of it holds
    receipt_number: str
    case: str
    addressee: str  # the organisation; empty where nobody said
    representative: str
    received_on: date | None
    clauses: tuple[Cited, ...]
    until: date | None
    section: Section | None
    words: tuple[str, ...]
    about: str  # of a reminder: what it waits for

    def data(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Written:
    """A notice as it is read: the subject in one line, and the text."""

    subject: str
    text: str


def of(edition: Edition) -> Notices:
    """How notices of this edition are headed and numbered. Raises NoTemplates or BrokenPack."""
    return _head(_folders(edition.id)[0])


def usual_clauses(edition: Edition, kind: NoticeKind) -> tuple[ClauseId, ...]:
    """What a refusal of this kind rests on, as the edition says, where nobody names a clause (V07, V08)."""
    known = {clause.id for clause in edition.clauses}
    try:
        usual = of(edition).cites.get(kind, ())
    except (NoTemplates, BrokenPack):
        return ()
    return tuple(clause for clause in usual if clause in known)


def write(edition: Edition, kind: NoticeKind, letter: Letter, *, by_post: bool = False) -> Written:
    """The notice in full. Raises NoTemplates, BrokenPack or what Jinja raises for a template that is wrong."""
    environment = _environment(_folders(edition.id))
    data = letter.data()

    def said(name: str, **more: str) -> str:
        return environment.get_template(f"{name}{SUFFIX}").render(**data, **more).strip("\n")

    main = f"{'office' if kind in WITHIN_THE_OFFICE else 'official'}/{kind}"
    template = environment.get_template(f"{main}{SUFFIX}")
    subject = " ".join("".join(template.blocks["subject"](template.new_context(data))).split())
    plain = "" if kind in WITHIN_THE_OFFICE else said(f"plain/{kind}")
    text = said("mail", official=said(main), plain=plain)
    return Written(subject, f"{said('office/post')}\n\n{text}\n" if by_post else f"{text}\n")


def missing_templates(edition: Edition) -> list[str]:
    """What an edition's notices lack, one sentence each: a template, a name in one, a clause."""
    try:
        folders = _folders(edition.id)
        head = _head(folders[0])
    except NoTemplates as error:
        return [f"{error}"]
    except BrokenPack as error:
        return str(error).splitlines()
    known = {clause.id for clause in edition.clauses}
    found = [
        f"{folders[0] / HEAD}: cites.{kind}: {edition.id} has no {clause}"
        for kind, clauses in head.cites.items()
        for clause in clauses
        if clause not in known
    ]
    for kind in KINDS:
        found += dict.fromkeys(_wrong(edition, kind, folders[0]))
    return found


def _wrong(edition: Edition, kind: NoticeKind, folder: Path) -> Iterator[str]:
    """A template is tried with all that it may say, and with as little as there may be."""
    cited = tuple(Cited(c.id, c.heading, c.text, edition.title) for c in edition.clauses[:2])
    day = edition.effective
    full = Letter(
        number=of(edition).numbered(2023, 1), issued_on=day, authority="市長", office=edition.issued_by,
        contact=edition.office_contact, guideline=edition.title, effective=day, receipt_number="2023-000001", case="C",
        addressee="団体", representative="代表", received_on=day, clauses=cited, until=day,
        section=edition.sections[0], words=("理由",), about="screening",
    )  # fmt: skip
    bare = replace(
        full, number="", addressee="", representative="", received_on=None, clauses=(), until=None, section=None,
        words=(), about="",
    )  # fmt: skip
    for letter in (full, bare):
        try:
            written = write(edition, kind, letter, by_post=True)
        except TemplateNotFound as error:
            yield f"{folder}: the template {error.name} is missing"
        except (TemplateError, KeyError, TypeError) as error:
            yield f"{folder}: a template of {kind} is wrong: {error}"
        else:
            if not written.subject:
                yield f"{folder}: {kind}: the subject is empty"
            if letter.receipt_number not in written.text:
                yield f"{folder}: {kind}: the notice does not say its receipt number"
            for clause in letter.clauses if kind in CITING else ():
                if written.text.count(clause.text) < len(("official", "plain")):
                    yield f"{folder}: {kind}: one of the two forms does not quote {clause.id}"


CITING = frozenset(
    {"ineligible", "upheld", "stopped", "no_match", "not_established"}
)  # adverse: their clauses are quoted (V07)


@cache
def _folders(edition_id: str) -> tuple[Path, ...]:
    """Where templates of this edition are looked for, in order. Raises NoTemplates."""
    there = packs.find(packs.roots())
    found: list[Path] = []
    named: str | None = edition_id
    while named in there:
        folder = there[named] / "notices"
        if folder in found:
            break
        if (folder / HEAD).exists():
            found.append(folder)
            named = _head(folder).inherits
        else:
            named = _before(named)
    if not found:
        raise NoTemplates(f"{edition_id}: neither it nor an edition before it has {HEAD} in a folder notices")
    return tuple(found)


def _before(edition_id: str) -> str | None:
    """The edition before this one in the same folder of editions: their names say their month."""
    place, _, _ = edition_id.rpartition("/")
    there = packs.find(packs.roots())
    return max((id_ for id_ in there if id_.startswith(f"{place}/") and id_ < edition_id), default=None)


@cache
def _head(folder: Path) -> Notices:
    path = folder / HEAD
    try:
        return Notices.model_validate(packs.read(path))
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        raise BrokenPack(f"{path}: {'.'.join(map(str, problem['loc']))}: {problem['msg']}") from None


@cache
def _environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters.update(FILTERS)
    return environment
