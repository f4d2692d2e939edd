"""The registers speak as of a day, and a measure counts on both of its end days (V09, V10, V32)."""

from datetime import date

import pytest

from contracts.screening import PartnerScreened
from services.screening.policies import (
    DayNotYetCome,
    EntryMissing,
    Measure,
    MeasureInForce,
    MeasureNotInForce,
    MeasureUnknown,
    RegisterOfAnotherDay,
)
from tests.deciding import at
from tests.screening.sample import (
    AUGUST_1,
    JULY_31,
    SUSPENSION,
    about_partner,
    confirm,
    opened,
    screen_partner,
    screen_project,
)

FIRST = date(2024, 2, 1)
LAST = date(2024, 7, 31)
DAY_AFTER = date(2024, 8, 1)


@pytest.mark.parametrize("day", [FIRST, date(2024, 4, 1), LAST])
def test_v10_a_measure_counts_from_its_first_to_its_last_day(day: date) -> None:
    with pytest.raises(MeasureInForce, match="BS-2024-003"):
        opened.when(screen_partner(about_partner(as_of=day), as_of=day, measures=[SUSPENSION]))


@pytest.mark.parametrize("day", [date(2024, 1, 31), DAY_AFTER])
def test_v10_a_measure_does_not_count_the_day_before_or_after(day: date) -> None:
    [fact] = opened.when(screen_partner(about_partner(as_of=day), AUGUST_1, day, [SUSPENSION]))
    assert isinstance(fact, PartnerScreened)
    assert fact.clear


def test_a_measure_without_an_end_counts_from_its_first_day_on() -> None:
    exclusion = Measure(id="GE-2025-001", clause="GL7-A3", valid_from=FIRST)
    with pytest.raises(MeasureInForce, match="with no end"):
        opened.when(screen_partner(measures=[exclusion]))


def test_answered_as_it_is_a_measure_excludes_the_partner() -> None:
    answers = about_partner("GL7-A2", measure="BS-2024-003")
    [fact] = opened.when(screen_partner(answers, measures=[SUSPENSION]))
    assert isinstance(fact, PartnerScreened)
    assert not fact.clear


def test_another_clause_does_not_answer_for_the_measure() -> None:
    with pytest.raises(MeasureInForce, match="GL7-A2"):
        opened.when(screen_partner(about_partner("GL7-A3"), measures=[SUSPENSION]))


def test_a_measure_that_is_over_excludes_nobody() -> None:
    answers = about_partner("GL7-A2", as_of=DAY_AFTER, measure="BS-2024-003")
    with pytest.raises(MeasureNotInForce):
        opened.when(screen_partner(answers, AUGUST_1, measures=[SUSPENSION]))


def test_a_measure_does_not_speak_for_another_clause() -> None:
    answers = about_partner("GL7-A2", "GL7-A3", measure="BS-2024-003")
    with pytest.raises(MeasureNotInForce, match="GL7-A3"):
        opened.when(screen_partner(answers, measures=[SUSPENSION]))


def test_v14_who_is_on_no_register_falls_under_a_clause_by_a_recorded_finding_only() -> None:
    with pytest.raises(EntryMissing, match="GL7-A2"):
        opened.when(screen_partner(about_partner("GL7-A2")))
    finding = Measure(id="BS-F-1", register="bid_suspension", clause="GL7-A2", valid_from=FIRST)
    [fact] = opened.when(screen_partner(about_partner("GL7-A2"), measures=[finding]))
    assert isinstance(fact, PartnerScreened)
    assert not fact.clear
    assert [answer.measure for answer in fact.answers if answer.applies] == ["BS-F-1"]


def test_v11_without_a_finding_nobody_falls_under_article_167_4() -> None:
    with pytest.raises(EntryMissing, match="GL7-A1"):
        opened.when(screen_partner(about_partner("GL7-A1")))


def test_a_measure_of_somebody_else_is_not_cited() -> None:
    with pytest.raises(MeasureUnknown, match="BS-2024-999"):
        opened.when(screen_partner(about_partner("GL7-A2", measure="BS-2024-999"), measures=[SUSPENSION]))


def test_of_overlapping_measures_the_longest_counts() -> None:
    longer = SUSPENSION.model_copy(update={"id": "BS-2024-007", "valid_to": date(2024, 12, 31)})
    [fact] = opened.when(screen_partner(about_partner("GL7-A2"), measures=[longer, SUSPENSION]))
    assert isinstance(fact, PartnerScreened)
    [answer] = [answer for answer in fact.answers if answer.applies]
    assert (answer.measure, answer.until) == ("BS-2024-007", date(2024, 12, 31))
    # and when the shorter one is over, the longer one still counts
    after = screen_partner(about_partner(as_of=DAY_AFTER), AUGUST_1, DAY_AFTER, [longer, SUSPENSION])
    with pytest.raises(MeasureInForce, match="BS-2024-007"):
        opened.when(after)


def test_without_a_day_the_registers_are_those_of_today_in_the_city() -> None:
    one_past_midnight = at("2024-08-01 00:01")
    [fact] = opened.when(screen_partner(about_partner(as_of=DAY_AFTER), one_past_midnight))
    assert isinstance(fact, PartnerScreened)
    assert fact.as_of == DAY_AFTER


def test_v09_the_answers_say_the_same_day_as_the_screening() -> None:
    with pytest.raises(RegisterOfAnotherDay, match="GL7-A1"):
        opened.when(screen_partner(about_partner(as_of=LAST), AUGUST_1))


def test_registers_of_tomorrow_are_not_known() -> None:
    with pytest.raises(DayNotYetCome):
        opened.when(screen_partner(about_partner(as_of=DAY_AFTER), JULY_31, as_of=DAY_AFTER))


def test_v32_a_measure_that_begins_between_screening_and_decision_still_excludes() -> None:
    new = Measure(id="BS-2024-009", clause="GL7-A2", valid_from=DAY_AFTER, valid_to=date(2024, 9, 30))
    screened = opened.after(screen_partner(measures=[new]), screen_project())
    with pytest.raises(MeasureInForce, match="BS-2024-009"):
        screened.when(confirm(AUGUST_1, [new]))
    assert len(screened.when(confirm(JULY_31, [new]))) == 1
