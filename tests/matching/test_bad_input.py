"""What is wrong is said, field by field or by the name of its rule; what is only unusual is kept as it is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.matching.hall import Hall, call, eligible, received

OFFICE, STAFF = "window:W-01:S01", "section:U-14:S14"
GOOD = {
    "section": "S14",
    "person": "U-14",
    "organisation": {"name": "架空商事", "corporate_number": "1999901000114"},
    "kind": "holding",
    "valid_from": "2023-04-01",
}


@pytest.mark.parametrize(
    ("changed", "status", "name"),
    [
        ({"valid_to": "2023-03-31"}, 409, "InterestRunsBackwards"),
        ({"person": None}, 409, "NobodyNamed"),
        ({"section": "S99"}, 409, "UnknownSection"),
        ({"organisation": {"name": "架空", "corporate_number": "2999901000114"}}, 422, "Malformed"),
        ({"organisation": {"name": "あ" * 201}}, 422, "Malformed"),
        ({"organisation": {"name": "\u0000"}}, 422, "Malformed"),
        ({"valid_from": "2023-02-30"}, 422, "Malformed"),
        ({"kind": "friendship"}, 422, "Malformed"),
        ({"person": "山田"}, 422, "Malformed"),
        ({"sections": ["S14"]}, 422, "Malformed"),
        ({"valid_from": "9999-12-31"}, 200, None),
        ({"valid_from": "0001-01-01", "valid_to": "9999-12-31"}, 200, None),
        ({"organisation": {"name": "髙島①葛󠄀工業㈱"}}, 200, None),
    ],
)
async def test_the_register_takes_what_is_right_as_it_is_and_says_what_is_wrong(
    hall: Hall, changed: dict[str, Any], status: int, name: str | None
) -> None:
    answer = await hall.post("interest/I-1/record-interest", OFFICE, **{**GOOD, **changed})
    assert answer.status == status
    if name:
        assert answer.json()["type"] == f"urn:renkei:refused:{name}"
    else:
        [entry] = (await hall.get("interests")).json()
        assert entry["organisation"] == {**GOOD, **changed}["organisation"]["name"]  # type: ignore[index]


@pytest.mark.parametrize("capacity", [-1, 10_001, 1.5, "many", None])
async def test_a_capacity_that_is_no_number_of_cases_is_refused(hall: Hall, capacity: Any) -> None:
    answer = await hall.post("section/S14/set-capacity", STAFF, capacity=capacity)
    assert (answer.status, answer.json()["type"]) == (422, "urn:renkei:refused:Malformed")


@pytest.mark.parametrize("body", [b"[", b"[]", b'{"reason": "\\ud800"}', b'{"reason": "\xff"}'])
async def test_what_is_no_text_is_refused(hall: Hall, body: bytes) -> None:
    await hall.hear(received())
    await hall.hear(eligible())
    answer = await call(hall.app, "POST", "/matching/matching/C01/decline-match", STAFF, body)
    assert (answer.status, answer.json()["type"]) == (422, "urn:renkei:refused:Malformed")


@pytest.mark.parametrize(
    "path",
    [
        "offered/%00",
        "matching/%00",
        "matching/%00/steps",
        "work/%00",
        "work/S14%27--",
        "offered/%F0%9F%98%80",
        "matching/%EF%BF%BD",
    ],
)
async def test_a_path_that_names_nothing_is_no_fault_of_the_server(hall: Hall, path: str) -> None:
    assert (await hall.get(path)).status in (200, 404, 409)


async def test_a_reason_as_long_as_a_letter_is_kept_and_a_book_is_refused(hall: Hall) -> None:
    await hall.hear(received())
    await hall.hear(eligible())
    long = await hall.post("matching/C01/decline-match", STAFF, reason="長" * 65_536)
    assert (long.status, long.json()["type"]) == (422, "urn:renkei:refused:Malformed")
    assert (await hall.post("matching/C01/decline-match", STAFF, reason="髙①葛󠄀" * 500)).status == 200
    assert (await hall.post("matching/C01/decline-match", STAFF, reason=" ")).status == 422
