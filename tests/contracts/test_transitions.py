"""Every transition of the domain has its command, its fact, and a test that shows it."""

from __future__ import annotations

import importlib
import json
import pkgutil
from functools import cache
from pathlib import Path

import pytest
import yaml

import services
from chassis.decider import Command, Decider
from contracts.fact import FACTS
from tests.contracts.shown import said_by

HERE = Path(__file__).parent  # the two JSON files are the data of the domain, as the project was given them
TRANSITIONS = json.loads((HERE / "state_machine.json").read_text(encoding="utf-8"))["transitions"]
SHOWN: dict[str, list[str]] = yaml.safe_load((HERE / "transitions.yaml").read_text(encoding="utf-8"))

# There, these are events of their own; here, they are one fact with its decision.
FACT_OF = {
    "EligibilityConfirmed": "EligibilityDecided",
    "DeclaredIneligible": "EligibilityDecided",
    "MatchAccepted": "Matched",
}
STREAMS = {  # of a machine: the kinds of streams that it runs on
    "case": ("proposal", "screening", "matching", "partnership", "publication"),
    "agreement": ("partnership", "agreement"),
    "consultation": ("consultation",),
    "theme": ("theme",),
    "guideline": ("guideline",),
    "disclosure": ("disclosure",),
}


def name(transition: dict[str, str]) -> str:
    return " | ".join(transition[part] for part in ("machine", "from", "command", "to"))


@cache
def commands(kind: str) -> dict[str, type[Command]]:
    """What the decider of a kind of stream decides, by name."""
    found: dict[str, type[Command]] = {}
    for module in pkgutil.walk_packages(services.__path__, "services."):
        if ".domain" in module.name:
            for one in vars(importlib.import_module(module.name)).values():
                if isinstance(one, Decider) and one.kind == kind:
                    found |= {command.__name__: command for command in one.commands}
    return found


def test_the_table_has_the_transitions_of_the_domain_and_no_others() -> None:
    assert len(TRANSITIONS) == 64
    assert [name(transition) for transition in TRANSITIONS] == list(SHOWN)


@pytest.mark.parametrize(
    "transition", TRANSITIONS, ids=lambda each: name(each).replace(" | ", "-").replace(" ", "_")
)
def test_a_transition_has_its_command_its_fact_and_tests_that_show_it(transition: dict[str, str]) -> None:
    command, fact = transition["command"], FACT_OF.get(transition["event"], transition["event"])
    decided = [commands(kind) for kind in STREAMS[transition["machine"]]]
    assert any(command in each for each in decided), f"nobody decides {command}"
    assert any(key.endswith(f".{fact}") for key in FACTS), f"nobody publishes {fact}"
    spoken = {test: said_by(test) for test in SHOWN[name(transition)]}
    both = [test for test, names in spoken.items() if {command, fact} <= names]
    assert both, f"no test speaks of {command} and {fact}"
    for test, names in spoken.items():
        assert {command, fact} & names, f"{test} speaks neither of {command} nor of {fact}"


def test_who_asks_for_a_test_that_is_not_there_is_told() -> None:
    with pytest.raises(LookupError, match="there is no test"):
        said_by("tests/contracts/test_transitions.py::test_that_nobody_wrote")
    with pytest.raises(LookupError, match="there is no test"):
        said_by("tests/contracts/test_not_there.py::test_x")


def test_names_are_found_in_a_test_and_in_the_helpers_it_calls_and_nowhere_else() -> None:
    names = said_by("tests/intake/test_correction.py::test_after_its_last_day_a_proposal_lapses")
    assert {"LapseCorrection", "ProposalLapsed"} <= names
    assert "AgreementSigned" not in names
