"""Which counts of a table are hidden, so that nobody is recognised in a small number (V37). Pure.

A cell below the limit is hidden. Somebody who knows the total of its column could subtract what is shown from it, so
cells that are not small are hidden with it, until even who knows which of the hidden ones are small learns no more of
any of them than that it is below the limit. Where a column has no such cells its total is hidden instead.

Source of the measure: feasibility intervals of suppressed cells (Willenborg, de Waal: Elements of Statistical
Disclosure Control, 2001), here for one sum a column.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """A column as it may be read: None is hidden."""

    cells: tuple[int | None, ...]
    total: int | None


def shown(column: Sequence[int], limit: int) -> Shown:
    """The column without its small cells, and without what gives them away beside its total."""
    small = [place for place, count in enumerate(column) if count < limit]
    if not small:
        return Shown(tuple(column), sum(column))
    beside = _beside(column, limit, sum(column[place] for place in small))
    away = {*small, *beside}
    cells = tuple(None if place in away else count for place, count in enumerate(column))
    return Shown(cells, sum(column) if beside else None)


def _beside(column: Sequence[int], limit: int, held: int) -> list[int]:
    """Cells that are not small, to be hidden with those that are and hold `held` together; none if they do not suffice.

    A small cell can be anything below the limit as long as the others can make up for it: downwards the cells hidden
    beside it grow; upwards they and the other small ones shrink, which takes `limit - 1` above what they are at least.
    """
    missing = limit - 1 - held
    rest = sorted((count, place) for place, count in enumerate(column) if count >= limit)
    if not rest or sum(count - limit for count, _ in rest) < missing:
        return []
    taken: list[int] = []
    while not taken or missing > 0:
        enough = bisect_left(rest, (limit + missing, -1))
        count, place = rest.pop(min(enough, len(rest) - 1))
        taken.append(place)
        missing -= count - limit
    return taken
