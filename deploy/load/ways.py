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
    """Whole cases without end. `run` is a token of this run alone, which makes the ids of its cases new ones."""
    ways = list(WAYS)
    for number in count():
        rng = Random(f"{seed}/{number}")
        way = rng.choices(ways, [WAYS[way] for way in ways])[0]
        yield Plan(_case_id(run, number), _among_others(way(rng, theme_of(run)), rng))


def submissions(seed: int, run: str) -> Iterator[Plan]:
    """New proposals, and nothing that follows."""
    for number in count():
        rng = Random(f"{seed}/{number}")
        yield Plan(_case_id(run, number), [steps.submit(rng, theme_of(run))])


def before(run: str) -> tuple[Plan, ...]:
    """What has to be there before the first case: the theme that all of them answer, and sections with room."""
    rooms = [
        Plan(actor.rpartition(":")[2], [steps.room(actor)], run)
        for actor in (steps.SECTION, steps.OTHER_SECTION)
    ]
    return Plan(theme_of(run), steps.theme()), *rooms


def theme_of(run: str) -> str:
    return f"T-{run}"


def agreed(rng: Random, theme: str) -> list[Step]:
    """To a signed agreement, with a pilot or without."""
    to_evaluation = talks.pilot() if rng.random() < 0.5 else [talks.no_pilot()]
    to_signature = [*talks.dialogue(rng), *to_evaluation, *talks.evaluation(rng), talks.sign()]
    return [*_to_matching(rng, theme), steps.accept_match(), *to_signature]


def withdrawn(rng: Random, theme: str) -> list[Step]:
    """Taken back at some point; who goes on with it is refused, or was faster."""
    whole = agreed(rng, theme)
    at = rng.randrange(1, len(whole) - 1)
    too_late = [replace(step, until=frozenset(), refused=True) for step in whole[at : at + 2]]
    return [*whole[:at], steps.withdraw(), *too_late]


def ineligible(rng: Random, theme: str) -> list[Step]:
    """Excluded by a clause about the project; some ask for reconsideration, which others decide."""
    excluded = [
        steps.submit(rng, theme),
        steps.accept(),
        *steps.screening(applies="GL7-B1"),
        steps.declare_ineligible(),
    ]
    return excluded + (steps.reconsideration() if rng.random() < 0.5 else [])


def declined(rng: Random, theme: str) -> list[Step]:
    """No section takes it on."""
    return [*_to_matching(rng, theme), *steps.no_match()]


def corrected(rng: Random, theme: str) -> list[Step]:
    """Something was missing at first."""
    submit, *rest = agreed(rng, theme)
    return [submit, *steps.correction(), *rest]


def led_by_another(rng: Random, theme: str) -> list[Step]:
    """The talks with the first section lead nowhere; the office asks another one, which signs in the end."""
    to_talks = [*_to_matching(rng, theme), steps.accept_match(), talks.another_section()]
    asked_anew = [steps.ask(steps.OTHER_SECTION), steps.accept_match(steps.OTHER_SECTION)]
    later = [*talks.dialogue(rng), talks.no_pilot(), *talks.evaluation(rng), talks.sign()]
    return [*to_talks, *asked_anew, *(replace(s, actor=_led_by(s.actor)) for s in later)]


Way = Callable[[Random, str], list[Step]]
WAYS: dict[Way, int] = {
    agreed: 50,
    corrected: 10,
    led_by_another: 5,
    withdrawn: 15,
    ineligible: 12,
    declined: 8,
}  # of a hundred


def _to_matching(rng: Random, theme: str) -> list[Step]:
    return [steps.submit(rng, theme), steps.accept(), *steps.screening(), steps.confirm_eligible()]


def _among_others(way: list[Step], rng: Random) -> list[Step]:
    """Somebody without the right to it asks for the same, on one way in five."""
    if rng.random() < 0.8:
        return way
    at = rng.randrange(len(way))
    not_theirs = replace(way[at], actor=steps.AUDITOR, until=frozenset(), refused=True)
    return [*way[:at], not_theirs, *way[at:]]


def _led_by(actor: str) -> str:
    return steps.OTHER_SECTION if actor == steps.SECTION else actor


def _case_id(run: str, number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"renkei:load:{run}/{number}"))
