"""The counts of a period: made case by case, so that no case is kept; then what of them is told. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.audit.fairness.cells import LIMIT
from services.audit.fairness.course import Course
from services.audit.fairness.days import quartiles
from services.audit.fairness.groups import DIMENSIONS, UNKNOWN
from services.audit.fairness.intervals import wilson
from services.audit.fairness.pairs import Pairs
from services.audit.fairness.splits import ALL, Split, Told, told_by_group, told_in_all, totals

OUTCOMES = ("established", "not_established", "ineligible", "withdrawn", "lapsed", "open")
MEASURES: Mapping[str, str] = {  # measure → of which cases it is a rate
    "screened": ALL,
    "catch_all": "ineligible",
    "flagged": "screened",
    "flag_dismissed": "flagged",
    "mayor_asked": "screened",
    "mayor_found": "mayor_asked",
    "asked": "screened",
    "reordered": "asked",
    "declined": "asked",
    "procured": "asked",
    "direct_award": "procured",  # a proposal competition is none here, though it is one in law
    "split_order": "procured",
    "split_resolved": "split_order",
    "awarded_to_other": "procured",
    "reconsidered": "screened",
    "revoked": "reconsidered",
}

View = dict[str, Any]


class Tally:
    """Counts by group; its size depends on how many groups, clauses and sections there are, not on the cases."""

    def __init__(self) -> None:
        self.counts: dict[str, dict[str, Counter[str]]] = {d: defaultdict(Counter) for d in DIMENSIONS}
        self.days: dict[tuple[str, str, str], Counter[int]] = defaultdict(Counter)  # dimension, group, stage
        self.mayors: set[str] = set()
        self.pairs = Pairs()

    def add(self, seen: Course) -> None:
        marks = _marks(seen)
        self.mayors |= seen.mayors
        for dimension in DIMENSIONS:
            group = seen.groups.get(dimension, UNKNOWN)
            self.counts[dimension][group].update(marks)
            for stage, days in seen.days.items():
                self.days[dimension, group, stage][days] += 1
        for one in seen.judged:
            self.pairs.add(seen.case, one)

    def splits(self) -> list[Split]:
        """All that is counted, what is parted before its parts."""
        marks = sorted(totals(self.counts[DIMENSIONS[0]]))
        cited = [
            mark
            for mark in marks
            if ":" in mark and mark.partition(":")[0] in ("ineligible", "not_established")
        ]
        mayors = {f"ineligible:{clause}" for clause in self.mayors}
        sections = [mark.removeprefix("asked:") for mark in marks if mark.startswith("asked:")]
        return [
            Split(ALL, OUTCOMES, whole=True),
            *(Split(of, (measure,)) for measure, of in MEASURES.items()),
            Split("ineligible", tuple(m for m in cited if m in mayors)),
            Split("ineligible", tuple(m for m in cited if m.startswith("ineligible:") and m not in mayors)),
            Split("not_established", tuple(m for m in cited if m.startswith("not_established:"))),
            *(Split("asked", (f"asked:{section}",)) for section in sections),
            *(Split(f"asked:{section}", (f"declined:{section}",)) for section in sections),
            *(Split(ALL, (mark,)) for mark in marks if mark.startswith("left:")),
        ]  # fmt: skip


def _marks(seen: Course) -> set[str]:
    """What has a part has the whole: whoever was asked was screened, even where the log lost the fact of it."""
    marks = {ALL, seen.outcome, *seen.marks, *(f"left:{stage}" for stage in seen.days)}
    if seen.outcome in ("ineligible", "not_established"):
        marks |= {f"{seen.outcome}:{clause}" for clause in seen.clauses}
    if seen.outcome == "ineligible" and seen.clauses & seen.mayors:
        marks.add("catch_all")
    marks |= {mark.replace("declined:", "asked:", 1) for mark in seen.marks if mark.startswith("declined:")}
    for measure, of in reversed(list(MEASURES.items())):
        if measure in marks and of != "ineligible":
            marks.add(of)
    return marks


def report(made: Tally, limit: int = LIMIT) -> dict[str, Any]:
    """What may be shown: counts, rates with their intervals; None where it is hidden."""
    splits = made.splits()
    together = totals(made.counts[DIMENSIONS[0]])
    in_all = told_in_all(together, splits, limit)
    return {
        "smallest_cell": limit,
        "cases": in_all[ALL][0] if ALL in in_all else None,
        "all": _view(in_all, splits, _days(made, DIMENSIONS[0])) if in_all else None,
        "by": {dimension: dict(_by(made, dimension, splits, limit)) for dimension in DIMENSIONS},
        "pairs": [{name: getattr(pair, name) for name in pair.__slots__} for pair in made.pairs.listed],
        "more_pairs": made.pairs.more,
    }


def _by(
    made: Tally, dimension: str, splits: Sequence[Split], limit: int
) -> Iterator[tuple[str, View | None]]:
    groups = made.counts[dimension]
    told = told_by_group(groups, splits, limit)
    for name in sorted(groups):
        yield name, _view(told[name], splits, _days(made, dimension, name)) if name in told else None


def _days(made: Tally, dimension: str, group: str | None = None) -> dict[str, Counter[int]]:
    days: dict[str, Counter[int]] = defaultdict(Counter)
    for (of, name, stage), counts in made.days.items():
        if of == dimension and group in (None, name):
            days[stage].update(counts)
    return days


def _view(told: Told, splits: Sequence[Split], days: Mapping[str, Counter[int]]) -> View:
    """Everything that is counted, by what it says; what is not told is None."""
    view: View = {
        "cases": told[ALL][0],
        "outcomes": {},
        "measures": {},
        "clauses": {},
        "sections": {},
        "stages": {},
    }
    for mark in (part for split in splits for part in split.parts):
        sort, _, of = mark.partition(":")
        shown = rate(*told[mark]) if mark in told else None
        match sort:
            case "left":
                view["stages"][of] = shown and _stage(told[mark], days[of])
            case "asked" | "declined" if of:
                view["sections"].setdefault(of, {})[sort] = shown
            case _ if of:
                view["clauses"].setdefault(sort, {})[of] = shown
            case _:
                view["outcomes" if mark in OUTCOMES else "measures"][mark] = shown
    return view


def rate(count: int, of: int) -> dict[str, Any]:
    low, high = wilson(count, of)
    return {"count": count, "of": of, "rate": count / of if of else None, "low": low, "high": high}


def _stage(told: tuple[int, int], days: Counter[int]) -> dict[str, Any] | None:
    """Office days of those that left the stage."""
    count, of = told
    first, median, third = quartiles(days) if count else (None, None, None)
    return {"count": count, "of": of, "q1": first, "median": median, "q3": third}
