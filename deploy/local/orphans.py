"""Parts that outlived their supervisor: found by what it wrote down, ended before anything new is started."""

import contextlib
import os
import signal

import psutil

from deploy.local.state import StackState

_GRACE = 15.0


def end_orphans(state: StackState) -> list[str]:
    """End every process that still is the one recorded, services before engines. Answers their names."""
    ended: list[str] = []
    for kind in ("service", "engine"):
        living = {
            part.name: process
            for part in state.parts
            if part.kind == kind and part.identity and (process := part.identity.process())
        }
        for process in living.values():
            with contextlib.suppress(psutil.Error):
                process.terminate()
        _, stubborn = psutil.wait_procs(list(living.values()), timeout=_GRACE)
        for process in stubborn:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # each part leads a group of its own
        psutil.wait_procs(stubborn, timeout=5.0)
        ended += living
    return ended
