"""The register of interests at work: on a real database, in every running case it concerns (V19)."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.fact import Fact
from contracts.intake import Withdrawn
from contracts.matching import ConflictFound, MatchProposed, PartnerNoted, SectionOffered, SectionsRanked
from tests.deciding import at
from tests.matching.hall import Hall, eligible, received
from tests.matching.sample import FIRM


def kinds(facts: list[Fact]) -> list[type[Fact]]:
    return [type(fact) for fact in facts]


INTEREST: dict[str, Any] = {
    "section": "S14",
    "whole_section": True,
    "organisation": FIRM.model_dump(),
    "kind": "holding",
    "valid_from": "2023-09-01",
}
WINDOW = "window:W-01:S01"


async def record(hall: Hall, id_: str, **changed: Any) -> None:
    answer = await hall.post(f"interest/{id_}/record-interest", WINDOW, **{**INTEREST, **changed})
    assert answer.status == 200, answer.text


@pytest.mark.parametrize(
    "about",
    [
        FIRM.model_dump(),
        {"name": "(株)ﾐﾏﾓﾘ架空電機"},
        {"name": "名が違っても番号が同じ", "corporate_number": FIRM.corporate_number},
    ],
    ids=["the same", "by its name", "by its number"],
)
async def test_v19_what_the_register_knows_keeps_a_section_out_before_anybody_is_asked(
    hall: Hall, about: dict[str, Any]
) -> None:
    await record(hall, "I-1", organisation=about)
    [_, found, *_] = await hall.hear(received())
    assert found == ConflictFound(section="S14", whole_section=True, basis="registry", interest="I-1")
    [*_, proposed] = await hall.hear(eligible())
    assert isinstance(proposed, MatchProposed)
    assert proposed.offered_to != "S14"


@pytest.mark.parametrize(
    "changed",
    [
        {"organisation": {"name": FIRM.name, "corporate_number": "1999901000114"}},
        {"organisation": {"name": "別の株式会社"}},
        {"valid_from": "2023-09-05"},
        {"valid_from": "2023-01-01", "valid_to": "2023-09-03"},
    ],
    ids=["a namesake", "another", "not yet", "no longer"],
)
async def test_v19_what_does_not_concern_the_case_that_day_keeps_nobody_out(
    hall: Hall, changed: dict[str, Any]
) -> None:
    await record(hall, "I-1", **changed)
    assert kinds(await hall.hear(received())) == [PartnerNoted, SectionsRanked]


@pytest.mark.parametrize(
    "changed",
    [{"valid_from": "2023-09-04"}, {"valid_from": "2023-01-01", "valid_to": "2023-09-04"}],
    ids=["first day", "last day"],
)
async def test_v19_both_days_of_an_entry_count(hall: Hall, changed: dict[str, Any]) -> None:
    await record(hall, "I-1", **changed)
    assert ConflictFound in kinds(await hall.hear(received()))


async def test_v19_an_interest_in_a_related_organisation_counts(hall: Hall) -> None:
    await record(hall, "I-1", organisation={"name": "子会社", "corporate_number": "1999901000114"})
    related = {"kind": "joint_venture_member", "name": "子会社", "corporate_number": "1999901000114"}
    assert ConflictFound in kinds(await hall.hear(received(related=[related])))


async def test_v19_an_interest_recorded_later_is_found_in_running_cases_only(hall: Hall) -> None:
    for case in ("C01", "C02", "C03"):
        await hall.hear(received(), case)
        await hall.hear(eligible(), case)
    await hall.hear(Withdrawn(), "C02")
    await hall.hear(received(partner={"name": "よその会社"}), "C04")
    await record(hall, "I-1")
    [entry] = await hall.facts("interest/I-1")
    found = await hall.hear(entry, "I-1", "interest")
    assert kinds(found) == [ConflictFound, SectionOffered] * 2
    for case in ("C01", "C03"):
        assert (await hall.get(f"matching/{case}")).json()["offered_to"] != "S14"
    assert await hall.hear(entry, "I-1", "interest") == []


async def test_v19_an_interest_recorded_ahead_counts_from_its_first_day_on(hall: Hall) -> None:
    await hall.hear(received())
    await hall.hear(eligible())
    await record(hall, "I-1", valid_from="2023-09-05")
    [entry] = await hall.facts("interest/I-1")
    assert await hall.hear(entry, "I-1", "interest") == []
    assert await hall.issue(at("2023-09-04 23:59")) == 0
    assert await hall.issue(at("2023-09-05 00:00")) == 1
    [_, began] = await hall.facts("interest/I-1")
    assert kinds(await hall.hear(began, "I-1", "interest")) == [ConflictFound, SectionOffered]
