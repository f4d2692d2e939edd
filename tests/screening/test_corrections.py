"""An entry that was wrong says something else from now on; what it said before stays in the record (V10, V11)."""

from datetime import date

import pytest

from chassis.decider import NotYours
from contracts.screening import MeasureCorrected, MeasureRecorded, MeasureStarted
from services.screening.domain import (
    A_PERSON,
    EndsBeforeItStarts,
    FindingTooLong,
    NoSuchMeasure,
    PersonByNameOnly,
    RegisterStays,
    UsersOfAnotherRegister,
)
from tests.screening.sample import WINDOW
from tests.screening.test_measures import FINDING, SUSPENSION, correct, record, register, start

ENTERED = register.after(record(SUSPENSION))


def test_a_release_is_an_earlier_last_day() -> None:
    [fact] = ENTERED.when(correct(SUSPENSION, valid_to="2024-05-31", reason="措置の解除"))
    assert isinstance(fact, MeasureCorrected)
    assert (fact.valid_to, fact.reason) == (date(2024, 5, 31), "措置の解除")
    assert fact.name == "架空みらい土木株式会社"  # it says all of it again


def test_what_says_the_same_corrects_nothing() -> None:
    assert ENTERED.when(correct(SUSPENSION)) == []
    corrected = ENTERED.after(correct(SUSPENSION, valid_to="2024-05-31"))
    assert corrected.when(correct(SUSPENSION, valid_to="2024-05-31")) == []
    assert len(corrected.when(correct(SUSPENSION))) == 1


def test_only_what_was_entered_is_corrected() -> None:
    with pytest.raises(NoSuchMeasure):
        register.when(correct(SUSPENSION))


def test_a_correction_keeps_to_the_same_rules() -> None:
    with pytest.raises(EndsBeforeItStarts):
        ENTERED.when(correct(SUSPENSION, valid_to="2024-01-31"))
    with pytest.raises(FindingTooLong):
        register.after(record(FINDING)).when(correct(FINDING, valid_to="2026-10-01"))
    with pytest.raises(RegisterStays, match="bid_suspension"):
        ENTERED.when(correct(SUSPENSION, register="gang_exclusion", clause=None))
    with pytest.raises(NotYours):
        ENTERED.when(correct(SUSPENSION, actor=WINDOW))


def test_without_a_clause_it_is_the_one_that_the_register_answers_in_the_guideline_in_force() -> None:
    [fact] = register.when(record(SUSPENSION, clause=None, register_clause="KM5-P2"))
    assert isinstance(fact, MeasureRecorded)
    assert fact.clause == "KM5-P2"


def test_a_person_is_kept_confidential() -> None:
    [fact] = register.when(record(FINDING, subject="person", name="架空 次郎", corporate_number=None))
    assert isinstance(fact, MeasureRecorded)
    assert fact.name == A_PERSON
    assert fact.person is not None
    assert fact.person.reveal() == "架空 次郎"
    assert "次郎" not in repr(fact)


@pytest.mark.parametrize(
    "more",
    [
        {"corporate_number": "1999901000114"},
        {"aliases": ["別名"]},
        {"address": "東京都"},
        {"representative": "架空"},
    ],
)
def test_no_more_is_kept_of_a_person_than_is_needed(more: dict[str, object]) -> None:
    with pytest.raises(PersonByNameOnly):
        register.when(record(FINDING, subject="person", **{"corporate_number": None, **more}))


def test_v12_only_article_167_4_extends_to_who_uses_a_person() -> None:
    assert len(register.when(record(FINDING, extends_to=["user"]))) == 1
    with pytest.raises(UsersOfAnotherRegister):
        register.when(record(SUSPENSION, extends_to=["user"]))


@pytest.mark.parametrize(
    ("on", "starts"), [("2024-01-31", 0), ("2024-02-01", 1), ("2024-07-31", 1), ("2024-08-01", 0)]
)
def test_v10_an_entry_starts_on_its_first_day_or_later_while_it_lasts(on: str, starts: int) -> None:
    assert ENTERED.when(start(on)) == [MeasureStarted(clause="GL7-A2")] * starts


def test_it_starts_once_and_again_when_it_was_corrected() -> None:
    started = ENTERED.after(start("2024-02-01"))
    assert started.when(start("2024-02-02")) == []
    corrected = started.after(correct(SUSPENSION, valid_to="2024-12-31"))
    assert len(corrected.when(start("2024-09-01"))) == 1
    assert register.when(start("2024-02-01")) == []
