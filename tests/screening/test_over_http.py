"""Whatever is sent to the registers, or asked of them: taken as it is, or refused in a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.robustness.asking import CONTRACT, WINDOW, Asking
from tests.screening.test_on_the_stack import asked, number, suspension


@pytest.mark.parametrize(
    ("changed", "status", "told"),
    [
        ({"valid_from": "9999-12-31"}, 422, "valid_from"),
        ({"decided_on": "0001-01-01"}, 422, "decided_on"),
        ({"corporate_number": "4999901000104"}, 422, "corporate_number"),
        ({"valid_to": "2020-01-01"}, 409, "EndsBeforeItStarts"),
        ({"register": "landlords"}, 422, "register"),
        ({"register": ["bid_suspension"]}, 422, "register"),
        ({"name": "\x00"}, 422, "name"),
        ({"name": "架" * 65_535}, 422, "name"),
        ({"ground": "理" * 65_535}, 422, "ground"),
        ({"aliases": ["旧名"] * 51}, 422, "aliases"),
        ({"clause": "GL7-A3"}, 409, "RegisterOfAnotherClause"),
        ({"item": "2(5)"}, 409, "ItemOfAnotherRegister"),
        ({"register_clause": "GL7-A3"}, 422, "filled in by the service"),
    ],
)
async def test_a_wrong_entry_is_refused_by_its_field_or_by_the_rule(
    office: Asking, changed: dict[str, Any], status: int, told: str
) -> None:
    entry = {"register": "bid_suspension", **suspension(number()), **changed}
    reply = await office.ask(f"screening/measure/{entry.pop('id')}/record-measure", CONTRACT, entry)
    assert reply.status == status
    assert told in f"{reply.refused} {reply.body}"


@pytest.mark.parametrize("name", ["株式会社葛\U000e0100城①", "㈱髙﨑", "𠮷野家具(株)", "e\u0301tude"])
async def test_whatever_characters_a_name_has_it_is_kept_as_it_was_sent(office: Asking, name: str) -> None:
    entry = {"register": "bid_suspension", **suspension(number(), name=name)}
    id_ = entry.pop("id")
    assert await asked(office, f"screening/measure/{id_}/record-measure", CONTRACT, entry) == [
        "MeasureRecorded"
    ]
    assert (await office.kept(id_, "MeasureRecorded"))["name"] == name


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("measures?as_of=2024-07-31", 200),
        ("measures?as_of=0001-01-01&register=gang_exclusion", 200),
        ("measures?as_of=9999-12-31&after=Z", 200),
        ("measures?as_of=2024-02-30", 422),
        ("measures?register=x", 422),
        ("measures?corporate_number=1%00", 422),
        ("measures?after=%00", 422),
        ("measures?limit=0", 422),
        ("screenings?status=%00", 422),
        ("screening/%00", 422),
        ("screening/never-heard-of", 404),
        ("flags?limit=1", 200),
        ("register-imports", 200),
        ("links", 200),
    ],
)
async def test_a_query_is_answered_or_refused(office: Asking, query: str, status: int) -> None:
    assert (await office.look(f"screening/{query}", CONTRACT)).status == status


async def test_registers_are_for_those_who_screen_and_persons_for_who_keeps_them(office: Asking) -> None:
    assert (await office.look("screening/measures", "proposer:P-01")).refused == "NotYours"
    assert (await office.look("screening/links", WINDOW)).refused == "NotYours"
    shown_to_window = (await office.look("screening/measures?register=art167_4", WINDOW)).body["items"]
    assert not any("person" in each for each in shown_to_window)
