"""Decision tables: what they say, what they tell of it, and that they say the same for ever."""

import json
import subprocess
import sys
from hashlib import sha256
from itertools import product
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import guidelines
from contracts.decision import Basis, canonical
from guidelines import BrokenPack, rules
from guidelines.check import OUTCOMES, worked_examples
from guidelines.rules import ELIGIBILITY, ROUTE, NoSuchRule, RuleFails, eligibility_inputs
from tests.guidelines.conftest import Pack

NAME = "tokorozawa/2023-07"
EDITION = guidelines.load(NAME)
EACH = [(edition, rule) for edition in guidelines.editions() for rule in (ELIGIBILITY, ROUTE)]


def eligible(applying: set[str], found: set[str] = frozenset(), law: set[str] | None = None) -> Basis:  # type: ignore[assignment]
    answers = {clause: clause in applying for clause in (*EDITION.requirements, *sorted(law or ()))}
    findings = dict.fromkeys(found, True)
    return rules.evaluate(NAME, ELIGIBILITY, eligibility_inputs(answers, findings, law or set()))


def route(outcome: str, cost: str = "none", approved: bool = True, fairness: bool = False) -> Any:
    inputs = {"outcome": outcome, "cost_class": cost, "approved": approved, "fairness_trigger": fairness}
    return json.loads(rules.evaluate(NAME, ROUTE, inputs).result)


@pytest.mark.parametrize(("edition", "rule"), EACH)
def test_the_tests_beside_a_rule_pass(edition: str, rule: str) -> None:
    tests = worked_examples(guidelines.folder_of(edition) / "rules" / "tests" / f"{rule}.json")
    assert len({test.name for test in tests}) == len(tests) >= 8
    for test in tests:
        assert json.loads(rules.evaluate(edition, rule, test.inputs).result) == test.result, test.name


def test_every_clause_that_applies_is_named_in_the_order_of_the_answers() -> None:
    basis = eligible({"GL7-B4", "GL7-A2", "GL7-B1"})
    assert json.loads(basis.result) == {"decision": "ineligible", "clauses": ["GL7-A2", "GL7-B1", "GL7-B4"]}


def test_v13_a_clause_of_the_mayor_excludes_only_as_found() -> None:
    assert json.loads(eligible({"GL7-A4"}).result) == {"decision": "eligible", "clauses": []}
    assert json.loads(eligible({"GL7-A4"}, {"GL7-A4"}).result)["clauses"] == ["GL7-A4"]


def test_v32_a_clause_of_a_later_edition_counts_if_it_protects_the_law() -> None:
    answers = {**dict.fromkeys(EDITION.requirements, False), "GL7-A5": True}
    for law, decision in (({"GL7-A5"}, "ineligible"), (set(), "eligible")):
        basis = rules.evaluate(NAME, ELIGIBILITY, eligibility_inputs(answers, {}, law))
        assert json.loads(basis.result)["decision"] == decision


@given(st.sampled_from(guidelines.editions()), st.data())
def test_v07_a_refusal_names_every_clause_that_excludes_and_nobody_else_is_refused(
    name: str, data: st.DataObject
) -> None:
    edition = guidelines.load(name)
    applying = data.draw(st.sets(st.sampled_from(edition.requirements)))
    found = data.draw(st.sets(st.sampled_from(edition.mayor_clauses)))
    answers = {clause: clause in applying for clause in edition.requirements}
    findings = {clause: clause in found for clause in edition.mayor_clauses}
    basis = rules.evaluate(name, ELIGIBILITY, eligibility_inputs(answers, findings, edition.law_clauses))
    excluding = [c for c in edition.requirements if c in applying and findings.get(c, True)]
    decision = "ineligible" if excluding else "eligible"
    assert json.loads(basis.result) == {"decision": decision, "clauses": excluding}


@pytest.mark.parametrize(
    ("given_", "next_", "reason"),
    [
        (("not_established", "undetermined", False), "not_established", "GL4-4"),
        (("service_contract", "none", True), "procurement", "GL4-5"),
        (("individual_agreement", "expenditure", True), "procurement", "GL5-03"),
        (("individual_agreement", "none", True, True), "procurement", "GL6-1"),
        (("comprehensive_agreement", "none", False), "agreement_prep", "GL6-1"),
        (("individual_agreement", "revenue_waiver", True), "agreement_prep", "GL6-1"),
        (("individual_agreement", "revenue_waiver", False), "undecided", "GL5-03"),
    ],
)
def test_what_takes_city_money_goes_through_a_procurement(
    given_: tuple[Any, ...], next_: str, reason: str
) -> None:
    assert route(*given_) == {"next": next_, "reason": reason}


def test_v06_what_is_not_determined_leads_to_no_agreement() -> None:
    for outcome, approved, fairness in product(OUTCOMES, (True, False), (True, False)):
        assert route(outcome, "undetermined", approved, fairness)["next"] != "agreement_prep"


def test_another_city_may_be_stricter() -> None:
    inputs = {
        "outcome": "individual_agreement",
        "cost_class": "revenue_waiver",
        "approved": True,
        "fairness_trigger": False,
    }
    told = json.loads(rules.evaluate("kakuu-minato/2024-04", ROUTE, inputs).result)
    assert told == {"next": "procurement", "reason": "KM3-4"}


def test_the_trace_tells_which_rows_matched_and_which_columns_kept_the_others() -> None:
    trace = json.loads(eligible({"GL7-A2"}).trace)
    second = next(entry for entry in trace if entry.get("entry") == 2)
    assert (second["table"], second["matched"]) == ("requirements", ["GL7-A2"])
    kept_by = {row: group["columns"] for group in second["failed"] for row in group["rows"]}
    assert kept_by["GL7-A1"] == ["clause"]
    assert kept_by["GL7-A4"] == ["clause", "finding"]
    assert kept_by["law"] == ["clause", "law"]
    assert len(kept_by) == 10
    first = next(entry for entry in trace if entry.get("entry") == 1)
    assert {"columns": ["applies"], "rows": ["GL7-A1"]} in first["failed"]
    assert trace[-1] == {
        "table": "decision",
        "matched": ["excluded"],
        "failed": [{"columns": ["count"], "rows": ["clear"]}],
    }


def test_of_a_table_whose_first_match_decides_later_rows_are_not_told() -> None:
    inputs = {
        "outcome": "service_contract",
        "cost_class": "none",
        "approved": True,
        "fairness_trigger": False,
    }
    assert json.loads(rules.evaluate(NAME, ROUTE, inputs).trace) == [
        {
            "table": "route",
            "matched": ["service-contract"],
            "failed": [{"columns": ["outcome"], "rows": ["not-established"]}],
        }
    ]


@given(st.sets(st.sampled_from(EDITION.requirements)), st.sets(st.sampled_from(EDITION.mayor_clauses)))
def test_no_row_fails_without_a_column_that_kept_it(applying: set[str], found: set[str]) -> None:
    basis = eligible(applying, found)
    for entry in json.loads(basis.trace):
        rows = [row for group in entry["failed"] for row in group["rows"]]
        assert all(group["columns"] for group in entry["failed"])
        assert len(rows) == len(set(rows))
        assert not set(rows) & set(entry["matched"])


@pytest.mark.parametrize(("edition", "rule"), EACH)
def test_a_decision_made_again_is_the_same_byte_for_byte(edition: str, rule: str) -> None:
    for test in worked_examples(guidelines.folder_of(edition) / "rules" / "tests" / f"{rule}.json"):
        basis = rules.evaluate(edition, rule, test.inputs)
        stored = Basis.model_validate_json(basis.model_dump_json())
        assert rules.again(stored) == basis
        assert canonical(json.loads(basis.inputs)) == basis.inputs


def test_another_process_says_the_same_bytes() -> None:
    basis = eligible({"GL7-A2", "GL7-B6"}, {"GL7-B6"})
    program = (
        "import sys; from contracts.decision import Basis; from guidelines import rules;"
        "sys.stdout.write(rules.again(Basis.model_validate_json(sys.stdin.read())).model_dump_json())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=basis.model_dump_json(),
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("0", "1")
    }
    assert said == {basis.model_dump_json()}


def test_another_thread_may_ask() -> None:
    basis, said = eligible({"GL7-A2"}), []
    thread = Thread(target=lambda: said.append(rules.again(basis)))
    thread.start()
    thread.join()
    assert said == [basis]


def test_the_digest_is_that_of_the_file() -> None:
    path = guidelines.folder_of(NAME) / "rules" / "eligibility.json"
    digest = sha256(path.read_bytes()).hexdigest()
    assert rules.digest(NAME, ELIGIBILITY) == digest == eligible(set()).digest


def test_a_rule_that_is_not_there_is_named() -> None:
    with pytest.raises(NoSuchRule, match=r"tokorozawa/2023-07 has no rule '../edition'"):
        rules.evaluate(NAME, "../edition", {})


@pytest.mark.parametrize(
    ("rule", "inputs", "what"),
    [
        (ELIGIBILITY, {}, '"answers" is a required property'),
        (ELIGIBILITY, {"answers": []}, "answers"),
        (ELIGIBILITY, {"answers": [{"clause": "GL7-A1", "applies": True}]}, "required property"),
        (
            ELIGIBILITY,
            {"answers": [{"clause": 1, "applies": "yes", "finding": None, "law": False}]},
            "applies",
        ),
        (ROUTE, {"outcome": "individual_agreement"}, "required property"),
        (
            ROUTE,
            {"outcome": "gift", "cost_class": "none", "approved": True, "fairness_trigger": False},
            "gift",
        ),
    ],
)
def test_inputs_that_a_rule_does_not_know_are_refused(rule: str, inputs: dict[str, Any], what: str) -> None:
    with pytest.raises(RuleFails, match=what) as error:
        rules.evaluate(NAME, rule, inputs)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ('"clause": "\\"GL7-A2\\""', '"clause": "\\"GL7-A2"', "row GL7-A2, column clause"),
        ('"_id": "GL7-A3"', '"_id": "GL7-A2"', "two rows have the same _id"),
        ('"_id": "GL7-A3", ', "", "row 3 has no _id"),
        ('"hitPolicy": "collect"', '"hitPolicy": "first"', "a table that loops collects its rows"),
        ('"field": "finding"', '"field": ""', r"line 28: nodes\[1\].content.inputs\[2\].field: "),
        ('"field": "len(clauses)"', '"field": "len(clauses"', "table 決定"),
        ('"type": "inputNode"', '"type": "guessNode"', "eligibility.json"),
    ],
)
def test_a_table_that_cannot_be_evaluated_is_named(pack: Pack, before: str, after: str, what: str) -> None:
    pack.replace("rules/eligibility.json", before, after)
    with pytest.raises(BrokenPack, match=what) as error:
        rules.rule_of(pack.folder, ELIGIBILITY)
    assert "Stack backtrace" not in str(error.value)
