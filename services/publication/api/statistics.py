"""What cases came to, counted by fiscal year, so that nobody is recognised in a small number (V37). Pure.

A year is counted when it is over: who compared today's figures with yesterday's would see the one case between them.
Each year stands by itself: no total goes over several.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

RESULTS = (
    "service_contract",
    "comprehensive_agreement",
    "individual_agreement",
    "not_established",
    "ineligible",
    "withdrawn",
)
HEAD = ("年度", "業務委託契約", "包括連携協定", "個別連携協定", "不成立", "対象外", "取下げ", "合計")


@dataclass(frozen=True, slots=True)
class Year:
    """Counts by result; None is hidden. Where the total itself is small, all of it is."""

    year: int
    cells: dict[str, int | None]
    total: int | None

    def shown(self) -> dict[str, Any]:
        return {"fiscal_year": self.year, **self.cells, "total": self.total}

    def line(self) -> list[Any]:
        return [self.year, *("秘匿" if cell is None else cell for cell in (*self.cells.values(), self.total))]


def fiscal_year(day: date) -> int:
    """April to March."""
    return day.year - (day.month < 4)


def by_year(counts: Iterable[tuple[int, str, int]], limit: int, today: date) -> list[Year]:
    """Fiscal year, result, cases → the years that are over, with small cells hidden."""
    years: dict[int, dict[str, int]] = {}
    for year, result, cases in counts:
        if year < fiscal_year(today) and result in RESULTS:
            years.setdefault(year, dict.fromkeys(RESULTS, 0))[result] += cases
    return [_year(year, cells, limit) for year, cells in sorted(years.items())]


def _year(year: int, cells: dict[str, int], limit: int) -> Year:
    total = sum(cells.values())
    if total < limit:
        return Year(year, dict.fromkeys(cells), None)
    away = suppressed(cells, limit)
    return Year(year, {name: None if name in away else count for name, count in cells.items()}, total)


def suppressed(cells: dict[str, int], limit: int) -> frozenset[str]:
    """Cells from 1 to below the limit; and with them, since the total is shown, the next smallest ones, until what is
    hidden is at least two cells that hold the limit together. An empty cell tells of nobody, and hides nobody.
    """
    away = {name for name, count in cells.items() if 0 < count < limit}
    rest = sorted((name for name in cells if cells[name] >= limit), key=lambda name: (cells[name], name))
    while away and rest and (len(away) < 2 or sum(cells[name] for name in away) < limit):
        away.add(rest.pop(0))
    return frozenset(away)
