"""Expectations look at the fields that are named, and say what came instead."""

from typing import Any

import pytest

from deploy.journeys.expectations import differences, missing_in_order, name_of

MATCHED = {
    "lead": "S14",
    "supporting": ["S07", "S09"],
    "candidates": [{"section": "S14", "score": 0.78}, {"section": "S07", "score": 0.35}],
    "urgent": False,
    "reason": None,
}


@pytest.mark.parametrize(
    "expected",
    [
        {},
        {"lead": "S14"},
        {"supporting": ["S07", "S09"], "urgent": False},
        {"candidates.0.section": "S14", "candidates.1": {"score": 0.35}},
        {"candidates": [{"section": "S14"}, {}]},
        {"reason": None},
    ],
)
def test_what_is_named_and_as_expected_makes_no_difference(expected: dict[str, Any]) -> None:
    assert list(differences(expected, MATCHED)) == []


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({"lead": "S17"}, 'lead: expected "S17", came "S14"'),
        ({"supporting": ["S07"]}, 'supporting: expected ["S07"], came ["S07", "S09"]'),
        ({"supporting": ["S09", "S07"]}, 'supporting.0: expected "S09", came "S07"'),
        ({"candidates.0.section": "S07"}, 'candidates.0.section: expected "S07", came "S14"'),
        ({"candidates.2.section": "S05"}, 'candidates.2.section: expected "S05", came nothing'),
        ({"candidates": [{"name": "x"}, {}]}, 'candidates.0.name: expected "x", came nothing'),
        ({"declined": []}, "declined: expected [], came nothing"),
        ({"urgent": 0}, "urgent: expected 0, came false"),
        ({"reason": "理由"}, 'reason: expected "理由", came null'),
    ],
)
def test_a_difference_names_the_field_and_both_values(expected: dict[str, Any], said: str) -> None:
    assert next(differences(expected, MATCHED)) == said


def test_a_fact_bears_the_name_of_its_class() -> None:
    assert name_of("renkei.screening.EligibilityDecided.v1") == "EligibilityDecided"


def test_others_may_stand_between_but_the_order_counts() -> None:
    assert missing_in_order(["A", "C", "C"], ["A", "B", "C", "D", "C"]) is None
    assert missing_in_order(["A", "C", "B"], ["A", "B", "C"]) == "B"
    assert missing_in_order(["A", "A"], ["A"]) == "A"
