"""The tree over all entries (RFC 6962, section 2): how it grows, and which hashes prove what.

Hashes are kept as tiles hold them: of level 0 the leaves, of each level above one hash for 256 of the level below.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

WIDTH = 256  # hashes of a full tile
EMPTY = hashlib.sha256(b"").digest()  # the root of a log without entries


def leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\0" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The root over hashes of one level, of which only the last may stand for fewer entries than the others."""
    if not hashes:
        return EMPTY
    level = list(hashes)
    while len(level) > 1:
        paired = [node(level[n], level[n + 1]) for n in range(0, len(level) - 1, 2)]
        level = [*paired, level[-1]] if len(level) % 2 else paired
    return level[0]


class Placed(NamedTuple):
    """A hash that stands for 256 of the level below, at its place in its level."""

    level: int
    at: int
    hash: bytes


@dataclass
class Edge:
    """The right edge of the tree, all that a log needs to grow: of each level the hashes of its last tile."""

    size: int = 0
    levels: list[list[bytes]] = field(default_factory=lambda: [[]])

    def add(self, leaves: Iterable[bytes]) -> list[Placed]:
        """Adds leaves; returns the hashes of tiles that became full by it."""
        full: list[Placed] = []
        for one in leaves:
            self.levels[0].append(one)
            self.size += 1
            level = 0
            while len(self.levels[level]) == WIDTH:
                above = root(self.levels[level])
                self.levels[level] = []
                level += 1
                if level == len(self.levels):
                    self.levels.append([])
                full.append(Placed(level, self.size // WIDTH**level - 1, above))
                self.levels[level].append(above)
        return full

    def root(self) -> bytes:
        rest: list[bytes] = []
        for hashes in self.levels:
            if hashes or rest:
                rest = [root([*hashes, *rest])]
        return rest[0] if rest else EMPTY

    def copy(self) -> Edge:
        """Of its own: what is added to it is not added here."""
        return Edge(self.size, [list(hashes) for hashes in self.levels])


class Range(NamedTuple):
    """Entries from `start` to before `end`."""

    start: int
    end: int


def consistency(old: int, new: int) -> list[Range]:
    """The ranges whose roots prove that a log of size `new` extends one of size `old` (RFC 6962, section 2.1.2)."""
    if old in (0, new):
        return []
    return _subproof(old, Range(0, new), True)


def _subproof(old: int, of: Range, known: bool) -> list[Range]:
    count = of.end - of.start
    if old == count:
        return [] if known else [of]
    k = _split(count)
    left, right = Range(of.start, of.start + k), Range(of.start + k, of.end)
    if old <= k:
        return [*_subproof(old, left, known), right]
    return [*_subproof(old - k, right, False), left]


class Run(NamedTuple):
    """`width` hashes of one level, from `first` on: together a subtree with no gap."""

    level: int
    first: int
    width: int


def runs(of: Range) -> list[Run]:
    """The perfect subtrees of which a range consists, largest first, by hashes of the highest level that has them."""
    found, start = [], of.start
    while start < of.end:
        size = 1 << ((of.end - start).bit_length() - 1)
        level, covered = 0, 1
        while covered * WIDTH <= size:
            level, covered = level + 1, covered * WIDTH
        found.append(Run(level, start // covered, size // covered))
        start += size
    return found


def joined(subtrees: Sequence[bytes]) -> bytes:
    """The root of a range from the roots of its `runs`."""
    *before, last = subtrees
    for left in reversed(before):
        last = node(left, last)
    return last


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)
