"""The journal of a load, read back: what was asked, and what the asker was told.

`deploy/load/journal.py` describes and writes it.

NotAJournal                  a line is not what a journal holds; names the line
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson


class NotAJournal(ValueError):
    """This file is not a journal of `renkei load`."""


@dataclass(frozen=True, slots=True)
class Told:
    """A fact, as far as an answer or the log tells it apart."""

    id: str
    subject: str
    version: int
    type: str


@dataclass(slots=True)
class Asked:
    """Everything sent under one key, which is one request however often it was sent.

    `accepted` holds the facts of each answer that accepted it, `refused` the rules that answers named. With
    neither it was cut every time, and nobody knows.
    """

    service: str
    subject: str
    command: str
    case: str
    accepted: list[tuple[Told, ...]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


Journal = dict[str, Asked]
"""By the cause that the facts of a request bear: `http:<subject>:<key>`."""


def read(lines: Iterable[bytes]) -> Journal:
    """The requests of a journal. A last line without an end is left out: its writer died writing it."""
    journal: Journal = {}
    on_their_way: dict[int, Asked] = {}
    for number, line in enumerate(lines, start=1):
        if not line.endswith(b"\n"):
            break
        try:
            _take(orjson.loads(line), journal, on_their_way)
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            raise NotAJournal(
                f"line {number} is not a line of a journal ({type(error).__name__}: {error})"
            ) from None
    return journal


def _take(line: dict[str, Any], journal: Journal, on_their_way: dict[int, Asked]) -> None:
    n = line["n"]
    if "sent" in line:
        cause = f"http:{line['subject']}:{line['key']}"
        new = Asked(line["service"], line["subject"], line["command"], line["case"])
        on_their_way[n] = journal.setdefault(cause, new)
        return
    asked = on_their_way.pop(n)
    if "cut" in line:
        return
    if line["refused"] is not None:
        asked.refused.append(line["refused"])
    else:
        asked.accepted.append(
            tuple(Told(f["id"], f["subject"], f["version"], f["type"]) for f in line["facts"])
        )
