"""How the tree grows, batch by batch: in memory as far as the next batch needs it, in the database for good."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import asyncpg

from contracts.cloudevents import Envelope
from services.audit.tlog.entries import Found, Place, commitments, confidential, entry, new_salts
from services.audit.tlog.notes import Signer, checkpoint, note
from services.audit.tlog.tree import WIDTH, Edge, Placed, leaf

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy

REMEMBERED = 5_000  # cases whose last entry is kept in memory; others are looked up

LEAVES = ("idx", "entry", "leaf", "conflict")
SALTS = ("idx", "field", "salt")
NODES = ("level", "idx", "hash")
SIZE = "select coalesce(max(idx) + 1, 0) from leaves"
LEAVES_OF = "select leaf from leaves where idx >= $1 order by idx"
NODES_OF = "select hash from nodes where level = $1 and idx >= $2 order by idx"
LAST_CHECKPOINT = "select size, root from checkpoints order by size desc limit 1"
LAST_OF_CASES = """
select distinct on (e.case_id) e.case_id, e.idx, l.leaf
from entries e join leaves l using (idx) where e.case_id = any($1) order by e.case_id, e.idx desc
"""


class NotTheTree(RuntimeError):
    """The entries do not have the root of the last checkpoint: somebody has changed the database. Nothing is added;
    `renkei audit verify` names the entry."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class Growth:
    """The right edge of the tree, and the last entry of each case that was met lately."""

    def __init__(self) -> None:
        self._edge = Edge()
        self._last: dict[str, Place] = {}

    @property
    def size(self) -> int:
        return self._edge.size

    def root(self) -> bytes:
        return self._edge.root()

    @classmethod
    async def of(cls, connection: Connection) -> Growth:
        """The tree of a database. Raises NotTheTree."""
        growth = cls()
        size: int = await connection.fetchval(SIZE)
        rows = await connection.fetch(LEAVES_OF, size // WIDTH * WIDTH)
        levels = [[row["leaf"] for row in rows]]
        full, level = size // WIDTH, 1
        while full:
            rows = await connection.fetch(NODES_OF, level, full // WIDTH * WIDTH)
            levels.append([row["hash"] for row in rows])
            full, level = full // WIDTH, level + 1
        growth._edge = Edge(size, levels)
        last = await connection.fetchrow(LAST_CHECKPOINT)
        if (last["size"], last["root"]) != (size, growth.root()) if last else size:
            raise NotTheTree()
        return growth

    async def grown(self, connection: Connection, cases: Collection[str] = ()) -> Grown:
        """What the next batch, of these cases, adds to. Nothing changes here before `take`."""
        if len(self._last) > REMEMBERED:
            self._last.clear()
        if unknown := [case for case in cases if case not in self._last]:
            for row in await connection.fetch(LAST_OF_CASES, unknown):
                self._last[row["case_id"]] = Place(row["idx"], row["leaf"])
        return Grown(self._edge.copy(), self._last)

    def take(self, grown: Grown) -> None:
        """It is in the database now."""
        self._edge = grown.edge
        self._last.update(grown.last)


class Grown:
    """A batch on its way into the tree."""

    def __init__(self, edge: Edge, last: dict[str, Place]) -> None:
        self.edge = edge
        self.last: dict[str, Place] = {}
        self._before = last
        self._extends = edge.size
        self._leaves: list[tuple[Any, ...]] = []
        self._salts: list[tuple[int, str, bytes]] = []
        self._nodes: list[Placed] = []

    @property
    def size(self) -> int:
        return self.edge.size

    def add(self, of: Envelope, found: Found, received: str, conflict: int | None = None) -> None:
        index, held = self.edge.size, confidential(of)
        salts = new_salts(held)
        previous = self.last.get(of.case) or self._before.get(of.case)
        data = entry(of, found, received, commitments(held, salts), previous, conflict)
        hash_ = leaf(data)
        self._leaves.append((index, data, hash_, conflict))
        self._salts += [(index, field, salt) for field, salt in salts.items()]
        self._nodes += self.edge.add([hash_])
        self.last[of.case] = Place(index, hash_)

    def again(self, published: bytes, case: str, conflict: int | None) -> None:
        """An entry as it was published; the salts of its commitments are lost."""
        index, hash_ = self.edge.size, leaf(published)
        self._leaves.append((index, published, hash_, conflict))
        self._nodes += self.edge.add([hash_])
        self.last[case] = Place(index, hash_)

    async def keep(self, connection: Connection, at: datetime, signer: Signer | None) -> None:
        """Leaves, hashes above them, and the checkpoint that goes on from the one before. Raises UniqueViolationError
        where somebody else has gone on from there."""
        root = self.edge.root()
        signed = None
        if signer:
            text = checkpoint(signer.name, self.size, root)
            signed = note(text, signer.sign(text))
        await connection.copy_records_to_table("leaves", records=self._leaves, columns=LEAVES)
        if self._salts:
            await connection.copy_records_to_table("salts", records=self._salts, columns=SALTS)
        if self._nodes:
            await connection.copy_records_to_table("nodes", records=self._nodes, columns=NODES)
        await connection.execute(
            "insert into checkpoints (size, extends, root, note, signed_at) values ($1, $2, $3, $4, $5)",
            self.size, self._extends, root, signed, at,
        )  # fmt: skip
