"""At most one supervisor for one home."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from deploy.local.trouble import Trouble

# A command that only asks whether somebody holds the home holds it itself for a moment
_PAUSES = (0.0, 0.05, 0.1, 0.2)


class HomeTaken(Trouble):
    """Another supervisor keeps the stack in this home."""


@contextmanager
def only_supervisor(home: Path) -> Iterator[None]:
    """Hold the home. The kernel lets go of it when this process ends, however it ends. Raises HomeTaken."""
    with (home / "supervisor.lock").open("a") as file:
        if not any(_locked(file, pause) for pause in _PAUSES):
            raise HomeTaken(
                f"A stack already runs in {home}: `renkei status` shows it, `renkei down` ends it."
            )
        yield


def _locked(file: IO[str], pause: float) -> bool:
    time.sleep(pause)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def supervised(home: Path) -> bool:
    """Whether somebody holds the home now."""
    if not home.exists():
        return False
    try:
        with only_supervisor(home):
            return False
    except HomeTaken:
        return True
