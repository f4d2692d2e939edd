"""What importing a file would change, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from deploy.registers.entries import HIDDEN, LINKS, NOT_COMPARED, Entry, Wrong
from deploy.registers.files import Row

ENDS = {"valid_to", "to"}


@dataclass(frozen=True)
class Change:
    """An entry that the register has otherwise: field → before, after."""

    entry: Entry
    fields: Mapping[str, tuple[Any, Any]]

    @property
    def shown(self) -> dict[str, tuple[Any, Any]]:
        """The same without what is personal."""
        secret = ("(confidential)", "(confidential)")
        return {name: secret if name in HIDDEN else pair for name, pair in self.fields.items()}


@dataclass(frozen=True)
class Changes:
    """What a file would change in one register."""

    register: str
    added: Sequence[Entry] = ()
    changed: Sequence[Change] = ()
    ended: Sequence[Change] = ()  # given another last day, and nothing else
    unchanged: Sequence[Entry] = ()
    missing: Sequence[str] = ()  # known, and not in the file
    wrong: Sequence[Wrong] = ()
    notices: Sequence[str] = field(default=())

    @property
    def any(self) -> bool:
        return bool(self.added or self.changed or self.ended)

    def as_json(self) -> dict[str, Any]:
        return {
            "register": self.register,
            "added": [entry.id for entry in self.added],
            "changed": [{"id": each.entry.id, "fields": each.shown} for each in self.changed],
            "ended": [{"id": each.entry.id, "fields": each.shown} for each in self.ended],
            "unchanged": len(self.unchanged),
            "missing": list(self.missing),
            "wrong": [{"place": w.place, "id": w.id, "reasons": list(w.reasons)} for w in self.wrong],
            "notices": list(self.notices),
        }


def changes(
    register: str, rows: Sequence[Row], read: Sequence[Entry | Wrong], known: Mapping[str, Mapping[str, Any]]
) -> Changes:
    """`known`: what the register has, by id, as the service lists it."""
    entries = {each.id: each for each in read if isinstance(each, Entry)}
    wrong = [each for each in read if isinstance(each, Wrong)] + list(_twice(read))
    differing = {
        id_: Change(entry, fields)
        for id_, entry in entries.items()
        if id_ in known and (fields := _fields(known[id_], entry.data))
    }
    return Changes(
        register,
        added=[entry for id_, entry in entries.items() if id_ not in known],
        changed=[each for each in differing.values() if not set(each.fields) <= ENDS],
        ended=[each for each in differing.values() if set(each.fields) <= ENDS],
        unchanged=[entry for id_, entry in entries.items() if id_ in known and id_ not in differing],
        missing=sorted(known.keys() - {each.id for each in read}),
        wrong=wrong,
        notices=[*_not_taken_over(rows), *_overlapping(register, entries.values())],
    )


def _fields(known: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {
        name: (known.get(name), value)
        for name, value in data.items()
        if name not in NOT_COMPARED and known.get(name) != value
    }


def _twice(read: Sequence[Entry | Wrong]) -> Iterator[Wrong]:
    """One number stands for one entry."""
    first: dict[str, Entry] = {}
    for each in read:
        if isinstance(each, Entry) and (before := first.setdefault(each.id, each)) is not each:
            yield Wrong(each.place, each.id, (f"id: stands at {before.place} too",))


def _not_taken_over(rows: Sequence[Row]) -> Iterator[str]:
    unknown = dict.fromkeys(title for row in rows for title in row.unknown)
    if unknown:
        yield f"not taken over: {', '.join(unknown)}"


def _overlapping(register: str, entries: Iterable[Entry]) -> Iterator[str]:
    """Entries about one firm at the same time are all kept: while one of them lasts, the firm is excluded."""
    by_firm: dict[str, list[Entry]] = {}
    for entry in entries if register != LINKS else ():
        if entry.firm:
            by_firm.setdefault(entry.firm, []).append(entry)
    for firm, theirs in by_firm.items():
        for earlier, later in pairwise(sorted(theirs, key=lambda entry: entry.period)):
            if later.period[0] <= earlier.period[1]:
                last = max(earlier.period[1], later.period[1])
                until = f"until {last}" if last < date.max else "with no end"
                yield f"{firm}: {earlier.id} and {later.id} overlap; the longest counts, {until}"
