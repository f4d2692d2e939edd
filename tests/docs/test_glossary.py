"""Every word that code uses for facts, commands, roles and stages stands in the glossary, and no other."""

import importlib
import re
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from chassis.decider import Command
from contracts.actors import Role
from contracts.fact import FACTS
from contracts.intake import Stage
from contracts.terms import term
from deploy.journeys.report import REASONS
from deploy.local import PUBLISHERS

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
IN_TABLES = {
    name for row in GLOSSARY.splitlines() if row.startswith("|") for name in re.findall(r"`(\w+)`", row)
}


def facts() -> set[str]:
    for publisher in PUBLISHERS:
        importlib.import_module(f"contracts.{publisher}")
    return {fact.__name__ for fact in FACTS.values() if fact.publisher in PUBLISHERS}


def commands() -> dict[str, type[Command]]:
    services = [importlib.import_module(f"services.{name}.main").SERVICE for name in PUBLISHERS]
    deciders = [decider for service in services for decider in service.deciders]
    return {command.__name__: command for decider in deciders for command in decider.commands}


def test_every_fact_is_explained() -> None:
    assert facts() - IN_TABLES == set()


def test_every_command_is_explained() -> None:
    assert commands().keys() - IN_TABLES == set()


def test_it_says_truly_who_may_ask() -> None:
    said = dict(re.findall(r"^\| `(\w+)` \| ([\w, ]+) \| (?:\*\*)?`", GLOSSARY, re.MULTILINE))
    assert {name: set(by.split(", ")) for name, by in said.items()} == {
        name: set(map(str, command.by)) for name, command in commands().items()
    }


def test_every_role_and_stage_is_explained() -> None:
    assert {*map(str, Role), *map(str, Stage)} - IN_TABLES == set()


def closed_words(annotation: Any) -> set[str]:
    """The words of which a field holds one."""
    if get_origin(annotation) is Literal:
        return {word for word in get_args(annotation) if isinstance(word, str)}
    return set().union(*map(closed_words, get_args(annotation)))


def test_every_word_that_a_history_gives_as_a_reason_is_said_in_japanese() -> None:
    facts()
    found = {
        word
        for fact in FACTS.values()
        for name, field in fact.model_fields.items()
        if (field.serialization_alias or name) in REASONS
        for word in closed_words(field.annotation)
        if re.fullmatch(r"[a-z_]+", word)
    }
    assert len(found) > 50
    assert {word for word in found if term(word) == word} == set()


def test_nothing_is_explained_that_is_not_there() -> None:
    named = {name for name in IN_TABLES if re.fullmatch(r"([A-Z][a-z]+){2,}|[A-Z][a-z]+", name)}
    assert named - facts() - commands().keys() == set()
