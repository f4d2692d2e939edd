"""Sums about measured numbers. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 100) per cent of all do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered) / 100) - 1)]


def rounded(value: float) -> float:
    """Four digits that count: more would pretend to be known."""
    return 0.0 if value == 0 else round(value, 3 - math.floor(math.log10(abs(value))))


def shown(value: float | None) -> str:
    """For people: 12,340 · 61.3 · 0.47"""
    if value is None:
        return "–"
    if isinstance(value, int):  # counted, so exact
        return f"{value:,}"
    if abs(value) >= 1000:
        return f"{rounded(value):,.0f}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.2f}"
