"""Somebody who knows all that is told, and how the counts hang together, and tries what else could be true."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

Sum = tuple[frozenset[int], int]  # the cases of these types are so many together


def possible(types: int, told: Sequence[Sum], wanted: Collection[int], least: int) -> bool:
    """Whether, for all that is told, there may be `least` cases of the types that are wanted.

    A case is of one type; how many there are of each, nobody knows. All ways are tried that leave nothing negative.
    What is told of all cases has to be among it.
    """
    sums = [cells for cells, _ in told]
    of = [[n for n, cells in enumerate(sums) if type_ in cells] for type_ in range(types)]
    last = [max(cells) for cells in sums]
    last_wanted = max(wanted)

    @cache
    def fits(type_: int, left: tuple[int, ...], missing: int) -> bool:
        if type_ == types:
            return True
        for count in range(min(left[n] for n in of[type_]), -1, -1):
            rest = list(left)
            for n in of[type_]:
                rest[n] -= count
            lacking = max(0, missing - count) if type_ in wanted else missing
            closed = all(rest[n] == 0 for n in of[type_] if last[n] == type_)
            if closed and not (lacking and type_ >= last_wanted) and fits(type_ + 1, tuple(rest), lacking):
                return True
        return False

    return fits(0, tuple(count for _, count in told), least)
