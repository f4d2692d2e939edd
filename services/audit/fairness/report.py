"""The counts of a period: made case by case, so that no case is kept; then what of them is shown. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from services.audit.fairness.cells import LIMIT, hidden, small, totals_hidden
from services.audit.fairness.course import Course
from services.audit.fairness.intervals import wilson
from services.audit.fairness.pairs import Pairs

DIMENSIONS = ("kind", "size", "locality", "first")

# Of which cases each measure is a rate, and which measures stand or fall together, for they add up.
MEASURES: Mapping[str, tuple[str, ...]] = {
    "submitted": ("established", "not_established", "ineligible", "open"),
    "screened": ("catch_all",),
    "mayor": ("mayor_found",),
    "asked": ("reordered",),
    "procured": ("direct_award",),
}


class Tally:
    """Counts by group; its size depends on how many groups, clauses and sections there are, not on the cases."""

    def __init__(self) -> None:
        self.cases = 0
        self.counts: dict[str, dict[str, Counter[str]]] = {
            dimension: defaultdict(Counter) for dimension in DIMENSIONS
        }
        self.clauses: Counter[str] = Counter()
        self.offers: Counter[str] = Counter()
        self.declines: Counter[str] = Counter()
        self.days: dict[str, Counter[int]] = defaultdict(Counter)
        self.pairs = Pairs()

    def add(self, seen: Course) -> None:
        self.cases += 1
        marks = _marks(seen)
        for dimension in DIMENSIONS:
            self.counts[dimension][seen.groups.get(dimension, "unknown")].update(marks)
        self.clauses.update(seen.refused_for | seen.cited)
        self.offers.update(seen.offers)
        self.declines.update(seen.declines)
        for stage, days in seen.days:
            self.days[stage][days] += 1
        for decision in seen.decisions:
            self.pairs.add(seen.case, decision)


def _marks(seen: Course) -> list[str]:
    marks = ["submitted", seen.outcome]
    if seen.screened:
        marks += ["screened", "catch_all" if seen.refused_for & seen.mayors else "catch_all:no"]
        marks += ["mayor", "mayor_found" if seen.found else "mayor_found:no"]
    if seen.asked:
        marks += ["asked", "reordered" if seen.reordered else "reordered:no"]
    if seen.method is not None:
        marks += ["procured", "direct_award" if seen.method == "direct_award" else "direct_award:no"]
    return marks


def report(made: Tally, limit: int = LIMIT) -> dict[str, Any]:
    """What may be shown: rates with their intervals; None where a cell is hidden."""
    return {
        "smallest_cell": limit,
        "cases": None if small(made.cases, limit) else made.cases,
        "by": {dimension: _by(made.counts[dimension], limit) for dimension in DIMENSIONS},
        "clauses": _listed(made.clauses, limit),
        "sections": _sections(made, limit),
        "stages": {
            stage: None if small(days.total(), limit) else {"cases": days.total(), "median_days": _median(days)}
            for stage, days in sorted(made.days.items())
        },
        "pairs": [
            {name: getattr(pair, name) for name in pair.__slots__} for pair in made.pairs.listed
        ],
        "more_pairs": made.pairs.more,
    }  # fmt: skip


def _columns(base: str, measures: tuple[str, ...]) -> tuple[str, ...]:
    return measures if len(measures) > 1 else (measures[0], f"{measures[0]}:no")


def _by(counts: Mapping[str, Counter[str]], limit: int) -> dict[str, Any]:
    """Each group and all together. A measure that is small in all is told nowhere; a group that is hidden in one
    measure is hidden in all: what one table hides, another must not tell.
    """
    shown = {
        base: measures
        for base, measures in MEASURES.items()
        if not totals_hidden(_rows(counts, _columns(base, measures)), limit)
    }
    columns = tuple(column for base, measures in shown.items() for column in _columns(base, measures))
    away = hidden(_rows(counts, columns), limit) if columns else frozenset(counts)
    together: Counter[str] = Counter()
    for each in counts.values():
        together.update(each)
    return {
        "all": _rates(together, shown),
        "groups": {
            name: None if name in away else _rates(each, shown) for name, each in sorted(counts.items())
        },
    }


def _rows(counts: Mapping[str, Counter[str]], columns: tuple[str, ...]) -> dict[str, list[int]]:
    return {name: [each[column] for column in columns] for name, each in counts.items()}


def _rates(counts: Counter[str], shown: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """None: too small to be told."""
    return {
        measure: rate(counts[measure], counts[base]) if base in shown else None
        for base, measures in MEASURES.items()
        for measure in measures
    }


def rate(count: int, of: int) -> dict[str, Any]:
    low, high = wilson(count, of)
    return {"count": count, "of": of, "rate": count / of if of else None, "low": low, "high": high}


def _listed(counts: Counter[str], limit: int) -> dict[str, int | None]:
    away = hidden({name: (count,) for name, count in counts.items()}, limit)
    return {name: None if name in away else counts[name] for name in sorted(counts)}


def _sections(made: Tally, limit: int) -> dict[str, Any]:
    rows = {s: (made.declines[s], max(0, made.offers[s] - made.declines[s])) for s in made.offers}
    away = hidden(rows, limit)
    return {s: None if s in away else rate(no, no + other) for s, (no, other) in sorted(rows.items())}


def _median(days: Counter[int]) -> int | None:
    """The lower one, where two are in the middle."""
    left = (days.total() + 1) // 2
    for day, count in sorted(days.items()):
        left -= count
        if left <= 0:
            return day
    return None
