"""The table of what runs where, for a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
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


@contextmanager
def following(console: Console) -> Iterator[Callable[[StackState], None]]:
    """A function that shows the stack as it comes up: a moving table, or lines without a terminal."""
    said: dict[str, str] = {}

    def say(state: StackState) -> None:
        for part in state.parts:
            words = part.note or part.state
            if said.get(part.name) != words:
                said[part.name] = words
                console.print(f"{part.name}: {words}", highlight=False, markup=False, soft_wrap=True)

    if not console.is_terminal:
        yield say
        return
    with Live(console=console, transient=True) as live:
        yield lambda state: live.update(table(state))


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
