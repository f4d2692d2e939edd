"""Every invariant of the domain has a test of its name: `test_v07_…`, wherever it stands."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from tests.contracts.shown import ROOT, names_of_tests

INVARIANTS = json.loads(Path(__file__).with_name("invariants.json").read_text(encoding="utf-8"))
NAMED = re.compile(r"(?<![a-z0-9])v([0-9]{2})(?![0-9])")


@cache
def named_after() -> dict[str, list[str]]:
    """Invariant → the tests whose names it begins: of v01_and_v06_… both."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name in names_of_tests(path):
            if name.startswith("test_v"):
                for number in NAMED.findall(name):
                    found[f"V{number}"].append(f"{path.relative_to(ROOT)}::{name}")
    return dict(found)


@pytest.mark.parametrize("invariant", INVARIANTS, ids=lambda each: each["id"])
def test_an_invariant_has_a_test_of_its_name(invariant: dict[str, str]) -> None:
    assert named_after().get(invariant["id"]), f"{invariant['id']}: {invariant['rule']}"


def test_there_are_thirty_seven_and_no_test_is_named_after_another() -> None:
    known = {each["id"] for each in INVARIANTS}
    assert known == {f"V{number:02}" for number in range(1, 38)}
    assert named_after().keys() <= known
