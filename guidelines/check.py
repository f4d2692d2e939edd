"""Whether a pack may be relied on: everything that its schema cannot say.

Each finding is a sentence that starts with the file it is about. A rule of a city may say what the city likes, but
these hold for all: a requirement that applies excludes, alone and by its own name (GL7); what is left to the mayor
excludes only as found (V13); what protects the law in the edition in force counts whatever edition a case has (V32);
city money never goes past a procurement, and what is not determined goes nowhere (GL5-03, V06).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError, field_validator

from contracts.decision import canonical
from guidelines import catalogue, packs, read_edition
from guidelines.edition import Data, Edition
from guidelines.notices import missing_templates
from guidelines.packs import BrokenPack
from guidelines.rules import ELIGIBILITY, ROUTE, Rule, RuleFails, eligibility_inputs, names, rule_of

ELSEWHERE = "Z0-elsewhere"  # a clause that no edition has
CITING = frozenset({"clause", "clauses", "reason"})  # columns whose texts are clauses
QUOTED = re.compile(r'"([^"]*)"')

OUTCOMES = ("service_contract", "comprehensive_agreement", "individual_agreement", "not_established")
COSTS = ("none", "actual_expense", "revenue_waiver", "expenditure", "undetermined")
NEXT = frozenset({"agreement_prep", "procurement", "not_established", "undecided"})


class Example(Data):
    """What a rule says to these inputs, as its author means it; stands in rules/tests/<rule>.json."""

    name: str
    inputs: dict[str, Any]
    result: dict[str, Any]

    @field_validator("inputs", "result")
    @classmethod
    def _can_be_compared(cls, value: dict[str, Any]) -> dict[str, Any]:
        try:
            canonical(value)
        except TypeError as error:
            raise ValueError(str(error)) from None
        return value


_EXAMPLES = TypeAdapter(list[Example])


def check(folder: Path) -> list[str]:
    """What is wrong with the pack in a folder `<municipality>/<edition>`; nothing if it may be relied on."""
    try:
        edition = read_edition(folder)
    except BrokenPack as error:
        return list(error.findings)
    there = names(folder)
    found = [
        f"{folder / 'rules' / name}.json: the file is missing"
        for name in (ELIGIBILITY, ROUTE)
        if name not in there
    ]
    for name in there:
        try:
            rule = rule_of(folder, name)
        except BrokenPack as error:
            found += error.findings
            continue
        found += [f"{rule.path}: {finding}" for finding in _cites(rule, edition)]
        found += _tested(rule, edition)
        holds = {ELIGIBILITY: _eligibility, ROUTE: _route}.get(name)
        found += [f"{rule.path}: {finding}" for finding in (holds(rule, edition) if holds else ())]
    found += catalogue.findings(folder, edition)
    if (
        packs.find(packs.roots()).get(edition.id) == folder
    ):  # templates are looked for in the editions before it
        found += missing_templates(edition)
    return found


def _cites(rule: Rule, edition: Edition) -> Iterator[str]:
    """V08: clauses that a table names exist in its edition."""
    known = {clause.id for clause in edition.clauses}
    for table in rule.content.tables:
        columns = (*table.content.inputs, *table.content.outputs)
        citing = [column.id for column in columns if column.field in CITING]
        for row in table.content.rules:
            cited = {each for column in citing for each in QUOTED.findall(row.get(column, ""))}
            for clause in sorted(cited - known):
                yield f"row {row['_id']} cites {clause}, which {edition.id} does not have"


def _tested(rule: Rule, edition: Edition) -> Iterator[str]:
    """The tests beside a rule pass, and every row of it is met by one of them."""
    path = rule.path.parent / "tests" / rule.path.name
    try:
        tests = worked_examples(path)
    except BrokenPack as error:
        yield from error.findings
        return
    met: set[tuple[str, str]] = set()
    for test in tests:
        try:
            basis = rule.apply(edition.id, test.inputs)
        except RuleFails as error:
            yield f"{path}: {test.name}: {error}"
            continue
        if basis.result != canonical(test.result):
            yield f"{path}: {test.name}: expected {canonical(test.result)}, the rule says {basis.result}"
        met |= {(entry["table"], row) for entry in json.loads(basis.trace) for row in entry["matched"]}
    for table in rule.tables:
        for row in table.rows:
            if (table.id, row.id) not in met:
                yield f"{path}: no test meets row {row.id} of table {table.id}"


def worked_examples(path: Path) -> list[Example]:
    """Raises BrokenPack."""
    try:
        return _EXAMPLES.validate_python(packs.read(path))
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = ".".join(map(str, problem["loc"]))
        raise BrokenPack(f"{path}: {where}: {problem['msg']}") from None


def _eligibility(rule: Rule, edition: Edition) -> Iterator[str]:
    """GL7, V13, V32: the same for every city."""
    everything = edition.requirements
    mayors = frozenset(edition.mayor_clauses)

    def said(applying: set[str], found: set[str], law: set[str], more: str | None = None) -> Any:
        asked = (*everything, more) if more else everything
        inputs = eligibility_inputs(
            {clause: clause in applying for clause in asked},
            {clause: clause in found for clause in mayors & (found | applying)},
            law,
        )
        return json.loads(rule.apply(edition.id, inputs).result)

    def expected(answer: Any, clauses: tuple[str, ...]) -> bool:
        return bool(answer == {"decision": "ineligible" if clauses else "eligible", "clauses": list(clauses)})

    law = set(edition.law_clauses)
    try:
        if not expected(said(set(), set(), law), ()):
            yield "a proposal to which no clause applies is not eligible"
        for clause in everything:
            if not expected(said({clause}, {clause} & mayors, law), (clause,)):
                yield f"{clause} applies alone and does not exclude, or not by its own name"
        for clause in mayors:
            if not expected(said({clause}, set(), law), ()):
                yield f"{clause} excludes without a finding of the mayor"
        if not expected(said(set(everything), set(mayors), law), everything):
            yield "where every clause applies not every one is named, in the order of the answers"
        if not expected(said({ELSEWHERE}, set(), law | {ELSEWHERE}, ELSEWHERE), (ELSEWHERE,)):
            yield "a clause of the edition in force that protects the law does not count"
        if not expected(said({ELSEWHERE}, set(), law, ELSEWHERE), ()):
            yield "a clause of another edition excludes, though it does not protect the law"
    except RuleFails as error:
        yield str(error)


def _route(rule: Rule, edition: Edition) -> Iterator[str]:
    """GL5-03, GL6-1, V06: whatever the inputs there is an answer, and money takes no short cut."""
    known = {clause.id for clause in edition.clauses}
    for outcome, cost, approved, fairness in product(OUTCOMES, COSTS, (True, False), (True, False)):
        inputs = {
            "outcome": outcome,
            "cost_class": cost,
            "approved": approved,
            "fairness_trigger": fairness,
        }
        try:
            answer = json.loads(rule.apply(edition.id, inputs).result)
        except RuleFails as error:
            yield str(error)
            return
        yield from (f"{canonical(inputs)}: {finding}" for finding in _route_is(inputs, answer, known))


def _route_is(inputs: Mapping[str, Any], answer: Mapping[str, Any], known: set[str]) -> Iterator[str]:
    next_ = answer.get("next")
    if next_ not in NEXT:
        yield f"leads to {next_}, not to one of {', '.join(sorted(NEXT))}"
    if answer.get("reason") not in known:
        yield f"cites {answer.get('reason')}, which the edition does not have"
    if (next_ == "not_established") != (inputs["outcome"] == "not_established"):
        yield f"leads to {next_}"
    needs_approval = inputs["cost_class"] in ("actual_expense", "revenue_waiver")
    barred = (
        inputs["outcome"] == "service_contract"
        or inputs["cost_class"] in ("expenditure", "undetermined")
        or inputs["fairness_trigger"]
        or (needs_approval and not inputs["approved"])
    )
    if next_ == "agreement_prep" and barred:
        yield "leads to an agreement, past a procurement or an approval that is needed"
