"""What a witness has seen of each log: one small file a log, replaced as a whole before anybody is told.

Whoever reads it to decide holds it until it is kept: `alone`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson

from services.audit.witness.deciding import Seen


class Store:
    """A folder. Raises OSError where it cannot be read or written; then nothing is cosigned."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else reads or writes meanwhile, neither a thread nor a process that was given the same folder."""
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def seen(self, origin: str) -> Seen | None:
        try:
            kept = orjson.loads(self._file(origin).read_bytes())
        except FileNotFoundError:
            return None
        return Seen(kept["size"], bytes.fromhex(kept["root"]))

    def keep(self, origin: str, seen: Seen) -> None:
        """On the disk when this returns, whole or not at all."""
        file = self._file(origin)
        half = file.with_suffix(".new")
        with half.open("wb") as opened:
            opened.write(orjson.dumps({"origin": origin, "size": seen.size, "root": seen.root.hex()}))
            opened.flush()
            os.fsync(opened.fileno())
        half.replace(file)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _file(self, origin: str) -> Path:
        return self._folder / f"{hashlib.sha256(origin.encode()).hexdigest()}.json"
