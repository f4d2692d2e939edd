"""`renkei`: the one command of the system, composed of what each part of it offers."""

from __future__ import annotations

import typer

from deploy.lazily import lazily
from deploy.local import commands

WHERE = {
    **dict.fromkeys(("up", "down", "status", "logs", "stop", "start"), "deploy.local.commands:app"),
    "play": "deploy.journeys.commands:play",
    "demo": "deploy.journeys.commands:demo",
    "load": "deploy.load.commands:load",
    "audit": "deploy.audit:app",
    "deadletters": "deploy.deadletters:app",
    "rebuild": "deploy.operations:rebuild",
    "guideline": "deploy.guideline:app",
    "screening": "deploy.screening:app",
    "matching": "deploy.matching:app",
    "mail": "deploy.mail:app",
}


def _renkei() -> None:
    """Renkei on this machine: the stack and what one does with it."""


app = typer.Typer(cls=lazily(WHERE), no_args_is_help=True, callback=_renkei)


def main() -> None:
    commands.run(app)


if __name__ == "__main__":
    main()
