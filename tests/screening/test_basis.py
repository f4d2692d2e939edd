"""A decision keeps the rule, its digest, the inputs and the trace, so that it can be made again (V07, V08)."""

import json
from typing import Any

import pytest

import guidelines
from contracts.decision import Basis
from contracts.screening import EligibilityDecided
from guidelines import rules
from services.screening.policies.decision import ClauseApplies
from tests.screening.sample import (
    ELIGIBLE,
    INELIGIBLE,
    SUSPENSION,
    about_partner,
    about_project,
    case,
    confirm,
    declare,
    find,
    opened,
    screen_partner,
    screen_project,
)
from tests.screening.test_opening import RECEIVED, open_screening, recorded


def basis(stream: Any) -> Basis:
    fact = stream.history[-1]
    assert isinstance(fact, EligibilityDecided)
    assert fact.basis is not None
    return fact.basis


EXCLUDED = opened.after(
    find("GL7-A4"),
    screen_partner(about_partner("GL7-A2", "GL7-A4"), measures=[SUSPENSION]),
    screen_project(about_project("GL7-B4", "GL7-B1")),
    declare(),
)


@pytest.mark.parametrize("stream", [ELIGIBLE, INELIGIBLE, EXCLUDED])
def test_v07_the_same_rule_says_the_same_byte_for_byte(stream: Any) -> None:
    kept = basis(stream)
    assert rules.again(kept) == kept
    assert kept.digest == rules.digest("tokorozawa/2023-07", "eligibility")


def test_v07_every_clause_that_applies_is_named_not_only_the_first() -> None:
    fact = EXCLUDED.history[-1]
    assert isinstance(fact, EligibilityDecided)
    assert fact.clauses == ("GL7-A2", "GL7-A4", "GL7-B1", "GL7-B4")
    assert json.loads(basis(EXCLUDED).result) == {"decision": "ineligible", "clauses": list(fact.clauses)}


def test_v08_the_clauses_cited_exist_in_the_edition_cited() -> None:
    fact = EXCLUDED.history[-1]
    assert isinstance(fact, EligibilityDecided)
    assert set(fact.clauses) <= {clause.id for clause in guidelines.load(fact.edition).clauses}


def test_the_inputs_are_the_answers_and_nothing_personal() -> None:
    inputs = json.loads(basis(EXCLUDED).inputs)
    assert [answer["clause"] for answer in inputs["answers"]] == [
        *guidelines.load("tokorozawa/2023-07").requirements
    ]
    assert set(inputs) == {"answers"}
    assert all(set(answer) == {"clause", "applies", "finding", "law"} for answer in inputs["answers"])


def test_the_rule_is_that_of_the_edition_of_the_case_whatever_city_it_is() -> None:
    received = RECEIVED.model_copy(update={"edition": "kakuu-minato/2024-04", "municipality": "992011"})
    [(_, opening)] = open_screening(recorded(received, case_id="K01"), screen_partner().at)
    edition = guidelines.load("kakuu-minato/2024-04")
    registers = edition.register_clauses

    def answers(clauses: tuple[str, ...], *applying: str) -> tuple[dict[str, Any], ...]:
        return tuple(
            {
                "clause": clause,
                "applies": clause in applying,
                "evidence": "審査票",
                "register_as_of": "2024-07-31" if clause in registers else None,
            }
            for clause in clauses
        )

    partner = screen_partner().model_dump() | {"answers": answers(edition.partner_clauses, "KM5-P2")}
    suspension = SUSPENSION.model_copy(update={"clause": "GL7-A2"})  # as another edition numbers it
    project = screen_project().model_dump() | {"answers": answers(edition.project_clauses, "KM5-Q7")}
    decided = case.after(
        opening,
        type(screen_partner()).model_validate(partner | {"measures": (suspension,)}),
        type(screen_project()).model_validate(project),
        declare(),
    )
    fact = decided.history[-1]
    assert isinstance(fact, EligibilityDecided)
    assert fact.clauses == ("KM5-P2", "KM5-Q7")
    assert basis(decided).edition == "kakuu-minato/2024-04"
    assert rules.again(basis(decided)) == basis(decided)
    with pytest.raises(ClauseApplies, match="KM5-P2"):
        case.given(*decided.history[:-1]).when(confirm())
