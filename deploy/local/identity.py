"""Which process a recorded process id meant."""

import contextlib
from dataclasses import dataclass

import psutil

_SAME_MOMENT = 0.05  # seconds; the kernel counts in hundredths


@dataclass(frozen=True)
class Identity:
    """What makes a process that one: an id alone is given to somebody else later."""

    pid: int
    started_at: float

    @classmethod
    def of(cls, pid: int) -> "Identity | None":
        try:
            return cls(pid, psutil.Process(pid).create_time())
        except psutil.Error:
            return None

    def process(self) -> psutil.Process | None:
        """The process, if it still is the one that was meant."""
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(self.pid)
            if (
                abs(process.create_time() - self.started_at) < _SAME_MOMENT
                and process.status() != psutil.STATUS_ZOMBIE
            ):
                return process
        return None
