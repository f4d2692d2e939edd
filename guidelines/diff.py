"""What one edition has and another has not, by clause: what a reader of a revision has to know (V32)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from guidelines import packs, read_edition
from guidelines.edition import Edition
from guidelines.jdm import ColumnOf, TableContent
from guidelines.rules import names, rule_of

Kind = Literal["added", "removed", "changed"]
HEAD = ("title", "issued_by", "office_contact", "effective", "running_cases", "zone")
OWN = frozenset({"edition", "clauses", "sections", "thresholds"})  # told part by part
SORTS = ("partner_clauses", "project_clauses", "mayor_clauses", "law_clauses", "terms")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs; `before` or `after` is None where it is not there."""

    part: str  # clauses, requirements, periods, …
    what: str
    before: str | None
    after: str | None

    @property
    def kind(self) -> Kind:
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


def compare(before: Path, after: Path) -> list[Change]:
    """Every difference between the editions in two folders, in the order of the parts. Raises BrokenPack."""
    old, new = aspects(before), aspects(after)
    return [
        Change(part, what, old[part].get(what), new[part].get(what))
        for part in old
        for what in dict.fromkeys([*old[part], *new[part]])
        if old[part].get(what) != new[part].get(what)
    ]


def of_clauses(changes: Iterable[Change]) -> dict[str, Kind]:
    """Clause → how it changed: its words, or, where they stay, what sort of clause it is."""
    found: dict[str, Kind] = {}
    for change in changes:
        if change.part == "clauses":
            found[change.what] = change.kind
        elif change.part == "requirements":
            found.setdefault(change.what, "changed")
    return found


def digest(changes: Iterable[Change]) -> str:
    """SHA-256 over all that differs, as JSON."""
    told = [[each.part, each.what, each.before, each.after] for each in changes]
    return hashlib.sha256(_json(told).encode()).hexdigest()


def aspects(folder: Path) -> dict[str, dict[str, str]]:
    """All that an edition says: part → thing → what it says of it."""
    edition = read_edition(folder)
    return {
        "edition": {name: str(getattr(edition, name)) for name in HEAD},
        "clauses": {clause.id: f"{clause.heading}: {clause.text}" for clause in edition.clauses},
        "requirements": dict(_sorts(edition)),
        "periods": {name: str(value) for name, value in edition.periods},
        "agreements": {name: str(value) for name, value in edition.agreements},
        "calendar": {name: _json(value) for name, value in edition.calendar.model_dump(mode="json").items()},
        "delegates": {each.id: _json(each.model_dump(mode="json")) for each in edition.delegates},
        "thresholds": dict(_limits(edition)),
        "sections": dict(_sections(edition)),
        "others": dict(_others(folder)),
        "rules": dict(_rules(folder)),
        "notices": dict(_files(folder / "notices")),
        "to check": dict(_notes(edition)),
    }


def _sorts(edition: Edition) -> Iterator[tuple[str, str]]:
    """Clause → of which sorts it is: a clause may stay and begin to exclude."""
    for clause in edition.clauses:
        sorts = [name for name in SORTS if clause.id in getattr(edition, name)]
        sorts += [f"register {name}" for name, answered in edition.registers.items() if answered == clause.id]
        if sorts:
            yield clause.id, ", ".join(sorts)


def _limits(edition: Edition) -> Iterator[tuple[str, str]]:
    for limits in edition.thresholds.small_contract_limits:
        amounts: Mapping[str, Any] = limits.model_dump(mode="json", exclude={"from_", "to"})
        until = limits.to or "…"
        for kind, yen in amounts.items():
            yield f"small_contract_limits {limits.from_}: {kind}", f"{yen:,} (until {until})"


def _sections(edition: Edition) -> Iterator[tuple[str, str]]:
    for section in edition.sections:
        for name, value in section.model_dump(mode="json").items():
            if name != "id" and value not in (None, []):
                yield f"{section.id} {name}", value if isinstance(value, str) else _json(value)


def _rules(folder: Path) -> Iterator[tuple[str, str]]:
    """Each row of each table; and for what is no row, the file."""
    for name in names(folder):
        rule = rule_of(folder, name)
        for table in rule.content.tables:
            for row in table.content.rules:
                yield f"{name}: {table.id}: {row['_id']}", _row(row, table.content)
            if table.content.hit_policy == "first":
                yield (
                    f"{name}: {table.id}: order of the rows",
                    ", ".join(r["_id"] for r in table.content.rules),
                )
        rest = packs.read(rule.path)
        for node in rest["nodes"]:
            (node.get("content") or {}).pop("rules", None)
        yield f"{name}: all but its rows", f"SHA-256 {hashlib.sha256(_json(rest).encode()).hexdigest()[:16]}"


def _others(folder: Path) -> Iterator[tuple[str, str]]:
    """What an edition holds beside: lists of named things by their names, anything else as a whole."""
    for path in sorted(folder.glob("*.json")):
        if path.stem in OWN:
            continue
        value = packs.read(path)
        named = isinstance(value, list) and all(isinstance(each, dict) and "name" in each for each in value)
        for what, each in ((each["name"], each) for each in value) if named else ((None, value),):
            yield f"{path.stem}: {what}" if what else path.stem, _json(each)


def _notes(edition: Edition) -> Iterator[tuple[str, str]]:
    """What was not verified, by what it is about."""
    notes: dict[str, list[str]] = {}
    for note in (*edition.to_check, *edition.thresholds.to_check):
        about, _, rest = note.partition(": ")
        notes.setdefault(about, []).append(rest or note)
    for about, told in notes.items():
        yield about, " / ".join(told)


def _row(row: Mapping[str, str], content: TableContent) -> str:
    """A row as one reads it: the columns that matter, and what follows."""

    def cells(columns: tuple[ColumnOf, ...]) -> str:
        filled = [(column.name or column.id, row.get(column.id)) for column in columns]
        return ", ".join(f"{title} {cell}" for title, cell in filled if cell)

    return f"{row.get('_description', '')} ({cells(content.inputs)} → {cells(content.outputs)})"


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        yield path.relative_to(folder).as_posix(), f"SHA-256 {digest[:16]}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
