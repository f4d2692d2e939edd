"""What all proposals to a theme are weighed by, where it was not published with the theme: locked once, for all (V20).

A stream of its own for each theme, `theme-criteria/<theme>`: of two who lock at the same moment one is first.
"""

from __future__ import annotations

from collections.abc import Sequence

from chassis.decider import Decider, Refused
from contracts.agreements import CriteriaLocked, Criterion
from contracts.intake import criteria_version
from contracts.text import Digest
from services.agreements.domain.evaluation.commands import LockCriteria


class NamedTwice(Refused):
    """Name each criterion and each reviewer once."""


class WeightsNotAHundred(Refused):
    """The weights of all criteria add up to 100; correct them."""


class CriteriaLockedBefore(Refused):
    """The criteria of this theme are locked; all its proposals are weighed by those."""


def each_once(names: Sequence[str]) -> None:
    if len(set(names)) < len(names):
        raise NamedTwice()


def version_of(criteria: Sequence[Criterion], min_total: float) -> Digest:
    """The digest of criteria that hold together."""
    each_once([criterion.name for criterion in criteria])
    if (total := sum(criterion.weight for criterion in criteria)) != 100:
        raise WeightsNotAHundred(f"They add up to {total}.")
    return criteria_version(((each.name, each.weight) for each in criteria), min_total)


def decide(command: LockCriteria, state: CriteriaLocked | None) -> list[CriteriaLocked]:
    locked = CriteriaLocked(
        criteria=command.criteria,
        min_total=command.min_total,
        criteria_version=version_of(command.criteria, command.min_total),
    )
    if state is None:
        return [locked]
    if state.criteria_version != locked.criteria_version:
        raise CriteriaLockedBefore()
    return []


def evolve(state: CriteriaLocked | None, fact: CriteriaLocked) -> CriteriaLocked | None:
    return fact


THEME_CRITERIA: Decider[LockCriteria, CriteriaLocked | None, CriteriaLocked] = Decider(
    "theme-criteria", (LockCriteria,), None, decide, evolve
)
