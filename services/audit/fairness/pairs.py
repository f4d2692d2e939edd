"""Decisions on the same facts that did not come out the same: listed, not judged.

Kept are digests of the facts and the start of each different result. They lie in a file that has no name and ends with
the process, so that a log of any length needs no more memory than a short one.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from hashlib import blake2b

from services.audit.fairness.judged import Judged, Kind

LISTED = 1_000
SHOWN = 400  # characters of a result

TABLE = "create table seen (key blob, result blob, told text, primary key (key, result)) without rowid"
ADD = "insert or ignore into seen values (?, ?, ?)"
OTHERS = "select told from seen where key = ? and result <> ?"
COUNT = "select count(*) from seen where key = ? and result <> ?"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cases, and what each came to."""

    kind: Kind
    fact: str
    case: str
    came_to: str
    other_case: str
    other_came_to: str


class Pairs:
    """The first pairs found, and how many more there are."""

    def __init__(self) -> None:
        self.listed: list[Pair] = []
        self.more = 0
        self._seen = sqlite3.connect("", isolation_level=None)  # a temporary file, with a bounded cache
        self._seen.execute("pragma journal_mode = off")
        self._seen.execute(TABLE)
        self._seen.execute("begin")

    def add(self, case: str, one: Judged) -> None:
        result = blake2b(one.came_to.encode(errors="surrogatepass"), digest_size=16).digest()
        came_to = one.came_to if len(one.came_to) <= SHOWN else one.came_to[: SHOWN - 1] + "…"
        told = f"{case}\n{came_to}"
        if not self._seen.execute(ADD, (one.key, result, told)).rowcount:
            return  # came to this before
        if len(self.listed) >= LISTED:
            self.more += self._seen.execute(COUNT, (one.key, result)).fetchone()[0]
            return
        for (other,) in self._seen.execute(OTHERS, (one.key, result)).fetchall():
            other_case, _, other_came_to = other.partition("\n")
            self.listed.append(Pair(one.kind, one.fact, other_case, other_came_to, case, came_to))
