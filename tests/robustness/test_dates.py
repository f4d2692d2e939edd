"""Days that no calendar has, or no register, are refused with their field; days at the ends are kept."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.robustness.asking import CONTRACT, SECTION, Asking, Reply
from tests.stack import RunningStack

MEASURE: dict[str, Any] = {
    "register": "bid_suspension",
    "clause": "GL7-A2",
    "corporate_number": "7999901000991",
    "name": "架空暦工業株式会社",
    "ground": "架空の事由",
    "decided_on": "2024-01-31",
    "valid_from": "2024-02-01",
    "valid_to": "2024-02-29",
}


@pytest.fixture
async def office(stack: RunningStack) -> AsyncIterator[Asking]:
    async with Asking(stack) as asking:
        yield asking


async def record(office: Asking, **changed: Any) -> tuple[str, Reply]:
    measure = f"T-{uuid.uuid4()}"
    body = {**MEASURE, **changed}
    return measure, await office.ask(f"screening/measure/{measure}/record-measure", CONTRACT, body)


NO_DAYS: list[Any] = ["2023-02-29", "2024-13-01", "2024-00-10", "10000-01-01", "-0001-01-01"]
NO_WORDS_FOR_DAYS: list[Any] = [
    "2024-1-1",
    "令和6年2月1日",
    "2024/02/01",
    "２０２４-０２-０１",
    "",
    None,
    1e20,
    True,
]
NO_DAYS_OF_A_REGISTER: list[Any] = ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"]


@pytest.mark.parametrize("day", NO_DAYS + NO_WORDS_FOR_DAYS + NO_DAYS_OF_A_REGISTER)
async def test_a_day_that_no_register_has_is_refused(office: Asking, day: Any) -> None:
    _, reply = await record(office, valid_from=day)
    assert (reply.status, reply.refused) == (422, "Malformed")
    assert list(reply.wrong) == ["valid_from"]


@pytest.mark.parametrize(
    "period",
    [
        ("1900-01-01", "1900-01-01"),
        ("1900-01-01", "2199-12-31"),
        ("2199-12-31", "2199-12-31"),
        ("2199-12-31", None),
        ("2000-02-29", "2100-02-28"),
    ],
)
async def test_a_measure_at_the_ends_of_what_a_register_holds_is_kept(
    office: Asking, period: tuple[str, str | None]
) -> None:
    measure, reply = await record(office, decided_on=period[0], valid_from=period[0], valid_to=period[1])
    assert reply.status == 200, reply.body
    kept = await office.kept(measure, "MeasureRecorded")
    assert (kept["valid_from"], kept["valid_to"]) == period


async def test_a_measure_that_ends_before_it_starts_is_refused_by_name(office: Asking) -> None:
    _, reply = await record(office, valid_from="2024-03-01", valid_to="2024-02-29")
    assert reply.status == 409
    assert reply.refused == "EndsBeforeItStarts"


async def test_one_day_is_a_period(office: Asking) -> None:
    _, reply = await record(office, valid_from="2024-02-29", valid_to="2024-02-29")
    assert reply.status == 200


THEME: dict[str, Any] = {
    "title": "遠い日のテーマ",
    "issue": "遠い日の課題",
    "criteria": [{"name": "課題適合性", "weight": 100}],
    "min_total": 60,
    "budget": False,
}


@pytest.mark.parametrize(
    "days", [("0001-01-01", "9999-12-31"), ("9999-12-30", "9999-12-31"), ("9999-12-31", "9999-12-31")]
)
async def test_a_theme_at_the_ends_of_the_calendar_is_refused_or_kept(
    office: Asking, days: tuple[str, str]
) -> None:
    """What is set to happen when its last day is over lies beyond the last day there is."""
    theme = f"T-{uuid.uuid4()}"
    body = {**THEME, "opens": days[0], "closes": days[1]}
    drafted = await office.ask(f"intake/theme/{theme}/draft-theme", "section:U-1:S17", body)
    assert drafted.status in (200, 422)
    published = await office.ask(f"intake/theme/{theme}/publish-theme", "window_head:H-01:S01", {})
    assert published.status in (200, 404)


async def test_talks_of_days_to_come_or_before_all_are_answered(office: Asking) -> None:
    for day in ("0001-01-01", "9999-12-31"):
        body = {"held_on": day, "text": "架空の協議"}
        reply = await office.ask(f"agreements/partnership/{uuid.uuid4()}/record-dialogue", SECTION, body)
        assert (reply.status, reply.refused) == (409, "NotInDialogue")
