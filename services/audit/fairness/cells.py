"""Which rows of a table are not shown, so that nobody is recognised in a small number. Pure.

A cell from 1 to below the limit is small. A row with a small cell is hidden whole. What is hidden could be computed
back from the totals, so more rows are hidden with it, the smallest first, until at least two are and what they hold
together is nowhere small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LIMIT = 5  # where nothing else is said: counts of 1 to 4 are hidden


def small(cell: int, limit: int = LIMIT) -> bool:
    return 0 < cell < limit


def hidden(rows: Mapping[str, Sequence[int]], limit: int = LIMIT) -> frozenset[str]:
    """The rows that are not shown beside the totals. Every row, and its total too, where a total is small."""
    if limit < 2:
        return frozenset()
    totals = [sum(column) for column in zip(*rows.values(), strict=True)]
    if any(small(total, limit) for total in totals):
        return frozenset(rows)
    away = {name for name, cells in rows.items() if any(small(cell, limit) for cell in cells)}
    rest = sorted((name for name in rows if name not in away), key=lambda name: (sum(rows[name]), name))
    while away and rest and not _safe([rows[name] for name in away], totals, limit):
        away.add(rest.pop(0))
    return frozenset(away)


def totals_hidden(rows: Mapping[str, Sequence[int]], limit: int = LIMIT) -> bool:
    """Whether a total is small itself."""
    return limit >= 2 and any(small(sum(column), limit) for column in zip(*rows.values(), strict=True))


def _safe(away: Sequence[Sequence[int]], totals: Sequence[int], limit: int) -> bool:
    """Two rows at least; of each column enough is hidden, or there is nothing in it."""
    sums = [sum(column) for column in zip(*away, strict=True)]
    return sum(any(row) for row in away) >= 2 and all(
        of == 0 or together >= limit for together, of in zip(sums, totals, strict=True)
    )
