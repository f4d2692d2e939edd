"""Decision tables of an edition (JDM, evaluated by zen-engine), and what a decision by one of them stands on.

    NoSuchRule      this edition has no rule of that name
    RuleFails       the rule cannot be applied to these inputs
    BrokenPack      the file of the rule is no decision that can be evaluated

`evaluate` is pure but for the first reading of a file: the same inputs give the same bytes, in any process, years
later. The trace tells of every table which rows matched, and of each other row which columns kept it from matching;
of a table whose first match decides, the rows after it were not looked at. It holds no times.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import zen

from contracts.decision import Basis, canonical
from contracts.text import ClauseId
from guidelines import folder_of, packs
from guidelines.jdm import Jdm
from guidelines.packs import BrokenPack
from guidelines.tables import Table, plainly, table_of

ENGINE = f"zen-engine {version('zen-engine')}"
ELIGIBILITY, ROUTE = "eligibility", "route"  # every edition has these two


class NoSuchRule(LookupError):
    """This edition has no rule of that name."""


class RuleFails(ValueError):
    """The rule cannot be applied to these inputs."""


def evaluate(edition_id: str, rule: str, inputs: Mapping[str, Any]) -> Basis:
    """Apply a rule of an edition. Raises NoSuchEdition, NoSuchRule, RuleFails or BrokenPack.

    `inputs` are plain JSON values, and hold neither an idea nor personal data.
    """
    return rule_of(folder_of(edition_id), rule).apply(edition_id, inputs)


def again(basis: Basis) -> Basis:
    """What the same rule says today to the inputs that were recorded. Raises as `evaluate`."""
    return rule_of(folder_of(basis.edition), basis.rule).evaluate(basis.edition, basis.inputs)


def digest(edition_id: str, rule: str) -> str:
    """SHA-256 of the file of a rule, hexadecimal. Raises NoSuchEdition, NoSuchRule or BrokenPack."""
    return rule_of(folder_of(edition_id), rule).digest


def names(folder: Path) -> tuple[str, ...]:
    """The rules of the edition in this folder."""
    return tuple(sorted(path.stem for path in (folder / "rules").glob("*.json")))


def eligibility_inputs(
    answers: Mapping[ClauseId, bool],
    findings: Mapping[ClauseId, bool],
    law: Collection[ClauseId],
) -> dict[str, Any]:
    """What the rule `eligibility` takes: the answers in the order in which clauses are to be named.

    `findings` are those of the mayor or a delegate (V13). `law` are the clauses that protect the law in the edition
    in force on the day of the decision; one that the case's own edition does not have counts too (V32).
    """
    return {
        "answers": [
            {"clause": clause, "applies": applies, "finding": findings.get(clause), "law": clause in law}
            for clause, applies in answers.items()
        ]
    }


class Rule:
    """One file of rules, read once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.content: Jdm = packs.validated(Jdm, path.parent, path.stem, ())
        self.digest = hashlib.sha256(path.read_bytes()).hexdigest()
        try:
            self._decision = zen.ZenEngine().create_decision(packs.text_of(path))
            self._decision.validate()
        except RuntimeError as error:
            raise BrokenPack(f"{path}: {plainly(error)}") from None
        self.tables: tuple[Table, ...] = tuple(table_of(path, node) for node in self.content.tables)

    def apply(self, edition_id: str, inputs: Mapping[str, Any]) -> Basis:
        """Raises RuleFails."""
        try:
            return self.evaluate(edition_id, canonical(inputs))
        except TypeError as error:
            raise RuleFails(f"{edition_id} {self.path.stem}: no value of JSON: {error}") from None

    def evaluate(self, edition_id: str, inputs: str) -> Basis:
        """The same, of inputs that were recorded. Raises RuleFails."""
        try:
            answer = self._decision.evaluate(inputs, {"trace": True})
        except RuntimeError as error:
            raise RuleFails(f"{edition_id} {self.path.stem}: {plainly(error)}") from None
        return Basis(
            edition=edition_id,
            rule=self.path.stem,
            digest=self.digest,
            engine=ENGINE,
            inputs=inputs,
            result=canonical(answer["result"]),
            trace=canonical([entry for table in self.tables for entry in table.told(answer["trace"])]),
        )


def rule_of(folder: Path, name: str) -> Rule:
    """Raises NoSuchRule or BrokenPack."""
    if name not in names(folder):
        raise NoSuchRule(f"{folder.parent.name}/{folder.name} has no rule {name!r}")
    return _rule(folder / "rules" / f"{name}.json")


@cache
def _rule(path: Path) -> Rule:
    return Rule(path)
