"""The law as data: one folder per edition of a municipality's guideline, and the one way to read it.

guidelines/<municipality>/<edition>/edition.json    what it is, its periods, which clause is of which sort
                                    clauses.json    every clause that can be cited, with its text
                                    sections.json   sections of the city that take proposals on
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from contracts.text import ClauseId, EditionId, Municipality, SectionId

HERE = Path(__file__).parent

Register = Literal["bid_suspension", "gang_exclusion", "art167_4"]


class NoSuchEdition(LookupError):
    """There is no edition of this name."""


class NoEditionInForce(LookupError):
    """This municipality had no guideline on that day."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Clause(_Data):
    """A clause that can be cited, under the heading it stands below."""

    id: ClauseId
    heading: str
    text: str


class Section(_Data):
    """担当課: a section of the city and what it is there for."""

    id: SectionId
    department: str
    name: str
    duties: str
    keywords: tuple[str, ...]


class Periods(_Data):
    """Office days, but for the two that say days: those are calendar days."""

    receipt: int = Field(ge=0)
    correction: int = Field(ge=0)
    screening: int = Field(ge=0)
    section_reply: int = Field(ge=0)
    reconsideration_days: int = Field(ge=0)
    screening_valid_days: int = Field(ge=0)  # how old a partner screening may be at signing (V09)


class Edition(_Data):
    """One edition of a municipality's guideline, in force from `effective` until the next one."""

    municipality: Municipality
    id: EditionId
    title: str
    issued_by: str
    effective: date
    zone: str  # IANA name; days are reckoned there
    clauses: tuple[Clause, ...]
    partner_clauses: tuple[ClauseId, ...]  # 連携対象とする事業者等: none may apply
    project_clauses: tuple[ClauseId, ...]  # 連携対象となる事業: none may apply
    mayor_clauses: tuple[ClauseId, ...]  # those that take a finding of the mayor (V13)
    registers: Mapping[Register, ClauseId]  # which register answers which clause
    periods: Periods
    sections: tuple[Section, ...]
    terms: tuple[ClauseId, ...]  # what a proposer consents to
    to_check: tuple[str, ...] = ()  # not verified against the official text

    @property
    def requirements(self) -> tuple[ClauseId, ...]:
        """Every clause a screening answers, in the order of the guideline."""
        return self.partner_clauses + self.project_clauses

    @property
    def register_clauses(self) -> tuple[ClauseId, ...]:
        """Those answered from the registers, in the order of the guideline."""
        return tuple(clause for clause in self.partner_clauses if clause in self.registers.values())

    def clause(self, id_: str) -> Clause:
        """Raises KeyError."""
        return {clause.id: clause for clause in self.clauses}[id_]

    def section(self, id_: str) -> Section:
        """Raises KeyError."""
        return {section.id: section for section in self.sections}[id_]

    @model_validator(mode="after")
    def _cites_only_its_own(self) -> Self:
        known = {clause.id for clause in self.clauses}
        cited = {*self.requirements, *self.mayor_clauses, *self.registers.values(), *self.terms}
        if unknown := sorted(cited - known):
            raise ValueError(f"{self.id} cites clauses it does not have: {', '.join(unknown)}")
        if not {*self.mayor_clauses, *self.registers.values()} <= set(self.requirements):
            raise ValueError(f"{self.id}: only requirements are left to the mayor or to a register")
        return self


@cache
def load(edition_id: str) -> Edition:
    """The edition of this id, e.g. `tokorozawa/2023-07`. Raises NoSuchEdition."""
    if edition_id not in editions():
        raise NoSuchEdition(edition_id)
    folder = HERE / edition_id
    return Edition.model_validate(
        {
            **_json(folder / "edition.json"),
            "clauses": _json(folder / "clauses.json"),
            "sections": _json(folder / "sections.json"),
        }
    )


@cache
def editions() -> tuple[str, ...]:
    """Ids of all editions there are, oldest first within a municipality."""
    return tuple(sorted(path.parent.relative_to(HERE).as_posix() for path in HERE.glob("*/*/edition.json")))


def in_force(municipality: str, day: date) -> Edition:
    """The edition that holds in a municipality on a day. Raises NoEditionInForce."""
    candidates = [
        edition
        for edition in map(load, editions())
        if edition.municipality == municipality and edition.effective <= day
    ]
    if not candidates:
        raise NoEditionInForce(f"{municipality} on {day}")
    return max(candidates, key=lambda edition: edition.effective)


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
