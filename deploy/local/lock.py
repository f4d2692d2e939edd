"""At most one supervisor for one home."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.trouble import Trouble


class HomeTaken(Trouble):
    """Another supervisor keeps the stack in this home."""


@contextmanager
def only_supervisor(home: Path) -> Iterator[None]:
    """Hold the home. The kernel lets go of it when this process ends, however it ends. Raises HomeTaken."""
    with (home / "supervisor.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HomeTaken(
                f"A stack already runs in {home}: `renkei status` shows it, `renkei down` ends it."
            ) from None
        yield


def supervised(home: Path) -> bool:
    """Whether somebody holds the home now."""
    if not home.exists():
        return False
    try:
        with only_supervisor(home):
            return False
    except HomeTaken:
        return True
