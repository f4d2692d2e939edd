"""Why a fact is so, in words: the clauses it cites, from the edition that its case is bound to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import guidelines
from guidelines import Edition

CLAUSE = re.compile(r"[A-Z][0-9A-Za-z-]{1,20}")


class Cited:
    """Finds what the facts of one case cite, told one after another in their order."""

    def __init__(self) -> None:
        self._edition: str | None = None

    def by(self, data: Mapping[str, Any] | None) -> list[dict[str, str]]:
        """`[{"clause", "text", "edition", "title"}]`, each clause once; the edition is the last that was named."""
        named = (data or {}).get("edition")
        if isinstance(named, str):
            self._edition = named
        edition = _edition(self._edition) if self._edition else None
        if edition is None:
            return []
        words = {clause.id: clause.text for clause in edition.clauses}
        found = dict.fromkeys(text for text in _texts(data) if text in words)
        return [
            {"clause": clause, "text": words[clause], "edition": edition.id, "title": edition.title}
            for clause in found
        ]


@cache
def _edition(name: str) -> Edition | None:
    """None where this edition is not here: then the clause stands for itself."""
    try:
        return guidelines.load(name)
    except (guidelines.NoSuchEdition, guidelines.BrokenPack):
        return None


def _texts(value: object) -> Iterator[str]:
    """Every text in a fact that may name a clause; of answers of a screening, only those that apply."""
    if isinstance(value, str):
        if CLAUSE.fullmatch(value):
            yield value
    elif isinstance(value, Mapping):
        if value.get("applies") is not False:
            yield from _each(value.values())
    elif isinstance(value, list):
        yield from _each(value)


def _each(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        yield from _texts(value)
