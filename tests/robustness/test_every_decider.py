"""Every decider of the house takes any commands in any order: facts follow that can be kept, or a refusal by name.

Histories begin with nothing, or where the tests of the services have brought a case: else chance would not get far.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import services
from chassis.decider import Command, Decider
from contracts.fact import Fact
from tests.deciding import Deciding, survives
from tests.robustness.any_command import commands

BROUGHT_FAR = (
    "agreements.procuring", "agreements.sample", "agreements.test_procurement_split", "agreements.test_reconsideration",
    "agreements.years", "intake.test_access", "intake.test_consultation", "intake.test_correction",
    "intake.test_other_edition", "intake.test_theme_questions", "matching.sample", "publication.test_disclosure",
    "publication.test_publication", "screening.sample",
)  # fmt: skip


def deciders() -> Iterator[Decider[Any, Any, Any]]:
    """All there are, wherever they stand."""
    found: dict[int, Decider[Any, Any, Any]] = {}
    for module in pkgutil.walk_packages(services.__path__, "services."):
        if ".domain" in module.name:
            for one in vars(importlib.import_module(module.name)).values():
                if isinstance(one, Decider):
                    found[id(one)] = one
    yield from sorted(found.values(), key=lambda decider: decider.commands[0].__module__ + decider.kind)


def histories() -> dict[int, list[tuple[Fact, ...]]]:
    """Decider → how its streams may begin."""
    begun: dict[int, list[tuple[Fact, ...]]] = {}
    for name in BROUGHT_FAR:
        for one in vars(importlib.import_module(f"tests.{name}")).values():
            if isinstance(one, Deciding) and one.history:
                begun.setdefault(id(one.decider), []).append(one.history)
    return begun


DECIDERS = list(deciders())
BEGUN = histories()


@pytest.mark.parametrize("decider", DECIDERS, ids=lambda decider: decider.kind)
def test_any_commands_are_decided_or_refused_by_name(decider: Decider[Any, Any, Any]) -> None:
    """What `decide` made, `evolve` takes; and of so many commands some lead to something, if only from a beginning."""
    begun = BEGUN.get(id(decider), [])
    facts = 0

    @settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from([(), *begun]), st.lists(commands(decider.commands), max_size=6))
    def any_commands(history: tuple[Fact, ...], asked: list[Command]) -> None:
        nonlocal facts
        stream = survives(decider, sorted(asked, key=lambda command: command.at), history)
        facts += len(stream.history) - len(history)

    any_commands()
    assert facts or not begun


def test_every_service_that_decides_is_among_them() -> None:
    found = {decider.commands[0].__module__.split(".")[1] for decider in DECIDERS}
    assert found == {"agreements", "audit", "intake", "matching", "publication", "screening"}
