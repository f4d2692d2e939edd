"""Time is a port: everything that asks what time it is asks a Clock.

NotADevelopmentClock         409: somebody wants to set the clock of a system that is not for development
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

from chassis.decider import Refused

Clock = Callable[[], datetime]


class NotADevelopmentClock(Refused):
    """The clock can be set in development only."""


def system_clock() -> datetime:
    """The time of the machine, in UTC."""
    return datetime.now(UTC)


class DevelopmentClock:
    """The machine's time shifted by an offset that all services of one machine share through a small file.

    Reading costs one `stat`; the file is read again only when it has changed.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read_at = -1
        self._offset = timedelta()

    def __call__(self) -> datetime:
        try:
            changed = os.stat(self._file).st_mtime_ns
        except FileNotFoundError:
            return system_clock()
        if changed != self._read_at:
            self._offset = timedelta(seconds=orjson.loads(self._file.read_bytes())["offset_seconds"])
            self._read_at = changed
        return system_clock() + self._offset

    def set(self, now: datetime) -> datetime:
        """From here on it is `now`, for every service; time flows on."""
        offset = now.astimezone(UTC) - system_clock()
        unfinished = self._file.with_suffix(f".{os.getpid()}.tmp")
        unfinished.write_bytes(orjson.dumps({"offset_seconds": offset.total_seconds()}))
        unfinished.replace(self._file)
        return self()
