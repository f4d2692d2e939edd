"""Which rows of a table are not shown, so that nobody is recognised in a small number. Pure.

A cell from 1 to below the limit is small. A row with a small cell is hidden whole. What is hidden together can be
computed back from the totals, so more rows are hidden with it, the smallest first, until at least two are and what
they hold together is nowhere small. Then every hidden cell may be, for all that its grouping tells, as large as the
limit: its row holds as many, and so does its column in what is hidden (tests/audit/test_fairness_hiding.py tries it).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

LIMIT = 5  # where nothing else is said: counts of 1 to 4 are hidden

Row = TypeVar("Row")


def small(cell: int, limit: int = LIMIT) -> bool:
    return 0 < cell < limit


def hidden(rows: Mapping[Row, Sequence[int]], limit: int = LIMIT) -> frozenset[Row]:
    """The rows that are not shown beside the totals: all of them, where a total is small itself."""
    totals = [sum(column) for column in zip(*rows.values(), strict=True)]
    if any(small(total, limit) for total in totals):
        return frozenset(rows)
    away = {name for name, cells in rows.items() if any(small(cell, limit) for cell in cells)}
    rest = sorted(
        (name for name in rows if name not in away),
        key=lambda name: (sum(rows[name]), *rows[name], str(name)),
    )
    while away and rest and not _safe([rows[name] for name in away], totals, limit):
        away.add(rest.pop(0))
    return frozenset(away)


def _safe(away: Sequence[Sequence[int]], totals: Sequence[int], limit: int) -> bool:
    """Two rows at least; of each column enough is hidden, or there is nothing in it."""
    sums = [sum(column) for column in zip(*away, strict=True)]
    return sum(any(row) for row in away) >= 2 and all(
        of == 0 or together >= limit for together, of in zip(sums, totals, strict=True)
    )
