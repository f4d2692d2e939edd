"""How right the flags are: on labelled pairs, on pairs of our own invention, on firms written otherwise."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from services.screening.firms import compare
from services.screening.firms.evaluation import Judged, confusion, evaluate, judge, read
from services.screening.firms.likeness import THRESHOLD
from tests.screening.firms import otherwise, town

LABELLED = Path(__file__).with_name("firms_dev.jsonl")
INVENTED = Path(__file__).with_name("invented.jsonl")
RECALL, PRECISION = 0.97, 0.9


@pytest.mark.parametrize("file", [LABELLED, INVENTED])
def test_flags_are_as_right_as_promised(file: Path) -> None:
    found = evaluate(file).all
    assert found.recall is not None
    assert found.precision is not None
    assert found.recall >= RECALL
    assert found.precision >= PRECISION


@pytest.mark.parametrize("file", [LABELLED, INVENTED])
def test_no_pair_of_two_firms_is_taken_for_one(file: Path) -> None:
    """What leads to an automatic refusal is never wrong here (V10)."""
    assert not [
        each.pair.id for each in evaluate(file).judged if each.likeness.same_number and not each.pair.same
    ]


def test_the_threshold_is_not_a_narrow_one() -> None:
    """A threshold anywhere from 0.4 to 0.55 keeps the promise, so that none was fitted to these pairs."""
    judged = judge(read(LABELLED) + read(INVENTED))
    for threshold in (0.4, 0.45, THRESHOLD, 0.55):
        moved = [
            Judged(each.pair, replace(each.likeness, flag=each.likeness.score >= threshold))
            for each in judged.judged
        ]
        found = confusion(moved)
        assert found.recall is not None
        assert found.precision is not None
        assert found.recall >= RECALL, threshold
        assert found.precision >= PRECISION, threshold


def test_a_threshold_fitted_to_some_kinds_of_pairs_serves_the_others() -> None:
    """Each kind in turn is left out, the threshold that serves the rest best is taken, and the kind judged by it."""
    judged = judge(read(LABELLED)).judged
    kept: list[Judged] = []
    for kind in {each.pair.kind for each in judged}:
        rest = [each for each in judged if each.pair.kind != kind]
        threshold = min(
            (step / 100 for step in range(30, 80)), key=lambda step: (_wrong(rest, step), abs(step - 0.5))
        )
        kept += [
            Judged(each.pair, replace(each.likeness, flag=each.likeness.score >= threshold))
            for each in judged
            if each.pair.kind == kind
        ]
    found = confusion(kept)
    assert found.recall is not None
    assert found.precision is not None
    assert found.recall >= RECALL
    assert found.precision >= PRECISION


def test_the_kind_of_a_pair_is_never_looked_at() -> None:
    pairs = read(LABELLED)
    named_otherwise = [replace(pair, kind="exact", id="x") for pair in pairs]
    assert [each.likeness for each in judge(pairs).judged] == [
        each.likeness for each in judge(named_otherwise).judged
    ]


@pytest.mark.parametrize("way", [*otherwise.HARMLESS, *otherwise.HEAVY], ids=lambda way: way.__name__)
def test_a_firm_written_otherwise_is_still_found(way: otherwise.Way) -> None:
    luck = Random(way.__name__)
    found = 0
    for _ in range(100):
        one = town.firm(luck)
        other = way(one, luck)
        for more in luck.sample(otherwise.HARMLESS, 2):
            other = more(other, luck)
        found += compare(replace(one, corporate_number=None), other).flag
    assert found >= 97


@pytest.mark.parametrize("way", town.OTHERS, ids=lambda way: way.__name__)
def test_another_firm_is_left_alone(way: otherwise.Way) -> None:
    luck = Random(way.__name__)
    firms = [town.firm(luck) for _ in range(200)]
    assert sum(compare(one, way(one, luck)).flag for one in firms) <= 4


def _wrong(judged: list[Judged], threshold: float) -> int:
    return sum((each.likeness.score >= threshold) != each.pair.same for each in judged)
