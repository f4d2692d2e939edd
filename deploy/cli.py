"""`renkei`: the one command of the system, composed of what each part of it offers."""

import typer

from deploy import guideline, mail, matching, operations, screening
from deploy.journeys.commands import demo, play
from deploy.load.commands import load
from deploy.local import commands
from deploy.registers.commands import import_register

app = typer.Typer(no_args_is_help=True, help="Renkei on this machine: the stack and what one does with it.")
app.add_typer(commands.app)
app.add_typer(operations.app)
screening.app.command("import")(import_register)
for part in (guideline.app, screening.app, matching.app, mail.app):
    app.add_typer(part)
for command in (play, load, demo):
    app.command()(command)


def main() -> None:
    commands.run(app)


if __name__ == "__main__":
    main()
