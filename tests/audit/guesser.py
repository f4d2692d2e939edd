"""Somebody who knows all that is told, and how the counts hang together, and asks what else could be true."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from highspy import Highs, HighsModelStatus

Sum = tuple[frozenset[int], int]  # the cases of these types are so many together


def possible(types: int, told: Sequence[Sum], wanted: Collection[int], least: int) -> bool:
    """Whether, for all that is told, there may be `least` cases of the types that are wanted.

    A case is of one type; how many there are of each, nobody knows. That is a system of equations in whole numbers,
    none of them negative, which HiGHS solves or shows to have no solution.
    """
    solver = Highs()
    solver.silent()
    cases = [solver.addIntegral() for _ in range(types)]
    for cells, count in told:
        solver.addConstr(sum(cases[type_] for type_ in cells) == count)
    solver.addConstr(sum(cases[type_] for type_ in wanted) >= least)
    solver.run()
    status = solver.getModelStatus()
    assert status in (HighsModelStatus.kOptimal, HighsModelStatus.kInfeasible), status
    return bool(status == HighsModelStatus.kOptimal)
