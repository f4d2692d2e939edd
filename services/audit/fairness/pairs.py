"""Decisions on the same facts that did not come out the same: listed, not judged. Pure.

Kept are digests, one for each different set of facts, and the start of each result; never the facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal

from contracts.agreements import OutcomeDecided
from contracts.decision import canonical
from contracts.fact import Fact
from contracts.screening import EligibilityDecided

LISTED = 1_000

Kind = Literal["result", "clauses"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cases, and what each came to."""

    kind: Kind
    fact: str
    case: str
    came_to: str
    other_case: str
    other_came_to: str


@dataclass(slots=True)
class Pairs:
    """The first pairs found, and how many more there are."""

    listed: list[Pair] = field(default_factory=list)
    more: int = 0
    _seen: dict[bytes, dict[bytes, str]] = field(default_factory=dict)
    _texts: dict[bytes, str] = field(default_factory=dict)

    def add(self, case: str, fact: Fact) -> None:
        for kind, key, came_to in _facts_and_results(fact):
            name = type(fact).__name__
            results = self._seen.setdefault(_digest(f"{kind}|{name}|{key}"), {})
            result = _digest(came_to)
            if result in results:
                continue
            for other, other_case in results.items():
                if len(self.listed) < LISTED:
                    self.listed.append(Pair(kind, name, other_case, self._texts[other], case, came_to))
                else:
                    self.more += 1
            results[result] = case
            if len(came_to) <= 400:
                self._texts[result] = came_to
            else:
                self._texts[result] = came_to[:399] + "…"


def _facts_and_results(fact: Fact) -> Iterator[tuple[Kind, str, str]]:
    basis = getattr(fact, "basis", None)
    if basis is not None:
        yield "result", f"{basis.rule}|{basis.inputs}", basis.result
    if isinstance(fact, EligibilityDecided) and fact.decision == "ineligible":
        applying = sorted({answer.clause for answer in fact.answers if answer.applies})
        yield "clauses", canonical(applying), canonical(sorted(fact.clauses))
    if isinstance(fact, OutcomeDecided) and fact.next == "not_established" and basis is not None:
        yield "clauses", basis.inputs, canonical(sorted(fact.clauses))


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()
