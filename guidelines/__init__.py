"""The law as data: one folder per edition of a municipality's guideline, and the one way to read it.

guidelines/<municipality>/<edition>/edition.json     what it is, its periods, which clause is of which sort
                                    clauses.json     every clause that can be cited, with its text
                                    sections.json    sections of the city that take proposals on
                                    thresholds.json  amounts by day and kind of contract
                                    rules/*.json     decision tables (JDM), their tests beside them in rules/tests/
                                    catalogue.json   places, data, people that can be asked for
                                    notices/         templates of what is written to people

More packs, of a new edition or another city, are found in the folders that `RENKEI_GUIDELINES` lists. They are
read once by a running process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from contracts.text import ClauseId, EditionId
from guidelines import packs
from guidelines.edition import (
    Clause,
    ContractLimits,
    Delegate,
    Edition,
    NoLimitKnown,
    Periods,
    Register,
    Section,
    Thresholds,
)
from guidelines.packs import AmbiguousPack, BrokenPack

__all__ = [
    "AmbiguousPack",
    "BrokenPack",
    "Clause",
    "ContractLimits",
    "Delegate",
    "Edition",
    "Law",
    "NoEditionInForce",
    "NoLimitKnown",
    "NoSuchEdition",
    "Periods",
    "Register",
    "Section",
    "Thresholds",
    "editions",
    "folder_of",
    "in_force",
    "law_in_force",
    "load",
    "read_edition",
]

PARTS = ("clauses", "sections", "thresholds")


class NoSuchEdition(LookupError):
    """There is no edition of this name."""


class NoEditionInForce(LookupError):
    """This municipality had no guideline on that day."""


@dataclass(frozen=True, slots=True)
class Law:
    """The exclusions that protect the law, as of a day: they bind cases of earlier editions as well (V32)."""

    edition: EditionId  # where they stand
    partner_clauses: tuple[ClauseId, ...]
    project_clauses: tuple[ClauseId, ...]
    registers: Mapping[Register, ClauseId]  # those of them that a register answers

    @property
    def clauses(self) -> tuple[ClauseId, ...]:
        return self.partner_clauses + self.project_clauses


def load(edition_id: str) -> Edition:
    """The edition of this id, e.g. `tokorozawa/2023-07`. Raises NoSuchEdition or BrokenPack."""
    return read_edition(folder_of(edition_id))


def folder_of(edition_id: str) -> Path:
    """Where the files of an edition lie. Raises NoSuchEdition."""
    try:
        return packs.find(packs.roots())[edition_id]
    except KeyError:
        raise NoSuchEdition(edition_id) from None


@cache
def read_edition(folder: Path) -> Edition:
    """The edition in a folder `<municipality>/<edition>`. Raises BrokenPack."""
    edition: Edition = packs.validated(Edition, folder, "edition", PARTS)
    if edition.id != f"{folder.parent.name}/{folder.name}":
        raise BrokenPack(f"{folder / 'edition.json'}: id: {edition.id} does not lie in a folder of that name")
    return edition


def editions() -> tuple[str, ...]:
    """Ids of all editions there are, oldest first within a municipality."""
    return tuple(packs.find(packs.roots()))


def in_force(municipality: str, day: date) -> Edition:
    """The edition that holds in a municipality on a day. Raises NoEditionInForce or BrokenPack."""
    candidates = [
        (effective, id_)
        for id_ in editions()
        for code, effective in [_head(folder_of(id_))]
        if code == municipality and effective <= day
    ]
    if not candidates:
        raise NoEditionInForce(f"{municipality} on {day}")
    return load(max(candidates)[1])


def law_in_force(municipality: str, day: date) -> Law:
    """The exclusions that protect the law on a day, whatever edition a case is bound to (V32).

    Raises NoEditionInForce or BrokenPack.
    """
    edition = in_force(municipality, day)
    protecting = set(edition.law_clauses)
    return Law(
        edition=edition.id,
        partner_clauses=tuple(c for c in edition.partner_clauses if c in protecting),
        project_clauses=tuple(c for c in edition.project_clauses if c in protecting),
        registers={register: c for register, c in edition.registers.items() if c in protecting},
    )


@cache
def _head(folder: Path) -> tuple[str, date]:
    """Whose edition it is, and from when on: a pack with a mistake elsewhere stops its own city alone."""
    path = folder / "edition.json"
    head = packs.read(path)
    try:
        return str(head["municipality"]), date.fromisoformat(head["effective"])
    except (KeyError, TypeError, ValueError):
        raise BrokenPack(
            f"{path}: municipality and effective say whose it is, and from which day on"
        ) from None
