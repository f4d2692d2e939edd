"""What may be shown of an error: in a log, a listing of dead letters, an operator's terminal."""

from __future__ import annotations

import traceback
from pathlib import Path

from chassis.database import UNREACHABLE

OURS = frozenset({"chassis", "contracts", "guidelines", "services"})


def shown(error: BaseException) -> str:
    """Its own words where we or the network wrote them; otherwise where it was raised, as `file:line, function`.

    The words of a library or of PostgreSQL may quote the value that was wrong, which may be somebody's idea.
    """
    if isinstance(error, UNREACHABLE) or type(error).__module__.partition(".")[0] in OURS:
        return str(error)
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}, {frames[-1].name}" if frames else ""
