"""Entering measures into the registers (V10, V11, V14)."""

from datetime import date
from typing import Any

import pytest

from chassis.decider import NotYours
from contracts.actors import Actor
from contracts.screening import MeasureRecorded
from services.screening.domain import (
    MEASURE,
    CorrectMeasure,
    EndsBeforeItStarts,
    FindingNeedsAnEnd,
    FindingTooLong,
    ItemMissing,
    ItemOfAnotherRegister,
    MeasureRecordedBefore,
    RecordMeasure,
    RegisterOfAnotherClause,
    StartMeasure,
)
from tests.deciding import Deciding, at, by
from tests.screening.sample import EDITION, JULY_31, TIMER, WINDOW

SUSPENSION: dict[str, Any] = {
    "register": "bid_suspension",
    "clause": "GL7-A2",
    "corporate_number": "3999901000104",
    "name": "架空みらい土木株式会社",
    "ground": "過失による粗雑工事(別表第1相当)",
    "decided_on": "2024-01-31",
    "valid_from": "2024-02-01",
    "valid_to": "2024-07-31",
}
FINDING: dict[str, Any] = {
    **SUSPENSION,
    "register": "art167_4",
    "clause": "GL7-A1",
    "item": "2(5)",
    "ground": "正当な理由がなく契約を履行しなかった(架空)",
    "valid_from": "2023-10-01",
    "valid_to": "2025-09-30",
}
CONTRACT_SECTION = by("contract_section:K-01:S06")
register = Deciding(MEASURE)


def said(entry: dict[str, Any], actor: Actor = CONTRACT_SECTION, **changed: Any) -> dict[str, Any]:
    """What a command says, with the clause that its register answers by the edition."""
    register_clause = EDITION.registers[{**entry, **changed}["register"]]
    return {"register_clause": register_clause, **entry, **changed, "actor": actor, "at": JULY_31}


def record(entry: dict[str, Any], actor: Actor = CONTRACT_SECTION, **changed: Any) -> RecordMeasure:
    return RecordMeasure.model_validate(said(entry, actor, **changed))


def start(day: str) -> StartMeasure:
    return StartMeasure(actor=TIMER, at=at(f"{day} 00:00"))


def correct(entry: dict[str, Any], actor: Actor = CONTRACT_SECTION, **changed: Any) -> CorrectMeasure:
    return CorrectMeasure.model_validate({"reason": "期間の短縮", **said(entry, actor, **changed)})


def test_a_measure_is_entered_as_it_was_decided() -> None:
    [fact] = register.when(record(SUSPENSION))
    assert isinstance(fact, MeasureRecorded)
    assert fact.register_ == "bid_suspension"
    assert (fact.valid_from, fact.valid_to) == (date(2024, 2, 1), date(2024, 7, 31))
    assert b'"register":"bid_suspension"' in fact.encoded()


def test_its_first_day_may_lie_after_the_decision_and_its_end_may_be_open() -> None:
    exclusion = {**SUSPENSION, "register": "gang_exclusion", "clause": "GL7-A3", "valid_to": None}
    [fact] = register.when(record(exclusion))
    assert isinstance(fact, MeasureRecorded)
    assert fact.valid_to is None


def test_v14_a_body_on_no_register_of_companies_can_be_entered_by_name() -> None:
    [fact] = register.when(record(SUSPENSION, corporate_number=None))
    assert isinstance(fact, MeasureRecorded)
    assert fact.corporate_number is None


def test_a_number_is_entered_once() -> None:
    with pytest.raises(MeasureRecordedBefore):
        register.after(record(SUSPENSION)).when(record(SUSPENSION))


def test_a_register_answers_its_own_clause_only() -> None:
    with pytest.raises(RegisterOfAnotherClause, match="GL7-A2"):
        register.when(record(SUSPENSION, clause="GL7-A3"))


def test_a_measure_of_one_day_is_possible_one_that_ends_before_it_starts_is_not() -> None:
    assert len(register.when(record(SUSPENSION, valid_to="2024-02-01"))) == 1
    with pytest.raises(EndsBeforeItStarts):
        register.when(record(SUSPENSION, valid_to="2024-01-31"))


def test_v11_a_finding_by_article_167_4_names_its_item() -> None:
    with pytest.raises(ItemMissing):
        register.when(record(FINDING, item=None))
    with pytest.raises(ItemOfAnotherRegister):
        register.when(record(SUSPENSION, item="2(5)"))


def test_v11_by_item_2_it_has_an_end() -> None:
    with pytest.raises(FindingNeedsAnEnd):
        register.when(record(FINDING, valid_to=None))


def test_by_item_1_it_lasts_as_long_as_the_fact() -> None:
    assert len(register.when(record(FINDING, item="1(2)", valid_to=None))) == 1


@pytest.mark.parametrize(
    ("first", "last", "too_long"),
    [
        ("2023-10-01", "2026-09-30", "2026-10-01"),
        ("2024-02-29", "2027-02-28", "2027-03-01"),
    ],
)
def test_v11_by_item_2_it_lasts_three_years_and_no_day_longer(first: str, last: str, too_long: str) -> None:
    assert len(register.when(record(FINDING, valid_from=first, valid_to=last))) == 1
    with pytest.raises(FindingTooLong):
        register.when(record(FINDING, valid_from=first, valid_to=too_long))


def test_only_the_contract_section_keeps_the_registers() -> None:
    with pytest.raises(NotYours):
        register.when(record(SUSPENSION, actor=WINDOW))


def test_what_was_entered_is_a_public_record_of_its_own() -> None:
    assert MeasureRecorded.type == "renkei.screening.MeasureRecorded.v1"
    assert MEASURE.stream("BS-2024-003") == "measure/BS-2024-003"
