"""The table of what runs where, for a terminal."""

from rich.console import Console
from rich.table import Table

from deploy.local.settings import Settings
from deploy.local.state import StackState

_COLOURS = {
    "ready": "green",
    "starting": "yellow",
    "unready": "yellow",
    "restarting": "yellow",
    "stopped": "red",
}


def table(state: StackState) -> Table:
    shown = Table(box=None, pad_edge=False)
    for heading in ("part", "kind", "state", "address"):
        shown.add_column(heading)
    for heading in ("pid", "restarts"):
        shown.add_column(heading, justify="right")
    shown.add_column("", overflow="fold")
    for part in state.parts:
        colour = _COLOURS[part.state]
        word = f"[{colour}]{part.state}[/{colour}]"
        pid = str(part.pid or "-")
        shown.add_row(
            part.name, part.kind, word, part.address, pid, str(part.restarts), part.note.replace("[", "\\[")
        )
    return shown


def show_stack(console: Console, settings: Settings, state: StackState) -> None:
    """What runs where, and where a person looks next."""
    base = f"http://127.0.0.1:{state.base}"
    console.print(table(state))
    console.print(f"\nOperator page  {base}/")
    console.print(f"API docs       {base}/intake/docs (and so for each service)")
    zipkin = next((part for part in state.parts if part.name == "zipkin"), None)
    if zipkin:
        console.print(f"Traces         http://{zipkin.address}/zipkin/")
    console.print(f"Logs           {settings.logs}")
