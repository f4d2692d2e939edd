"""The limits of texts and numbers, and where a day ends, which every contract shares."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from contracts.days import day, end_of
from contracts.text import CorporateNumber, Name, Reason, Text, check_digit

NUMBERS = [
    *("6999901000101", "1999905000102", "4999901000103", "3999901000104"),
    *("9999903000105", "6999905000106", "5999905000107", "8999901000108"),
]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_corporate_number_with_its_check_digit_is_taken(number: str) -> None:
    assert TypeAdapter(CorporateNumber).validate_python(number) == number
    assert str(check_digit(number[1:])) == number[0]


@pytest.mark.parametrize(
    "number",
    ["7999901000101", "699990100010", "69999010001011", "６９９９９０１０００１０１", "0999901000101"],
)
def test_any_other_is_not(number: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(CorporateNumber).validate_python(number)


@pytest.mark.parametrize("kind", [Text, Reason, Name])
@pytest.mark.parametrize("value", ["", " ", "　\u00a0", "半\x00角"])
def test_no_text_is_blank_or_holds_nul(kind: Any, value: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)


def test_a_text_has_lines_and_a_name_has_none() -> None:
    assert TypeAdapter(Text).validate_python("一行目\n二行目\n") == "一行目\n二行目\n"
    with pytest.raises(ValidationError):
        TypeAdapter(Name).validate_python("一行目\n二行目")


def test_lengths_count_characters() -> None:
    assert TypeAdapter(Text).validate_python("長" * 65_535)
    assert TypeAdapter(Name).validate_python("𠮷" * 200)
    with pytest.raises(ValidationError):
        TypeAdapter(Name).validate_python("𠮷" * 201)


def test_a_day_of_the_city_begins_nine_hours_before_greenwich() -> None:
    assert day(datetime(2024, 7, 31, 14, 59, 59, tzinfo=UTC)) == date(2024, 7, 31)
    assert day(datetime(2024, 7, 31, 15, 0, tzinfo=UTC)) == date(2024, 8, 1)


def test_a_day_ends_when_the_next_begins() -> None:
    assert end_of(date(2024, 7, 31)) == datetime(2024, 7, 31, 15, 0, tzinfo=UTC)
    assert day(end_of(date(2024, 7, 31))) == date(2024, 8, 1)
