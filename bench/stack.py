"""The whole local stack as people run it, in a folder and on ports of this run alone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from bench.engines import Say
from deploy.local import client
from deploy.local.ports import free_base
from deploy.local.settings import Settings
from deploy.local.state import PartState
from deploy.local.trouble import Trouble

PATIENCE = 3.0  # seconds until a supervisor that was just started has written down that it is there


@dataclass(frozen=True)
class Stack:
    """A running stack. `folder` is for what a measurement writes."""

    settings: Settings
    folder: Path
    quick: bool
    say: Say

    def scaled(self, whole: int, quick: int) -> int:
        """How much of something: as a rule, or when there is little time."""
        return quick if self.quick else whole

    def services(self) -> list[PartState]:
        """The services as they run now."""
        state, _ = client.status(self.settings)
        return [part for part in state.parts if part.kind == "service"] if state else []


@contextmanager
def stack(folder: Path, quick: bool, say: Say) -> Iterator[Stack]:
    """Up until everything is ready; down at the end, whatever happens."""
    home = folder / "stack"
    settings = Settings.read(free_base(), environment={**os.environ, "RENKEI_HOME": str(home)})
    try:
        say("starting the whole stack")
        client.up(settings, Console(quiet=True))
        yield Stack(settings, folder, quick, say)
    finally:
        say("stopping the stack")
        _end(settings)


def _end(settings: Settings) -> None:
    """Also when it was interrupted while it was starting: then the supervisor may not be there yet."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if client.down(settings):
                return
        except Trouble:
            pass  # it is just starting
        time.sleep(0.1)
