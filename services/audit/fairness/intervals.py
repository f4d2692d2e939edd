"""The interval in which a rate lies, by Wilson's score. Pure."""

from __future__ import annotations

from math import sqrt

Z = 1.959964  # 95 of a hundred


def wilson(count: int, of: int) -> tuple[float, float]:
    """The bounds of the rate `count` of `of`; of nothing nothing is known."""
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no rate")
    if of == 0:
        return 0.0, 1.0
    rate, z2 = count / of, Z * Z
    middle = (rate + z2 / (2 * of)) / (1 + z2 / of)
    half = Z * sqrt(rate * (1 - rate) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    low = 0.0 if count == 0 else max(0.0, middle - half)
    return low, 1.0 if count == of else min(1.0, middle + half)
