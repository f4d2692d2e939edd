"""The guideline as data: what it must say, and what must not slip into it."""

from datetime import date

import pytest
from pydantic import ValidationError

import guidelines
from guidelines import Edition, NoEditionInForce, NoSuchEdition

EDITION = guidelines.load("tokorozawa/2023-07")


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
        "reconsideration_days": 14,
        "screening_valid_days": 30,
    }


def test_what_was_not_verified_is_labelled_so() -> None:
    assert any(note.startswith("effective:") for note in EDITION.to_check)


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


@pytest.mark.parametrize("field", ["partner_clauses", "mayor_clauses", "terms"])
def test_an_edition_cites_no_clause_it_does_not_have(field: str) -> None:
    with pytest.raises(ValidationError, match="GL9-1"):
        Edition.model_validate({**EDITION.model_dump(), field: ("GL9-1",)})


def test_every_edition_is_complete() -> None:
    assert guidelines.editions() == ("tokorozawa/2023-07",)
    for name in guidelines.editions():
        assert guidelines.load(name).id == name
