"""The ways that cases of a load go: the same for the same seed, but for their ids.

Most go all the way to a signed agreement. Others are withdrawn, ineligible, or declined by every section; and
on every way some ask for what is not theirs, so that refusals and every service have their share.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from random import Random

from deploy.load import steps, talks
from deploy.load.plan import Plan, Step


def plans(seed: int, run: str) -> Iterator[Plan]:
    """Whole cases without end. `run` is a token of this run alone, which makes the ids of its cases new."""
    ways = list(WAYS)
    for number in count():
        rng = Random(f"{seed}/{number}")
        way = rng.choices(ways, [WAYS[way] for way in ways])[0]
        yield Plan(_case_id(run, number), _among_others(way(rng), rng))


def submissions(seed: int, run: str) -> Iterator[Plan]:
    """New proposals, and nothing that follows."""
    for number in count():
        yield Plan(_case_id(run, number), [steps.submit(Random(f"{seed}/{number}"))])


def agreed(rng: Random) -> list[Step]:
    """To a signed agreement, with a pilot or without."""
    to_evaluation = talks.pilot() if rng.random() < 0.5 else [talks.no_pilot()]
    to_signature = [*talks.dialogue(rng), *to_evaluation, *talks.evaluation(rng), talks.sign()]
    return [*_to_matching(rng), steps.accept_match(), *to_signature]


def withdrawn(rng: Random) -> list[Step]:
    """Taken back at some point; who goes on with it is refused, or was faster."""
    whole = agreed(rng)
    at = rng.randrange(1, len(whole) - 1)
    too_late = [replace(step, until=frozenset(), refused=True) for step in whole[at : at + 2]]
    return [*whole[:at], steps.withdraw(), *too_late]


def ineligible(rng: Random) -> list[Step]:
    """Excluded by a clause about the project; some ask for reconsideration, which others decide."""
    excluded = [
        steps.submit(rng),
        steps.accept(),
        *steps.screening(applies="GL7-B1"),
        steps.declare_ineligible(),
    ]
    return excluded + (steps.reconsideration() if rng.random() < 0.5 else [])


def declined(rng: Random) -> list[Step]:
    """No section takes it on."""
    return [*_to_matching(rng), *steps.no_match()]


def corrected(rng: Random) -> list[Step]:
    """Something was missing at first."""
    submit, *rest = agreed(rng)
    return [submit, *steps.correction(), *rest]


WAYS: dict[Callable[[Random], list[Step]], int] = {
    agreed: 55,
    corrected: 10,
    withdrawn: 15,
    ineligible: 12,
    declined: 8,
}  # of a hundred


def _to_matching(rng: Random) -> list[Step]:
    return [steps.submit(rng), steps.accept(), *steps.screening(), steps.confirm_eligible()]


def _among_others(way: list[Step], rng: Random) -> list[Step]:
    """Somebody without the right to it asks for the same, on one way in five."""
    if rng.random() < 0.8:
        return way
    at = rng.randrange(len(way))
    not_theirs = replace(way[at], actor=steps.AUDITOR, until=frozenset(), refused=True)
    return [*way[:at], not_theirs, *way[at:]]


def _case_id(run: str, number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"renkei:load:{run}/{number}"))
