"""The log as static files, signed (C2SP tlog-tiles, tlog-checkpoint): `renkei audit export FOLDER`.

Entries follow from the rows alone, so that the same log is written again at any time. What was published into the
folder before is extended, or nothing is signed: a database that was restored from an older backup, or changed, is seen.
The checkpoint comes last, so that whoever reads meanwhile reads a whole log.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy.local.trouble import Trouble
from services.audit.entry import Before, entry_of, leaf_of

WIDTH = 256
LOG = b"\1"  # type of the key of a log
ROWS = """
select idx, topic, partition, "offset", value, id, type, source, subject, version, case_id, time, actor, cause
from entries order by idx
"""


class NotAnExtension(Trouble):
    """What was published before is not the beginning of what the database holds now: nothing was signed.

    The database was restored from an older backup, or changed. Keep the folder: it is what shows the difference.
    """

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True)
class Key:
    """The key of the log, and the name under which it signs: its origin."""

    name: str
    private: Ed25519PrivateKey

    @classmethod
    def make(cls, path: Path, name: str) -> Key:
        """A new key in a file that only its owner reads. Raises FileExistsError."""
        key = cls(name, Ed25519PrivateKey.generate())
        text = f"{name}\n{key.private.private_bytes_raw().hex()}\n"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        return key

    @classmethod
    def read(cls, path: Path) -> Key:
        name, _, seed = path.read_text().strip().partition("\n")
        return cls(name, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed)))

    @property
    def _raw(self) -> bytes:
        return LOG + self.private.public_key().public_bytes_raw()

    @property
    def _id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + self._raw).digest()[:4]

    @property
    def vkey(self) -> str:
        """What a verifier is given."""
        return f"{self.name}+{self._id.hex()}+{base64.b64encode(self._raw).decode()}"

    def signed(self, size: int, root: bytes) -> bytes:
        """A checkpoint."""
        text = f"{self.name}\n{size}\n{base64.b64encode(root).decode()}\n"
        signature = base64.b64encode(self._id + self.private.sign(text.encode())).decode()
        return f"{text}\n— {self.name} {signature}\n".encode()


@dataclass
class Tree:
    """The files of a log as they grow: each full tile is written once, the last of each level when it is over."""

    folder: Path
    size: int = 0
    _entries: list[bytes] = field(default_factory=list)
    _levels: list[list[bytes]] = field(default_factory=lambda: [[]])
    _written: list[int] = field(default_factory=lambda: [0])

    def add(self, entry: bytes) -> bytes:
        """The leaf of the entry."""
        leaf = leaf_of(entry)
        self._entries.append(entry)
        self._hash(0, leaf)
        self.size += 1
        if len(self._entries) == WIDTH:
            self._bundle()
        return leaf

    def _hash(self, level: int, hash_: bytes) -> None:
        if level == len(self._levels):
            self._levels.append([])
            self._written.append(0)
        tile = self._levels[level]
        tile.append(hash_)
        if len(tile) == WIDTH:
            self._write(level, self._written[level], b"".join(tile), WIDTH)
            self._written[level] += 1
            self._levels[level] = []
            self._hash(level + 1, root(tile))

    def _bundle(self) -> None:
        data = b"".join(len(entry).to_bytes(2, "big") + entry for entry in self._entries)
        self._write("entries", (self.size - 1) // WIDTH, data, len(self._entries))
        self._entries = []

    def close(self) -> bytes:
        """The root, once the last tiles are written."""
        if self._entries:
            self._bundle()
        for level, tile in enumerate(self._levels):
            if tile:
                self._write(level, self._written[level], b"".join(tile), len(tile))
        return self.root()

    def root(self) -> bytes:
        rest: list[bytes] = []
        for tile in self._levels:
            whole = [*tile, *rest]
            rest = [root(whole)] if whole else []
        return rest[0] if rest else hashlib.sha256(b"").digest()

    def _write(self, level: int | str, number: int, data: bytes, width: int) -> None:
        groups = [f"{number % 1000:03d}"]
        while number := number // 1000:
            groups.insert(0, f"x{number % 1000:03d}")
        path = self.folder / "tile" / str(level) / "/".join(groups)
        path = path if width == WIDTH else path.with_name(path.name + ".p") / str(width)
        if not path.exists():
            put(path, data)
        elif path.read_bytes() != data:
            raise NotAnExtension()


def root(hashes: list[bytes]) -> bytes:
    """Over one or more hashes; the last one, where it is alone, goes up as it is."""
    while len(hashes) > 1:
        pairs = range(0, len(hashes) - 1, 2)
        above = [hashlib.sha256(b"\1" + hashes[n] + hashes[n + 1]).digest() for n in pairs]
        hashes = above + (hashes[-1:] if len(hashes) % 2 else [])
    return hashes[0]


def put(path: Path, data: bytes) -> None:
    """A file is there as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".new")
    with unfinished.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


async def export(db: asyncpg.Connection, folder: Path, key: Key) -> int:
    """How many entries are published now. Raises NotAnExtension."""
    size, before = _published(folder)
    last: dict[str, Before] = {}
    tree = Tree(folder)
    at_that_size = None
    async for row in _rows(db):
        entry = entry_of(row, last.get(row["case_id"]))
        last[row["case_id"]] = Before(row["idx"], tree.add(entry))
        if tree.size == size:
            at_that_size = tree.root()
    if size and at_that_size != before:
        raise NotAnExtension()
    whole = tree.close()
    put(folder / "log.vkey", f"{key.vkey}\n".encode())
    put(folder / "policy", f"log {key.vkey}\nquorum none\n".encode())
    put(folder / "checkpoint", key.signed(tree.size, whole))
    return tree.size


def _published(folder: Path) -> tuple[int, bytes]:
    path = folder / "checkpoint"
    if not path.exists():
        return 0, b""
    _, size, whole, *_ = path.read_text(encoding="utf-8").split("\n")
    return int(size), base64.b64decode(whole)


async def _rows(db: asyncpg.Connection) -> AsyncIterator[asyncpg.Record]:
    async with db.transaction(readonly=True, isolation="repeatable_read"):
        async for row in db.cursor(ROWS, prefetch=2_000):
            yield row
