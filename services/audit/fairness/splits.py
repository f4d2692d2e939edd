"""How the cases of a period part, again and again, and what of it may be told for each group. Pure.

Every count that is told is a part of another one: of those submitted some were screened, of those screened some were
refused, and so on. So all tables by one grouping hang together as one tree, and what one of them hides cannot be
computed from another:

- groups that are hidden in a split count as one from there on, in all that this split parts further;
- a part that is small in all, or leaves few behind, is told nowhere, and what it parts into neither;
- tables by two groupings have their totals in common, which are not small; put together they can yet tell what each
  hides, where parts of them are empty: so the tables of one grouping are what may be handed on (docs/decisions/0022).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.audit.fairness.cells import hidden, small

ALL = "submitted"  # the mark that every case has

Counts = Mapping[str, Counter[str]]  # of a group, how many cases have a mark
Block = frozenset[str]  # groups that count as one
Told = dict[str, tuple[int, int]]  # mark → how many, of how many


@dataclass(frozen=True, slots=True)
class Split:
    """Of the cases with the mark `of`, those with each of `parts`; `whole`: one of them has each case, and one only."""

    of: str
    parts: tuple[str, ...]
    whole: bool = False


def totals(groups: Counts) -> Counter[str]:
    together: Counter[str] = Counter()
    for counts in groups.values():
        together.update(counts)
    return together


def told_in_all(counts: Counter[str], splits: Sequence[Split], limit: int) -> Told:
    """What may be told of all cases together."""
    if small(counts[ALL], limit):
        return {}
    told: Told = {ALL: (counts[ALL], counts[ALL])}
    for split in splits:
        if split.of in told:
            told |= {part: (counts[part], counts[split.of]) for part in _large(split, counts, limit)}
    return told


def told_by_group(groups: Counts, splits: Sequence[Split], limit: int) -> dict[str, Told]:
    """The same for each group; a group that is not there, or lacks a mark, is hidden."""
    together = totals(groups)
    in_all = told_in_all(together, splits, limit)
    if ALL not in in_all:
        return {}
    blocks = {ALL: _parted({Block({name}): [counts[ALL]] for name, counts in groups.items()}, limit)}
    told: dict[str, Told] = {name: {ALL: (groups[name][ALL],) * 2} for name in _named(blocks[ALL])}
    for split in splits:
        parts = tuple(part for part in split.parts if part in in_all)
        if split.of not in blocks or not parts:
            continue
        cells = {block: _cells(split, parts, _of(groups, block)) for block in blocks[split.of]}
        left = _parted(cells, limit)
        for name in _named(left):
            told[name] |= {part: (groups[name][part], groups[name][split.of]) for part in parts}
        blocks |= dict.fromkeys(parts, left)
    return told


def _large(split: Split, counts: Counter[str], limit: int) -> tuple[str, ...]:
    """The parts that are not small in all, nor leave few behind; nor can be told apart from those that are."""
    away = (
        hidden({part: _cells(split, (part,), counts) for part in split.parts}, limit) if split.parts else ()
    )
    return tuple(part for part in split.parts if part not in away)


def _cells(split: Split, parts: Iterable[str], counts: Counter[str]) -> list[int]:
    """Each part, and what is left of the whole beside it."""
    of, parts = counts[split.of], tuple(parts)
    if split.whole:
        return [*(counts[part] for part in parts), of - sum(counts[part] for part in parts)]
    return [cell for part in parts for cell in (counts[part], of - counts[part])]


def _parted(cells: Mapping[Block, Sequence[int]], limit: int) -> list[Block]:
    """The blocks as they go on: those that are shown, and those hidden as one."""
    away = hidden(cells, limit)
    return [block for block in cells if block not in away] + ([Block().union(*away)] if away else [])


def _named(blocks: Iterable[Block]) -> list[str]:
    return [name for block in blocks if len(block) == 1 for name in block]


def _of(groups: Counts, block: Block) -> Counter[str]:
    return totals({name: groups[name] for name in block})
