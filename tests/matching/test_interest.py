"""The register of interests: who may enter what, from which day to which (V19)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chassis.decider import NotYours
from contracts.matching import InterestBegan, InterestEnded, InterestRecorded
from services.matching.domain import (
    INTEREST,
    BeginInterest,
    EndInterest,
    InterestOver,
    InterestRunsBackwards,
    NoSuchInterest,
    RecordedBefore,
    RecordInterest,
)
from services.matching.policies import NobodyNamed, OnlyForYourself, UnknownSection, plain_name
from tests.deciding import Deciding, at, by
from tests.matching.sample import CONTRACTS, FIRM, MONDAY, PROPOSER, S12, S14, TIMER, WINDOW

entry = Deciding(INTEREST)
FIELDS: dict[str, Any] = {
    "person": "U-14",
    "section": "S14",
    "organisation": FIRM,
    "kind": "family",
    "valid_from": date(2023, 9, 5),
    "valid_to": date(2024, 3, 31),
}
RECORDED = InterestRecorded.model_validate(FIELDS)


def record(actor: Any = WINDOW, **changed: Any) -> RecordInterest:
    given = {"actor": actor, "at": MONDAY, "sections": ["S12", "S14"]}
    return RecordInterest.model_validate({**FIELDS, **given, **changed})


def end(last: date, actor: Any = WINDOW) -> EndInterest:
    return EndInterest(actor=actor, at=MONDAY, valid_to=last)


def begin(on: str) -> BeginInterest:
    return BeginInterest(actor=TIMER, at=at(on))


def test_the_office_the_contract_section_and_the_officer_himself_enter_an_interest() -> None:
    for actor in (WINDOW, CONTRACTS, S14):
        assert entry.when(record(actor)) == [RECORDED]
    assert entry.when(record(S14, person=None, whole_section=True))


def test_nobody_enters_what_others_are_interested_in() -> None:
    for command in (record(S12), record(S14, person="U-15"), record(S12, person=None, whole_section=True)):
        with pytest.raises(OnlyForYourself):
            entry.when(command)
    with pytest.raises(NotYours):
        entry.when(record(PROPOSER))


def test_an_entry_names_somebody_of_a_section_there_is() -> None:
    with pytest.raises(NobodyNamed):
        entry.when(record(person=None))
    with pytest.raises(UnknownSection):
        entry.when(record(section="S13"))


def test_an_entry_is_made_once_and_ends_before_it_would_have() -> None:
    there = entry.given(RECORDED)
    with pytest.raises(RecordedBefore):
        there.when(record())
    assert there.when(end(date(2023, 12, 31))) == [InterestEnded(valid_to=date(2023, 12, 31))]
    assert there.when(end(date(2023, 9, 5), S14))
    for late in (date(2024, 3, 31), date(2024, 4, 1)):
        with pytest.raises(InterestOver):
            there.when(end(late))
    with pytest.raises(OnlyForYourself):
        there.when(end(date(2023, 12, 31), by("section:U-15:S14")))
    with pytest.raises(NoSuchInterest):
        entry.when(end(date(2023, 12, 31)))


def test_days_do_not_run_backwards() -> None:
    with pytest.raises(InterestRunsBackwards):
        entry.when(record(valid_to=date(2023, 9, 4)))
    assert entry.when(record(valid_to=date(2023, 9, 5)))
    with pytest.raises(InterestRunsBackwards):
        entry.given(RECORDED).when(end(date(2023, 9, 4)))


def test_an_interest_begins_once_on_its_first_day() -> None:
    there = entry.given(RECORDED)
    assert there.when(begin("2023-09-04 23:59")) == []
    assert there.when(begin("2023-09-05 00:00")) == [InterestBegan()]
    assert there.given(InterestBegan()).when(begin("2023-09-06 00:00")) == []
    assert entry.when(begin("2023-09-06 00:00")) == []


@pytest.mark.parametrize(
    "spelt",
    ["架空商事株式会社", "㈱架空商事", "(株)架空商事", "（株）架空商事", "架空 商事", "株式会社　架空商事"],
)
def test_one_name_is_spelt_in_many_ways(spelt: str) -> None:
    assert plain_name(spelt) == "架空商事"


def test_a_name_is_never_empty_and_others_stay_others() -> None:
    assert plain_name("株式会社") == "株式会社"
    assert plain_name("架空商店") != plain_name("架空商事")
    assert plain_name("ＡＢＣ") == plain_name("abc")
