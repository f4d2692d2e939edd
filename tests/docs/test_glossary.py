"""Every word that code uses for facts, commands, roles and stages stands in the glossary, and no other."""

import importlib
import re
from pathlib import Path

from contracts.actors import Role
from contracts.fact import FACTS
from contracts.intake import Stage
from deploy.local import PUBLISHERS

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
IN_TABLES = {
    name for row in GLOSSARY.splitlines() if row.startswith("|") for name in re.findall(r"`(\w+)`", row)
}


def facts() -> set[str]:
    for publisher in PUBLISHERS:
        importlib.import_module(f"contracts.{publisher}")
    return {fact.__name__ for fact in FACTS.values() if fact.publisher in PUBLISHERS}


def commands() -> set[str]:
    services = [importlib.import_module(f"services.{name}.main").SERVICE for name in PUBLISHERS]
    return {
        command.__name__ for service in services for each in service.deciders for command in each.commands
    }


def test_every_fact_is_explained() -> None:
    assert facts() - IN_TABLES == set()


def test_every_command_is_explained() -> None:
    assert commands() - IN_TABLES == set()


def test_every_role_and_stage_is_explained() -> None:
    assert {*map(str, Role), *map(str, Stage)} - IN_TABLES == set()


def test_nothing_is_explained_that_is_not_there() -> None:
    named = {name for name in IN_TABLES if name[0].isupper()}
    assert named - facts() - commands() == set()
