"""A published log copied into a folder: the same files, from which any C2SP tool verifies without asking us.

What was copied there before is extended, or nothing is changed; the checkpoint comes last, so that whoever reads the
folder meanwhile reads a whole log.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from services.audit.verifier.log import verify
from services.audit.verifier.notes import checkpoint
from services.audit.verifier.policy import Policy
from services.audit.verifier.sources import ENTRIES, WIDTH, Folder, Row, Source, entries, hashes, name, there

KEYS = ("policy", "log.vkey", "witness.vkey")


def mirror(of: Source, folder: Path, trust: Policy) -> int:
    """The size of the log. Raises Refusal where it does not hold, or does not extend what the folder holds."""
    copied = Folder(folder).read("checkpoint")
    head = there(of, "checkpoint")
    size = checkpoint(head).size
    still = _AtOne(of, head)
    verify(still, trust, checkpoint(copied) if copied else None)
    for level, number, width in tiles(size):
        file, data = folder / name(level, number, width), _data(of, level, number, width)
        if not file.is_file() or file.read_bytes() != data:
            put(file, data)
    for key in KEYS:
        if (told := of.read(key)) is not None:
            put(folder / key, told)
    put(folder / "checkpoint", head)
    return size


class _AtOne:
    """A log that goes on growing, as it was at one checkpoint."""

    def __init__(self, of: Source, head: bytes) -> None:
        self._of = of
        self._head = head

    def read(self, name: str) -> bytes | None:
        return self._head if name == "checkpoint" else self._of.read(name)

    def rows(self, start: int, end: int) -> list[Row] | None:
        return None


def tiles(size: int) -> Iterator[tuple[int | str, int, int]]:
    """Level, number and width of every tile that a log of this size has."""
    for level in (ENTRIES, *range(8)):
        count = size // WIDTH**level if isinstance(level, int) else size
        for start in range(0, count, WIDTH):
            yield level, start // WIDTH, min(WIDTH, count - start)


def _data(of: Source, level: int | str, number: int, width: int) -> bytes:
    """As much of a tile as the log had at its checkpoint, which may have grown."""
    if isinstance(level, int):
        return b"".join(hashes(of, level, number, width))
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries(of, number, width))


def put(path: Path, data: bytes) -> None:
    """A file is there as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".new")
    with unfinished.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
