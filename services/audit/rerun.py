"""Stored decisions made again from what was recorded of them: the edition, the rule, its inputs.

A decision is a fact with a `basis`. Who makes a decision again is told by whoever calls: the audit service knows the
record, not the rules. What is compared is text, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Protocol, get_args

from contracts import agreements, audit, intake, matching, publication, screening
from contracts.decision import Basis
from contracts.fact import Fact, Unreadable, read

PUBLISHERS = (
    intake,
    screening,
    matching,
    agreements,
    publication,
    audit,
)  # whose facts can be read once they are imported

Part = Literal["edition", "rule", "digest", "inputs", "result", "trace"]
PARTS: tuple[Part, ...] = get_args(Part)

# Of two bodies under one id the first is the fact.
OF_THE_CASE = """
select idx, type, subject, version, time, value from entries e where case_id = $1
  and not exists (select from leaves l where l.idx = e.idx and l.conflict is not null)
order by idx
"""

# Cases of which some fact may be a decision.
CASES = "select distinct case_id from entries where type = any($1) order by case_id"


class Database(Protocol):
    """What is asked of a connection or a pool."""

    async def fetch(self, query: str, *arguments: Any) -> list[Any]: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact of a case as the log keeps it. None: this reader does not know its type."""

    index: int
    type: str
    subject: str
    version: int
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A fact that decides by a rule, or that may do so and cannot be read; and all facts of its case.

    All, for one topic may reach the log before another.
    """

    entry: Entry
    basis: Basis | None  # None: the fact decides, and says not on what
    of_its_case: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of making a decision again."""

    decision: Decision
    differs: tuple[Part, ...]  # the texts that are not the same
    engine: str | None  # what evaluated it now
    trouble: str | None  # why it could not be made again

    @property
    def same(self) -> bool:
        return self.trouble is None and not self.differs


class CannotBeMadeAgain(Exception):
    """Something is missing to make this decision again."""


Again = Callable[[Decision], Basis]  # raises CannotBeMadeAgain


async def entries(db: Database, case: str) -> list[Entry]:
    """Every fact of a case, in the order in which the log took them."""
    return [
        Entry(row["idx"], row["type"], row["subject"], row["version"], _fact(row))
        for row in await db.fetch(OF_THE_CASE, case)
    ]


async def cases(db: Database, types: Sequence[str]) -> list[str]:
    """Every case with a fact of one of these types."""
    return [row["case_id"] for row in await db.fetch(CASES, list(types))]


def decisions(history: Sequence[Entry]) -> Iterator[Decision]:
    """The facts that decide by a rule."""
    facts = tuple(entry.fact for entry in history if entry.fact is not None)
    for entry in history:
        if entry.fact is None or decides(type(entry.fact)):
            yield Decision(entry, getattr(entry.fact, "basis", None), facts)


@cache
def decides(fact: type[Fact]) -> bool:
    """Whether facts of this type say what they stand on."""
    field = fact.model_fields.get("basis")
    return field is not None and Basis in (field.annotation, *get_args(field.annotation))


def rerun(history: Sequence[Entry], again: Again) -> list[Outcome]:
    """Every decision of a case, made again and compared with what was recorded."""
    return [_outcome(decision, again) for decision in decisions(history)]


def _outcome(decision: Decision, again: Again) -> Outcome:
    if decision.entry.fact is None:
        return Outcome(
            decision, (), None, "its type or shape is not known here, so that it may be a decision"
        )
    if decision.basis is None:
        return Outcome(decision, (), None, "it does not say what it stands on")
    try:
        now = again(decision)
    except CannotBeMadeAgain as error:
        return Outcome(decision, (), None, str(error))
    differs = tuple(part for part in PARTS if getattr(now, part) != getattr(decision.basis, part))
    return Outcome(decision, differs, now.engine, None)


def _fact(row: Any) -> Fact | None:
    try:
        return read(row["type"], row["value"])
    except Unreadable:
        return None
