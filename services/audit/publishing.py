"""Publishing the log as files that anybody can verify: cosignatures first, then tiles, and the checkpoint last.

Who reads the checkpoint finds every tile that it speaks of. A file is written whole or not at all; what a crash left
out is written again from the database, which holds all of it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import asyncpg

from chassis.database import FAILS
from services.audit.standing import Conflict, Disputed, Standing, Unsigned, Witness
from services.audit.tlog import tiles
from services.audit.tlog.notes import note, split
from services.audit.tlog.tree import WIDTH, Range, consistency, joined, root, runs
from services.audit.verifier.notes import checkpoint as read_checkpoint
from services.audit.verifier.verdict import Refusal

log = logging.getLogger(__name__)

FAILURES: tuple[type[BaseException], ...] = (*FAILS, OSError)
LOOK_EVERY = 0.2  # seconds between two looks for a new checkpoint
AT_ONCE = 64  # bundles that are read and written together

HEAD = "select size, note from checkpoints where note is not null order by size desc limit 1"
LEAVES = "select entry, leaf from leaves where idx >= $1 and idx < $2 order by idx"
LEAF_HASHES = "select leaf as hash from leaves where idx >= $1 and idx < $2 order by idx"
HASHES = "select hash from nodes where level = $3 and idx >= $1 and idx < $2 order by idx"


async def hashes(pool: asyncpg.Pool, level: int, start: int, end: int) -> list[bytes]:
    """Hashes of one level of the tree, from `start` to before `end`."""
    rows = await (pool.fetch(HASHES, start, end, level) if level else pool.fetch(LEAF_HASHES, start, end))
    return [row["hash"] for row in rows]


async def root_of(pool: asyncpg.Pool, of: Range) -> bytes:
    """The root over a range of entries."""
    subtrees = [root(await hashes(pool, run.level, run.first, run.first + run.width)) for run in runs(of)]
    return joined(subtrees)


class PublishedOtherwise(Exception):
    """A file of the log says something else than the database. Which of them was changed, `renkei audit verify` tells.
    A file that is damaged is written again once it is moved away."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} says something else than the database.")


class Publisher:
    """Brings the newest checkpoint into a folder, with all that it speaks of."""

    def __init__(self, pool: asyncpg.Pool, folder: Path, standing: Standing) -> None:
        self._pool = pool
        self._folder = folder
        self._standing = standing
        self._published: int | None = None  # the size; None until the folder was looked through
        self._cosigned_by_all = False

    async def run(self) -> None:
        """Until cancelled. What goes wrong is tried again."""
        while True:
            try:
                await self.publish()
            except FAILURES as error:
                log.warning("the log is not published: %s: %s", type(error).__name__, error)
                self._published = None
                await asyncio.sleep(1)
            await asyncio.sleep(LOOK_EVERY)

    async def publish(self) -> int:
        """The size of the log that is published now."""
        head = await self._pool.fetchrow(HEAD)
        if (
            head is None
            or self._standing.behind
            or (head["size"], True) == (self._published, self._cosigned_by_all)
        ):
            return self._published or 0
        size: int = head["size"]
        if self._published is None:
            extends = await asyncio.to_thread(self._size_before)
            if extends is None:
                self._standing.dispute(f"{self._folder / 'checkpoint'} is damaged; move it away.")
                return 0
            if extends > size:
                self._standing.dispute(f"{extends:,} entries are published; the database has {size:,}.")
                return 0
        text, lines = split(head["note"])
        before = await asyncio.to_thread(self._lines_below, text)
        seen = await asyncio.gather(
            *(
                self._cosigned(witness, size, head["note"], witness.line_of(text, before))
                for witness in self._standing.witnesses
            )
        )
        if self._standing.behind or (size == self._published and {*filter(None, seen)} <= {*before}):
            return self._published or 0
        first = (
            await asyncio.to_thread(self._whole_until, size) if self._published is None else self._published
        )
        try:
            await self._tiles(first, size)
        except PublishedOtherwise as error:
            self._standing.dispute(str(error))
            return self._published or 0
        signed = note(text, *lines, *(line for line in seen if line))
        await asyncio.to_thread(_write, self._folder / "checkpoint", signed.encode())
        self._published, self._cosigned_by_all = size, all(seen)
        return size

    def _size_before(self) -> int | None:
        """What the folder says from an earlier run; None where that is no checkpoint."""
        try:
            return read_checkpoint((self._folder / "checkpoint").read_bytes()).size
        except FileNotFoundError:
            return 0
        except Refusal:
            return None

    def _lines_below(self, text: str) -> list[str]:
        """What stands below this very checkpoint already, where it is published."""
        try:
            published = (self._folder / "checkpoint").read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return []
        of, lines = split(published)
        return lines if of == text else []

    async def _cosigned(self, witness: Witness, size: int, signed: str, before: str | None) -> str | None:
        """Its line, which may stand there before; None where it does not sign, which is for those to judge who
        verify."""
        if before:
            return before
        for _ in range(2):
            old = min(witness.size, size)
            proof = [await root_of(self._pool, of) for of in consistency(old, size)]
            try:
                line = await witness.cosign(old, proof, signed)
            except Conflict as conflict:
                self._standing.learn(witness, conflict.size, size)
                if conflict.size > size:
                    return None
            except Disputed:
                self._standing.dispute(
                    f"{witness.key.name} has seen other entries than those of this database."
                )
                return None
            except Unsigned as error:
                log.warning("published without a cosignature: %s", error)
                return None
            else:
                witness.size = size
                return line
        return None

    def _whole_until(self, size: int) -> int:
        """How far the folder holds every full tile: from there on all is written, again or for the first time."""
        number = 0
        while (number + 1) * WIDTH <= size and all(
            (self._folder / tiles.name(level, number)).is_file() for level in (0, tiles.ENTRIES)
        ):
            number += 1
        missing = (
            number * WIDTH ** (level + 1)
            for level, number in _full(size)
            if not (self._folder / tiles.name(level, number)).is_file()
        )
        whole: int = min([number * WIDTH, *missing])
        return whole

    async def _tiles(self, first: int, size: int) -> None:
        """Every tile that is new or has grown since the log had `first` entries."""
        step = AT_ONCE * WIDTH
        for start in range(first // WIDTH * WIDTH, size, step):
            rows = await self._pool.fetch(LEAVES, start, min(start + step, size))
            await asyncio.to_thread(self._bundles, start, [(row["entry"], row["leaf"]) for row in rows])
        level, covered = 1, WIDTH
        while (count := size // covered) > 0:
            begin = first // covered // WIDTH * WIDTH
            of = await hashes(self._pool, level, begin, count)
            for at in range(0, len(of), WIDTH):
                part = of[at : at + WIDTH]
                await asyncio.to_thread(self._tile, level, (begin + at) // WIDTH, len(part), b"".join(part))
            level, covered = level + 1, covered * WIDTH

    def _bundles(self, start: int, rows: Sequence[tuple[bytes, bytes]]) -> None:
        for at in range(0, len(rows), WIDTH):
            part, number = rows[at : at + WIDTH], (start + at) // WIDTH
            self._tile(tiles.ENTRIES, number, len(part), tiles.bundle([entry for entry, _ in part]))
            self._tile(0, number, len(part), b"".join(leaf for _, leaf in part))

    def _tile(self, level: int | str, number: int, width: int, data: bytes) -> None:
        """A tile that is full takes the place of those that were not. What is published is never replaced by something
        else: raises PublishedOtherwise."""
        file = self._folder / tiles.name(level, number, width)
        if not file.is_file():
            _write(file, data)
        elif file.read_bytes() != data:
            raise PublishedOtherwise(file)
        if width == WIDTH:
            shutil.rmtree(self._folder / f"{tiles.name(level, number)}.p", ignore_errors=True)


def _full(size: int) -> Iterator[tuple[int, int]]:
    """Level and number of every full tile above the leaves."""
    level, count = 1, size // WIDTH // WIDTH
    while count:
        yield from ((level, number) for number in range(count))
        level, count = level + 1, count // WIDTH


def _write(file: Path, data: bytes) -> None:
    """On the disk when this returns, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f"{file.name}.new")
    with half.open("wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    half.replace(file)
