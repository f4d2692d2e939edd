"""The commands of the local stack: up, down, status, logs, and stop or start of one part."""

import json
import sys
from typing import Annotated

import typer
from rich.console import Console

from deploy.local import client
from deploy.local.settings import Settings
from deploy.local.state import PartState
from deploy.local.table import show_stack, table
from deploy.local.trouble import Trouble

app = typer.Typer()
Base = Annotated[
    int | None, typer.Option("--ports", help="First port; all others follow from it.", metavar="N")
]
Part = Annotated[str, typer.Argument(help="A part's name, as `renkei status` shows it.")]


@app.command()
def up(
    traces: Annotated[bool, typer.Option("--traces/--no-traces", help="With the trace viewer.")] = True,
    ports: Base = None,
) -> None:
    """Start the local stack and wait until all of it is ready. It goes on running; `renkei down` ends it."""
    settings = Settings.read(ports, traces)
    console = Console()
    state = client.up(settings, console)
    show_stack(console, settings, state)


@app.command()
def down() -> None:
    """End every process of the stack. Its data stays."""
    ended = client.down(Settings.read())
    typer.echo("The stack is down; its data stays." if ended else "Nothing was running.")


@app.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """What runs where. Exit code 1 when the stack is not running."""
    settings = Settings.read()
    state, running = client.status(settings)
    if as_json:
        typer.echo(json.dumps([_row(part) for part in state.parts] if state else [], indent=1))
    elif state:
        Console().print(table(state))
    if not running:
        typer.echo("The stack is not running: `renkei up` starts it.", err=True)
        raise typer.Exit(1)


@app.command()
def logs(
    part: Annotated[str | None, typer.Argument(help="One part only.")] = None,
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Go on with what is written from now on.")
    ] = False,
) -> None:
    """The end of the parts' logs."""
    for line in client.log_lines(Settings.read(), part, follow):
        sys.stdout.write(line)
        sys.stdout.flush()


@app.command()
def stop(part: Part) -> None:
    """Let one part rest until `renkei start PART`."""
    client.hold(Settings.read(), part)
    typer.echo(f"{part} is stopped: `renkei start {part}` starts it again.")


@app.command()
def start(part: Part) -> None:
    """Start a part that rests."""
    client.release(Settings.read(), part)
    typer.echo(f"{part} is ready.")


def _row(part: PartState) -> dict[str, str | int | None]:
    names = ("name", "kind", "pid", "address", "state", "restarts")
    return {name: getattr(part, name) for name in names}


def run(command: typer.Typer) -> None:
    """Run a command line; what went wrong is one sentence, never a traceback."""
    try:
        command()
    except Trouble as trouble:
        Console(stderr=True, soft_wrap=True).print(f"[red]{trouble}[/red]", highlight=False)
        sys.exit(1)
