"""One child process: its own session, its output in its own log, an end that is bounded.

Nothing here belongs to an event loop, so the supervisor and tests with a loop each can hold the same object.
"""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.trouble import Trouble

_LAUNCHER = str(Path(__file__).with_name("launch.py"))
_LOG_KEPT = 5_000_000
_LOOK_EVERY = 0.03


def rotate(log: Path, limit: int = _LOG_KEPT) -> None:
    """Put a log that has grown aside, as `<name>.1`, so that at most two of them are kept."""
    if log.exists() and log.stat().st_size > limit:
        log.replace(log.with_name(log.name + ".1"))


async def moments(seconds: float) -> AsyncIterator[None]:
    """Moments to look whether something has happened, until `seconds` have passed."""
    end = time.monotonic() + seconds
    yield
    while time.monotonic() < end:
        await asyncio.sleep(_LOOK_EVERY)
        yield


@dataclass
class Process:
    """A program that may be started, ended and started again.

    `tethered`: it ends with its parent (Linux). `patient`: others are served before it, where people wait for them.
    """

    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] | None = None
    folder: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    tethered: bool = False
    patient: bool = False
    _child: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child and self.running else None

    @property
    def running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    @property
    def exit_code(self) -> int | None:
        return self._child.poll() if self._child else None

    def start(self) -> int:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        rotate(self.log)
        command = list(self.command)
        if sys.platform == "linux" and (self.tethered or self.patient):
            asked = {"--tether": self.tethered, "--patient": self.patient}
            command = [*launcher(*(option for option in asked if asked[option])), *command]
        with self.log.open("ab") as output:
            self._child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self.environment,
                cwd=self.folder,
                start_new_session=True,
            )
        return self._child.pid

    async def ended(self, within: float) -> bool:
        """True as soon as it has ended, False when it still runs after `within` seconds."""
        async for _ in moments(within):
            if not self.running:
                return True
        return False

    async def stop(self, grace: float = 15.0) -> None:
        """Ask it to end; after `grace` seconds make it. Its own children go with it."""
        if self._child is None:
            return
        if self.running:
            self._child.send_signal(self.stop_signal)
            if not await self.ended(grace):
                await self.kill()
        self._end_session()

    async def kill(self) -> None:
        """SIGKILL to the process itself, as an operator or the kernel would, and wait until it is gone."""
        if self._child is not None and self.running:
            self._child.kill()
            await self.ended(5.0)

    def last_words(self, lines: int = 3) -> str:
        """The end of its log, for an error that should say why it did not start."""
        with contextlib.suppress(OSError):
            return " / ".join(self.log.read_text(errors="replace").strip().splitlines()[-lines:])
        return ""

    def _end_session(self) -> None:
        if self._child is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)


async def until_ready(
    name: str, process: Process, ready: Callable[[], Awaitable[bool]], within: float
) -> None:
    """Wait until a launched process answers. Raises Trouble with its last words when it ends before."""
    async for _ in moments(within):
        if not process.running:
            raise Trouble(f"{name} ended at once: {process.last_words()} (the whole log: {process.log}).")
        if await ready():
            return
    raise Trouble(f"{name} did not answer within {within:.0f} s: see {process.log}.")


def launcher(*options: str) -> list[str]:
    """The command that turns into another program under the given options (see launch.py)."""
    return [sys.executable, "-I", "-S", _LAUNCHER, *options]
