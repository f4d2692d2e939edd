"""Days that no calendar has are refused with their field; days at its ends are kept, and stop nothing."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.robustness.asking import CONTRACT, Asking, Reply
from tests.stack import RunningStack

MEASURE: dict[str, Any] = {
    "register": "bid_suspension",
    "clause": "GL7-A2",
    "corporate_number": "6999901000101",
    "name": "架空頑丈株式会社",
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


@pytest.mark.parametrize(
    "day",
    ["2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "令和6年2月1日", "2024/02/01", "10000-01-01", "-0001-01-01",
     "2024-02-01T10:00:00+09:00", "", None, 1e20, True, "２０２４-０２-０１"],
)  # fmt: skip
async def test_a_day_that_no_calendar_has_is_refused(office: Asking, day: Any) -> None:
    _, reply = await record(office, valid_from=day)
    assert (reply.status, reply.refused) == (422, "Malformed")
    assert list(reply.wrong) == ["valid_from"]


@pytest.mark.parametrize(
    "period",
    [
        ("0001-01-01", "0001-01-01"),
        ("0001-01-01", "9999-12-31"),
        ("9999-12-31", "9999-12-31"),
        ("9999-12-31", None),
        ("1868-09-08", "2100-02-28"),
    ],
)
async def test_a_measure_at_the_ends_of_the_calendar_is_kept(
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
