"""What is hidden stays hidden: who puts all tables of one grouping together is never sure that a count is small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from services.audit.fairness.cells import hidden, small
from services.audit.fairness.splits import ALL, Split, Told, told_by_group, told_in_all, totals
from tests.audit.guesser import Sum, possible

LIMIT = 2
SPLITS = [Split(ALL, ("good", "bad"), whole=True), Split(ALL, ("screened",)), Split("screened", ("found",))]
GROUPS = {"kind": ("a", "b", "c"), "place": ("here", "there")}
CHAIN = ((), ("screened",), ("screened", "found"))


@dataclass(frozen=True)
class Type:
    """All that is counted of a case."""

    kind: str
    place: str
    marks: frozenset[str]


TYPES = [
    Type(kind, place, frozenset({ALL, outcome, *more}))
    for kind, place, outcome, more in product(*GROUPS.values(), ("good", "bad"), CHAIN)
]
CASES = st.lists(st.sampled_from(TYPES), max_size=9)
LUMPS = st.lists(st.tuples(st.sampled_from(TYPES), st.integers(1, 4)), max_size=4).map(
    lambda lumps: [type_ for type_, count in lumps for _ in range(count)]
)


def counted(cases: list[Type]) -> dict[str, dict[str, Counter[str]]]:
    counts = {dimension: {group: Counter[str]() for group in GROUPS[dimension]} for dimension in GROUPS}
    for case in cases:
        counts["kind"][case.kind].update(case.marks)
        counts["place"][case.place].update(case.marks)
    return {d: {name: count for name, count in groups.items() if count} for d, groups in counts.items()}


def of(mark: str, dimension: str | None = None, group: str | None = None) -> frozenset[int]:
    """The types that a count counts."""
    return frozenset(
        n for n, type_ in enumerate(TYPES)
        if mark in type_.marks and (dimension is None or getattr(type_, dimension) == group)
    )  # fmt: skip


def sums(told: Told, *group: str) -> Iterator[Sum]:
    for mark, (count, whole) in told.items():
        yield of(mark, *group), count
        base = next((split.of for split in SPLITS if mark in split.parts), ALL)
        yield of(base, *group), whole


def is_hidden(told: Told | None, mark: str) -> bool:
    return told is None or mark not in told


def told_of(counts: dict[str, dict[str, Counter[str]]], dimensions: Iterable[str]) -> list[Sum]:
    """All that the tables by these groupings tell, with their totals."""
    told = list(sums(told_in_all(totals(counts["kind"]), SPLITS, LIMIT)))
    for dimension in dimensions:
        for name, view in told_by_group(counts[dimension], SPLITS, LIMIT).items():
            told += sums(view, dimension, name)
    return [one for one in dict.fromkeys(told) if one[0]]


@settings(max_examples=200)
@given(CASES | LUMPS)
def test_nobody_can_be_sure_that_a_hidden_count_is_small(cases: list[Type]) -> None:
    counts = counted(cases)
    if not told_in_all(totals(counts["kind"]), SPLITS, LIMIT):
        assert not any(told_by_group(groups, SPLITS, LIMIT) for groups in counts.values())
        return
    for dimension, groups in counts.items():
        told, views = told_of(counts, [dimension]), told_by_group(groups, SPLITS, LIMIT)
        for name, marks in groups.items():
            for mark in (ALL, "good", "bad", "screened", "found"):
                if not small(marks[mark], LIMIT):
                    continue
                assert is_hidden(views.get(name), mark), (dimension, name, mark)
                assert possible(len(TYPES), told, of(mark, dimension, name), LIMIT), (dimension, name, mark)


def test_two_groupings_together_can_tell_what_each_of_them_hides() -> None:
    """All that are bad are here, and all here are screened; none of kind a is: so its two are good, and one of b is.

    Who hands the report on is warned of it (docs/operator.md, docs/decisions/0022).
    """
    cases = [
        *[Type("a", "there", frozenset({ALL, "good"}))] * 2,
        *[Type("b", "here", frozenset({ALL, "bad", "screened"}))] * 2,
        Type("b", "there", frozenset({ALL, "good", "screened"})),
        *[Type("c", "there", frozenset({ALL, "good", "screened"}))] * 2,
    ]
    counts, good_of_b = counted(cases), of("good", "kind", "b")
    assert possible(len(TYPES), told_of(counts, ["kind"]), good_of_b, LIMIT)
    assert not possible(len(TYPES), told_of(counts, ["kind", "place"]), good_of_b, LIMIT)


@given(CASES | LUMPS)
def test_no_count_that_is_told_is_small_nor_what_it_leaves(cases: list[Type]) -> None:
    counts = counted(cases)
    views = [told_in_all(totals(counts["kind"]), SPLITS, LIMIT)]
    views += [view for groups in counts.values() for view in told_by_group(groups, SPLITS, LIMIT).values()]
    for view in views:
        for count, whole in view.values():
            assert not small(count, LIMIT)
            assert not small(whole - count, LIMIT)


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1)
)
def test_what_is_hidden_together_is_nowhere_small(rows: dict[str, tuple[int, int]]) -> None:
    away = hidden(rows, LIMIT)
    assert {name for name, cells in rows.items() if any(small(cell, LIMIT) for cell in cells)} <= away
    of_all = [sum(column) for column in zip(*rows.values(), strict=True)]
    if away and not any(small(total, LIMIT) for total in of_all):
        assert len(away) >= 2
        assert not any(small(sum(rows[name][n] for name in away), LIMIT) for n in (0, 1))


def test_one_small_row_takes_the_next_smallest_with_it() -> None:
    assert hidden({"a": (2, 8), "b": (20, 20), "c": (90, 90)}, 5) == {"a", "b"}
    assert hidden({"a": (20, 8), "b": (20, 20)}, 5) == frozenset()


def test_groups_hidden_in_one_table_count_as_one_in_those_that_follow_from_it() -> None:
    """Else `screened` of b, told beside `found`, would tell `screened` of a."""
    counts = {
        "a": Counter({ALL: 40, "screened": 38, "found": 20}),
        "b": Counter({ALL: 40, "screened": 20, "found": 10}),
        "c": Counter({ALL: 90, "screened": 60, "found": 30}),
    }
    told = told_by_group(counts, SPLITS[1:], 5)
    assert {name for name, view in told.items() if "screened" in view} == {"c"}
    assert {name for name, view in told.items() if "found" in view} == {"c"}


def test_what_is_small_in_all_is_told_nowhere_and_nor_is_what_would_tell_it() -> None:
    counts = Counter({ALL: 60, "good": 40, "bad": 3, "open": 17, "found": 8})
    outcomes = Split(ALL, ("good", "bad", "open"), whole=True)
    assert set(told_in_all(counts, [outcomes, Split("open", ("found",))], 5)) == {ALL, "good"}
