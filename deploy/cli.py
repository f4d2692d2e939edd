"""`renkei`: the one command of the system, composed of what each part of it offers.

A part is brought in when one of its commands is asked for, and not before: who asks for the status waits for no model.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from deploy.local import commands

WHERE = {
    **dict.fromkeys(("up", "down", "status", "logs", "stop", "start"), "deploy.local.commands:app"),
    "play": "deploy.journeys.commands:play",
    "demo": "deploy.journeys.commands:demo",
    "load": "deploy.load.commands:load",
    "audit": "deploy.audit:app",
    "deadletters": "deploy.operations:app",
    "rebuild": "deploy.operations:app",
    "guideline": "deploy.guideline:app",
    "screening": "deploy.screening:app",
    "matching": "deploy.matching:app",
    "mail": "deploy.mail:app",
}
"""Command → module and name of the function that it is, of the app that it is, or of the app that has it."""


def _renkei() -> None:
    """Renkei on this machine: the stack and what one does with it."""


class Parts(TyperGroup):
    """The commands of all parts, each where it is at home."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(WHERE)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in WHERE:
            return None
        module, _, name = WHERE[cmd_name].partition(":")
        found = getattr(import_module(module), name)
        part = typer.Typer(add_completion=False, callback=_renkei)
        if isinstance(found, typer.Typer):
            part.add_typer(found)
        else:
            part.command(cmd_name)(found)
        group = get_command(part)
        assert isinstance(group, TyperGroup), "it has a callback"
        return group.commands[cmd_name]


app = typer.Typer(cls=Parts, no_args_is_help=True, callback=_renkei)


def main() -> None:
    commands.run(app)


if __name__ == "__main__":
    main()
