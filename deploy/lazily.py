"""Commands that are brought in when they are asked for, and not before: who asks for the status waits for no model."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command


def lazily(where: Mapping[str, str]) -> type[TyperGroup]:
    """A group of commands. Each is named by its module and, in it, the function that it is, the app that it is, or the
    app that has it."""

    class Group(TyperGroup):
        def list_commands(self, ctx: Any) -> list[str]:
            return list(where)

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            return _brought_in(where[cmd_name], cmd_name) if cmd_name in where else None

    return Group


def _brought_in(place: str, name: str) -> Any:
    module, _, attribute = place.partition(":")
    found = getattr(import_module(module), attribute)
    alone = typer.Typer(add_completion=False, callback=_nothing)
    if isinstance(found, typer.Typer):
        alone.add_typer(found)
    else:
        alone.command(name)(found)
    group = get_command(alone)
    assert isinstance(group, TyperGroup), "it has a callback"
    return group.commands[name]


def _nothing() -> None:
    """With a callback, an app of one command is a group still."""
