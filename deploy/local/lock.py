"""At most one supervisor for one home."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from deploy.local.trouble import Trouble

_FILE = "supervisor.lock"

# Whoever only asks shares the home for a moment: others who ask see nobody, and a supervisor waits that moment
_PAUSES = (0.0, 0.05, 0.1, 0.2)


class HomeTaken(Trouble):
    """Another supervisor keeps the stack in this home."""


@contextmanager
def only_supervisor(home: Path) -> Iterator[None]:
    """Hold the home. The kernel lets go of it when this process ends, however it ends. Raises HomeTaken."""
    with (home / _FILE).open("a") as file:
        if not any(_alone(file, pause) for pause in _PAUSES):
            raise HomeTaken(
                f"A stack already runs in {home}: `renkei status` shows it, `renkei down` ends it."
            )
        yield


def supervised(home: Path) -> bool:
    """Whether a supervisor holds the home now."""
    if not home.exists():
        return False
    with (home / _FILE).open("a") as file:
        return not _locked(file, fcntl.LOCK_SH)


def _alone(file: IO[str], pause: float) -> bool:
    time.sleep(pause)
    return _locked(file, fcntl.LOCK_EX)


def _locked(file: IO[str], how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
