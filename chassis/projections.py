"""Read models: a table of JSON documents, and a pure function from a fact to changes of its rows.

The chassis writes the changes of a whole batch in the statement that appends its facts, so that whoever wrote reads
what they wrote. A row belongs to one stream; changes of different streams never meet in one row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.decider import Recorded


@dataclass(frozen=True, slots=True)
class Put:
    """Sets these members of the row's document; the others stay as they are. Makes the row where there is none."""

    key: str
    doc: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Remove:
    """Takes the row away."""

    key: str


Change = Put | Remove


@dataclass(frozen=True)
class ReadModel:
    """A table `name (key text primary key, doc jsonb)` and what each fact changes in it.

    `project` is pure and total: facts that do not matter here change nothing.
    """

    name: str
    project: Callable[[Recorded], Sequence[Change]]
