"""A Java program's classes, linked once and kept: every later start takes a third of the time.

The archive is made by a trial run of the program (JEP 483, 514). It belongs to one runtime and one set of
jars; a runtime that it does not fit, or that knows no such thing, starts as it always did.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from deploy.local.jars import Progress, cache_folder
from deploy.local.java import java
from deploy.local.trouble import Trouble

Trial = Callable[[Path, list[str]], None]
"""Runs the program once in a folder of its own, with the given options, and ends it properly."""

_OLDER_RUNTIMES_TOO = "-XX:+IgnoreUnrecognizedVMOptions"
_NO_REMARKS = "-Xlog:disable"  # of what did not fit into the archive


def archive_options(lock: Path, trial: Trial, progress: Progress) -> list[str]:
    """Options that start the program of a lock from its archive, which is made first when it is not there."""
    runtime = Path(java()).resolve()
    fingerprint = f"{runtime} {runtime.stat().st_mtime_ns}\n{lock.read_text()}"
    name = f"{lock.stem}-{sha256(fingerprint.encode()).hexdigest()[:16]}.aot"
    archive = cache_folder() / "quick-start" / name
    if not archive.exists():
        progress("preparing a quick start, once")
        _make(archive, trial)
    return [_OLDER_RUNTIMES_TOO, _NO_REMARKS, f"-XX:AOTCache={archive}"]


def _make(archive: Path, trial: Trial) -> None:
    archive.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".trial-", dir=archive.parent))
    made = scratch / "made.aot"
    try:
        with contextlib.suppress(Trouble):  # a comfort only: without one, the program starts as it always did
            trial(scratch, [_OLDER_RUNTIMES_TOO, _NO_REMARKS, f"-XX:AOTCacheOutput={made}"])
        made.touch()  # an empty one is ignored by the runtime, and keeps us from trying at each start
        os.replace(made, archive)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
