"""What a command does with the supervisor: start it, watch what it writes down, tell it to end."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import psutil
from rich.console import Console

from deploy.local.identity import Identity
from deploy.local.lock import supervised
from deploy.local.orphans import end_orphans
from deploy.local.ports import Ports
from deploy.local.settings import ROOT, Settings
from deploy.local.state import PartState, StackState, read_state, write_state
from deploy.local.table import following
from deploy.local.trouble import Trouble

_LOOK_EVERY = 0.1
_UNTIL_READY = 120.0  # seconds without progress
_TRIES = 3
_UNTIL_DOWN = 90.0
_LINES = 20


def status(settings: Settings) -> tuple[StackState | None, bool]:
    """The table, and whether a supervisor keeps it. If not, parts that are gone are stopped."""
    state = read_state(settings.home)
    running = supervised(settings.home)
    if state and not running:
        for part in state.parts:
            if part.identity is None or part.identity.process() is None:
                part.state, part.pid = "stopped", None
    return state, running


def running() -> Settings:
    """Settings of the stack that runs, wherever it listens. Raises Trouble when none does."""
    settings = Settings.read()
    state, runs = status(settings)
    if not state or not runs:
        raise Trouble("The stack is not running: `renkei up` starts it.")
    return replace(settings, ports=Ports(state.base))


def up(settings: Settings, console: Console) -> StackState:
    """Start the supervisor, unless one runs, and show what happens until everything is ready."""
    settings.make_home()
    process = None if supervised(settings.home) else _start_supervisor(settings)
    with following(console) as show:
        state = _until_ready(settings, process, show)
    if state.base != settings.ports.base:
        raise Trouble(
            f"The stack already runs at base port {state.base}: `renkei down` first, to have it elsewhere."
        )
    return state


def _start_supervisor(settings: Settings) -> subprocess.Popen[bytes]:
    with settings.log("supervisor").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "deploy.local.supervisor"],
            env=settings.for_supervisor(),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _until_ready(
    settings: Settings, process: subprocess.Popen[bytes] | None, show: Callable[[StackState], None]
) -> StackState:
    progress: tuple[object, ...] = ()
    patience = time.monotonic() + _UNTIL_READY
    while time.monotonic() < patience:
        ended = process is not None and process.poll() is not None
        state = read_state(settings.home)
        if ended and not supervised(settings.home):
            told = state.trouble if state else ""
            raise Trouble(told or f"The supervisor ended at once: see {settings.log('supervisor')}.")
        if state and state.supervised:  # else it is what the one before has left
            show(state)
            if state.usable:
                return state
            if process and (hopeless := [part.name for part in state.parts if _hopeless(part)]):
                raise Trouble(
                    f"{hopeless[0]} keeps ending: `renkei logs {hopeless[0]}` shows why, `renkei down` ends all."
                )
            if progress != (progress := _progress(state)):
                patience = time.monotonic() + _UNTIL_READY
        time.sleep(_LOOK_EVERY)
    raise Trouble("Not ready in time: `renkei status` shows what is missing, `renkei logs` what it says.")


def _hopeless(part: PartState) -> bool:
    return part.needed and part.state != "ready" and part.restarts >= _TRIES


def _progress(state: StackState) -> tuple[object, ...]:
    """What changes as long as it is worth waiting: what is ready, and what those that prepare say."""
    return tuple(part.note if part.state == "starting" else part.state == "ready" for part in state.parts)


def down(settings: Settings) -> bool:
    """End the supervisor, which ends its parts; or the parts, when it is gone. False when nothing ran."""
    state = read_state(settings.home)
    if state is None:
        return False
    if not supervised(settings.home):
        ended = end_orphans(state)
        write_state(settings.home, _all_stopped(state))
        return bool(ended)
    supervisor = Identity(state.supervisor, state.supervisor_started_at).process()
    if supervisor is None:
        raise Trouble("A supervisor is just starting or ending: wait a moment, then try again.")
    supervisor.terminate()
    try:
        supervisor.wait(_UNTIL_DOWN)
    except psutil.TimeoutExpired:
        supervisor.kill()
        end_orphans(state)
    return True


def _all_stopped(state: StackState) -> StackState:
    for part in state.parts:
        part.state, part.pid, part.started_at = "stopped", None, None
    return state


def hold(settings: Settings, part: str) -> None:
    """Let a part rest, and wait until it does."""
    _part(settings, part)
    settings.held(part).touch()
    _wait(settings, part, "stopped")


def release(settings: Settings, part: str) -> None:
    """Let a part run again, and wait until it is ready."""
    _part(settings, part)
    settings.held(part).unlink(missing_ok=True)
    _wait(settings, part, "ready")


def _part(settings: Settings, name: str) -> PartState:
    state, running = status(settings)
    if not state or not running:
        raise Trouble("The stack is not running: `renkei up` starts it.")
    found = [part for part in state.parts if part.name == name]
    if not found:
        raise Trouble(
            f"There is no part {name}: choose one of {', '.join(part.name for part in state.parts)}."
        )
    return found[0]


def _wait(settings: Settings, name: str, wanted: str) -> None:
    end = time.monotonic() + _UNTIL_READY
    while time.monotonic() < end:
        if _part(settings, name).state == wanted:
            return
        time.sleep(_LOOK_EVERY)
    raise Trouble(f"{name} is not {wanted} after {_UNTIL_READY:.0f} s: `renkei logs {name}` may say why.")


def log_lines(settings: Settings, part: str | None, follow: bool) -> Iterator[str]:
    """The last lines of each log, then, when following, each new line, both with the part's name in front."""
    files = [settings.log(part)] if part else sorted(settings.logs.glob("*.log"))
    if not any(file.exists() for file in files):
        raise Trouble(f"There is no log of {part or 'anything'} yet: `renkei up` starts the stack.")
    opened = {file.stem: file.open(errors="replace") for file in files}
    for name, file in opened.items():
        yield from (f"{name:<11} {line.rstrip()}\n" for line in file.readlines()[-_LINES:])
    while follow:
        fresh = [
            f"{name:<11} {line.rstrip()}\n" for name, file in opened.items() for line in file.readlines()
        ]
        yield from fresh
        if not fresh:
            time.sleep(_LOOK_EVERY)
