"""The guideline as data: what it must say, and what must not slip into it."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

import guidelines
from guidelines import Edition, NoEditionInForce, NoLimitKnown, NoSuchEdition, Thresholds
from guidelines.edition import ContractKind

EDITION = guidelines.load("tokorozawa/2023-07")


def changed(**fields: Any) -> Edition:
    return Edition.model_validate({**EDITION.model_dump(by_alias=True), **fields})


def test_the_ten_requirements_stand_in_the_order_of_the_guideline() -> None:
    assert EDITION.requirements == (
        *("GL7-A1", "GL7-A2", "GL7-A3", "GL7-A4"),
        *("GL7-B1", "GL7-B2", "GL7-B3", "GL7-B4", "GL7-B5", "GL7-B6"),
    )
    assert EDITION.mayor_clauses == ("GL7-A4", "GL7-B6")
    assert EDITION.register_clauses == ("GL7-A1", "GL7-A2", "GL7-A3")


def test_every_clause_can_be_cited_with_its_text() -> None:
    assert len(EDITION.clauses) == 32
    assert EDITION.clause("GL6-1").text.startswith("原則として市の財政負担を伴わない")
    with pytest.raises(KeyError):
        EDITION.clause("GL8")


def test_every_clause_and_every_section_is_there_once() -> None:
    assert len({clause.id for clause in EDITION.clauses}) == len(EDITION.clauses)
    assert len({section.id for section in EDITION.sections}) == len(EDITION.sections) == 30
    with pytest.raises(ValidationError, match="more than once: GL1"):
        changed(clauses=(*EDITION.clauses, EDITION.clause("GL1")))
    with pytest.raises(ValidationError, match="more than once: S14"):
        changed(sections=(*EDITION.sections, EDITION.section("S14")))


def test_a_section_says_what_it_is_there_for() -> None:
    section = EDITION.section("S14")
    assert section.name == "高齢者支援課"
    assert "見守り" in section.keywords


def test_the_periods_are_those_of_the_office() -> None:
    assert EDITION.periods.model_dump() == {
        "receipt": 3,
        "correction": 5,
        "screening": 10,
        "section_reply": 10,
        "consultation": 10,
        "theme_answer": 5,
        "reconsideration_days": 14,
        "screening_valid_days": 30,
        "pilot_report": 20,
        "pilot_review": 10,
        "disclosure_days": 15,
        "opinion": 7,
        "disclosure_wait_days": 14,
    }


def test_what_a_proposer_consents_to_names_costs_rights_and_ideas() -> None:
    assert {"GL6-2", "GL6-3", "GL5-04"} <= set(EDITION.terms)


def test_what_was_not_verified_is_labelled_so() -> None:
    assert any(note.startswith("effective:") for note in EDITION.to_check)
    assert any(note.startswith("GL7-A1: item 2(6)") for note in EDITION.to_check)
    assert any("1982-10-01" in note for note in EDITION.thresholds.to_check)


def test_an_edition_holds_from_its_first_day_on() -> None:
    assert guidelines.in_force("112089", date(2023, 7, 1)) == EDITION
    assert guidelines.in_force("112089", date(2030, 1, 1)) == EDITION
    with pytest.raises(NoEditionInForce):
        guidelines.in_force("112089", date(2023, 6, 30))


def test_another_municipality_has_its_own() -> None:
    with pytest.raises(NoEditionInForce):
        guidelines.in_force("131016", date(2024, 1, 1))


@pytest.mark.parametrize("name", ["tokorozawa/2099-01", "../contracts", ""])
def test_only_editions_that_are_there_are_read(name: str) -> None:
    with pytest.raises(NoSuchEdition):
        guidelines.load(name)


@pytest.mark.parametrize("field", ["partner_clauses", "mayor_clauses", "law_clauses", "terms"])
def test_v08_an_edition_cites_no_clause_it_does_not_have(field: str) -> None:
    with pytest.raises(ValidationError, match="GL9-1"):
        changed(**{field: ("GL9-1",)})


def test_v08_nor_does_a_delegate_or_a_register() -> None:
    with pytest.raises(ValidationError, match="GL9-1"):
        changed(delegates=[{"id": "D-09", "title": "部長", "clauses": ["GL9-1"], "valid_from": "2024-01-01"}])
    with pytest.raises(ValidationError, match="GL9-1"):
        changed(registers={"bid_suspension": "GL9-1"})


@pytest.mark.parametrize("field", ["mayor_clauses", "law_clauses"])
def test_only_a_requirement_is_left_to_the_mayor_or_protects_the_law(field: str) -> None:
    with pytest.raises(ValidationError, match="not GL6-2"):
        changed(**{field: ("GL6-2",)})


def test_no_clause_is_a_requirement_of_the_partner_and_of_the_project() -> None:
    with pytest.raises(ValidationError, match="GL7-B1"):
        changed(partner_clauses=(*EDITION.partner_clauses, "GL7-B1"))


def test_a_register_answers_a_clause_about_the_partner() -> None:
    with pytest.raises(ValidationError, match="not GL7-B2"):
        changed(registers={"bid_suspension": "GL7-B2"})


def test_v13_a_delegate_finds_on_their_own_clauses_from_their_first_day_to_their_last() -> None:
    assert EDITION.is_delegate("D-01", "GL7-A4", date(2023, 7, 1))
    assert not EDITION.is_delegate("D-01", "GL7-A4", date(2023, 6, 30))
    assert not EDITION.is_delegate("D-02", "GL7-B6", date(2023, 7, 1))
    assert EDITION.is_delegate("D-03", "GL7-B6", date(2024, 3, 31))
    assert not EDITION.is_delegate("D-03", "GL7-B6", date(2024, 4, 1))
    assert not EDITION.is_delegate("U-01", "GL7-A4", date(2024, 1, 1))


def test_v13_only_what_is_left_to_the_mayor_is_delegated() -> None:
    with pytest.raises(ValidationError, match="only what is left to the mayor is delegated: not GL7-A1"):
        changed(
            delegates=[{"id": "D-09", "title": "部長", "clauses": ["GL7-A1"], "valid_from": "2024-01-01"}]
        )


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("works_or_manufacture", 1_300_000, 2_000_000),
        ("purchase", 800_000, 1_500_000),
        ("rent_in", 400_000, 800_000),
        ("sale", 300_000, 500_000),
        ("rent_out", 300_000, 300_000),
        ("other", 500_000, 1_000_000),
    ],
)
def test_v03_the_limit_of_a_small_contract_turns_on_its_day(
    kind: ContractKind, before: int, after: int
) -> None:
    limit = EDITION.thresholds.small_contract_limit
    assert limit(kind, date(2025, 3, 31)) == before
    assert limit(kind, date(2025, 4, 1)) == after
    with pytest.raises(NoLimitKnown):
        limit(kind, date(1982, 9, 30))


def test_limits_of_two_times_do_not_overlap() -> None:
    first, second = EDITION.model_dump(by_alias=True)["thresholds"]["small_contract_limits"]
    with pytest.raises(ValidationError, match="2025-03-31 begin before"):
        Thresholds.model_validate({"small_contract_limits": [first, {**second, "from": date(2025, 3, 31)}]})
    with pytest.raises(ValidationError, match="begin before"):
        Thresholds.model_validate({"small_contract_limits": [second, first]})


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"municipality": "112088"}, "check digit"),
        ({"zone": "Asia/Tokorozawa"}, "no time zone"),
        ({"calendar": {"closed_weekday": [6]}}, "an office calendar has no closed_weekday"),
        ({"calendar": {"closed": [["01-01", "12-31"]]}}, "never opens"),
        ({"running_cases": "drop"}, "keep"),
        ({"remark": "ok"}, "remark"),
    ],
)
def test_what_nobody_could_mean_is_refused(fields: dict[str, Any], what: str) -> None:
    with pytest.raises(ValidationError, match=what):
        changed(**fields)


def test_every_shipped_edition_can_be_read() -> None:
    assert guidelines.editions() == ("kakuu-minato/2024-04", "tokorozawa/2023-07")
    for name in guidelines.editions():
        assert guidelines.load(name).id == name
