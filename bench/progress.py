"""What is going on, for whoever waits: a moving line on a terminal, lines with seconds elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.rule import Rule

COLUMNS = (
    SpinnerColumn,
    BarColumn,
    MofNCompleteColumn,
    TimeElapsedColumn,
)


class Told:
    """`say` what happens next, `step` when a measurement is through."""

    def __init__(self, console: Console, progress: Progress, total: int) -> None:
        self._console = console
        self._progress = progress
        self._task = progress.add_task("", total=total)
        self._began = time.monotonic()

    def say(self, words: str) -> None:
        self._progress.update(self._task, description=words)
        if not self._console.is_terminal:
            self._console.print(
                f"{time.monotonic() - self._began:5.0f} s  {words}", highlight=False, markup=False
            )

    def step(self) -> None:
        self._progress.advance(self._task)

    def trouble(self, words: str) -> None:
        """Stays to be read."""
        self._console.print(Rule("[red]trouble", align="left"))
        self._console.print(words, highlight=False, markup=False)


@contextmanager
def told(total: int) -> Iterator[Told]:
    console = Console(stderr=True, soft_wrap=True)
    progress = Progress(
        *(column() for column in COLUMNS),
        TextColumn("{task.description}"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with progress:
        yield Told(console, progress, total)
