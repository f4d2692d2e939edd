"""How right the flags are on labelled pairs: one JSON object a line.

`{"id", "applicant": {"name", "corporate_number", "address", "representative"}, "register": {…}, "same", "kind"}`. Only
`same` and the two sides are needed; `kind` is told beside the figures and is never looked at. What is missing or null
in a side is unknown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from services.screening.firms.likeness import THRESHOLD, compare
from services.screening.firms.records import FirmRecord, Likeness

FIELDS = ("name", "corporate_number", "address", "representative")


class CannotBeRead(Exception):
    """The file of pairs cannot be used; the message says which line, and why."""


@dataclass(frozen=True, slots=True)
class Pair:
    line: int
    id: str
    kind: str
    applicant: FirmRecord
    entry: FirmRecord
    same: bool


@dataclass(frozen=True, slots=True)
class Confusion:
    """Pairs that are one firm, flagged or missed; pairs that are two, flagged wrongly or passed."""

    flagged: int = 0
    missed: int = 0
    wrongly_flagged: int = 0
    passed: int = 0

    @property
    def recall(self) -> float | None:
        """Of the pairs that are one firm, the share that is flagged; None where there is no such pair."""
        return _share(self.flagged, self.missed)

    @property
    def precision(self) -> float | None:
        """Of the flags, the share that is right; None where there is no flag."""
        return _share(self.flagged, self.wrongly_flagged)


@dataclass(frozen=True, slots=True)
class Judged:
    pair: Pair
    likeness: Likeness

    @property
    def right(self) -> bool:
        return self.likeness.flag == self.pair.same


@dataclass(frozen=True, slots=True)
class Figures:
    judged: tuple[Judged, ...]

    @property
    def n(self) -> int:
        return len(self.judged)

    @property
    def all(self) -> Confusion:
        return confusion(self.judged)

    @property
    def kinds(self) -> dict[str, Confusion]:
        names = dict.fromkeys(each.pair.kind for each in self.judged)
        return {name: confusion(each for each in self.judged if each.pair.kind == name) for name in names}

    @property
    def wrong(self) -> Sequence[Judged]:
        return [each for each in self.judged if not each.right]

    def as_json(self) -> dict[str, Any]:
        return {
            "recall": self.all.recall,
            "precision": self.all.precision,
            "n": self.n,
            "threshold": THRESHOLD,
            "confusion": asdict(self.all),
            "kinds": {kind: asdict(found) for kind, found in self.kinds.items()},
            "wrong": [
                {"line": each.pair.line, "id": each.pair.id, "kind": each.pair.kind, "same": each.pair.same}
                | asdict(each.likeness)
                for each in self.wrong
            ],
        }


def evaluate(file: Path) -> Figures:
    """Compare every pair of the file. Raises `CannotBeRead`."""
    return judge(read(file))


def judge(pairs: Iterable[Pair]) -> Figures:
    return Figures(tuple(Judged(pair, compare(pair.applicant, pair.entry)) for pair in pairs))


def confusion(judged: Iterable[Judged]) -> Confusion:
    counts = [0, 0, 0, 0]
    for each in judged:
        counts[(0 if each.pair.same else 2) + (0 if each.likeness.flag else 1)] += 1
    return Confusion(*counts)


def read(file: Path) -> list[Pair]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotBeRead(f"{file}: not UTF-8 (byte {error.start}).") from None
    except OSError as error:
        raise CannotBeRead(f"{file}: {error.strerror or error}.") from None
    pairs = list(_pairs(file, text))
    if not pairs:
        raise CannotBeRead(f"{file}: no pair in it.")
    return pairs


def _pairs(file: Path, text: str) -> Iterator[Pair]:
    for number, line in enumerate(text.split("\n"), 1):  # other ends of line may stand within a string
        if not line.strip():
            continue
        try:
            yield _pair(number, json.loads(line))
        except json.JSONDecodeError as error:
            raise CannotBeRead(
                f"{file}, line {number}: not JSON ({error.msg}, column {error.colno})."
            ) from None
        except (ValueError, RecursionError) as error:
            raise CannotBeRead(f"{file}, line {number}: {error}.") from None


def _pair(number: int, row: Any) -> Pair:
    if not isinstance(row, dict):
        raise ValueError("an object is expected")
    if not isinstance(same := row.get("same"), bool):
        raise ValueError('"same" has to be true or false')
    sides = [_record(row, side) for side in ("applicant", "register")]
    return Pair(number, str(row.get("id") or number), str(row.get("kind") or "–"), sides[0], sides[1], same)


def _record(row: dict[str, Any], side: str) -> FirmRecord:
    given = row.get(side)
    if not isinstance(given, dict):
        raise ValueError(f'"{side}" has to be an object')
    values: dict[str, str | None] = {}
    for field in FIELDS:
        value = given.get(field)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)  # a number without its quotes
        if not isinstance(value, str | None):
            raise ValueError(f'"{side}": "{field}" has to be text or null')
        values[field] = value
    return FirmRecord(
        values["name"] or "", values["corporate_number"], values["address"], values["representative"]
    )


def _share(right: int, wrong: int) -> float | None:
    return right / (right + wrong) if right + wrong else None
