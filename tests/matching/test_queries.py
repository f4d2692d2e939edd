"""What is looked up in a real database: how a case stands and why, a section's work, the office's, the register."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chassis.rebuild import rebuild
from services.matching.main import SERVICE
from tests.matching.hall import IDEA, Hall, eligible, received
from tests.matching.sample import (
    ALL_READERS,
    NO_STAFF,
    NOT_OURS,
    S12,
    S14,
    accept,
    conclude,
    declare,
    decline,
    end,
    escalate,
    propose,
    rank,
    reopen,
    suspend,
)

GOOD: dict[str, Any] = {
    "section": "S14",
    "person": "U-14",
    "organisation": {"name": "架空商事"},
    "kind": "holding",
    "valid_from": "2023-04-01",
}
OFFICE, STAFF = "window:W-01:S01", "section:U-14:S14"


async def ranked(hall: Hall, *cases: str) -> None:
    for case in cases:
        await hall.hear(received(), case)
        await hall.hear(eligible(), case)


async def test_v23_a_case_shows_its_whole_matching_with_what_explains_it(hall: Hall) -> None:
    await ranked(hall, "C01")
    await hall.do(("C01", decline(S14, ground="no_room")))
    shown = (await hall.get("matching/C01")).json()
    best = shown["ranking"]["candidates"][0]
    assert best["section"] == "S14"
    assert best["score"] > 0
    assert best["terms"]
    assert best["nearest"]
    assert shown["ranking"]["left_out"] == shown["ranking"]["lessons"] == []
    assert len(shown["ranking"]["basis"]["digest"]) == 64
    assert shown["answers"] == {"S14": "no_room"}
    assert (shown["status"], shown["offered_to"]) == ("offered", shown["candidates"][1]["section"])
    assert shown["partner"] == "株式会社ミマモリ架空電機"


async def test_v23_every_step_can_be_read_in_its_order(hall: Hall) -> None:
    await ranked(hall, "C01")
    await hall.do(("C01", decline(S14)), ("C01", declare("S05", "U-05")))
    steps = (await hall.get("matching/C01/steps")).json()
    assert [step["fact"] for step in steps] == [
        "PartnerNoted",
        "SectionsRanked",
        "MatchingOpened",
        "MatchProposed",
        "MatchDeclined",
        "SectionOffered",
        "ConflictFound",
    ]
    assert (steps[4]["by"], steps[4]["reason"]) == ("section", "(confidential)")
    assert (await hall.get("matching/C01/steps", "auditor:A-01")).status == 200


async def test_no_idea_and_nothing_that_people_wrote_is_shown(hall: Hall) -> None:
    await ranked(hall, "C01")
    await hall.do(("C01", decline(S14)), ("C01", propose("S12")), ("C01", declare("S05", "U-05")))
    for path in ("matching/C01", "matching/C01/steps", "offered/S12", "work/S12", "for-office"):
        text = (await hall.get(path)).text
        assert IDEA not in text
        assert "IoT電球" not in text
        for written in (NO_STAFF, NOT_OURS):
            assert written.reveal() not in text
        fingerprint = (await hall.parts.pool.fetchval("select doc ->> 'fingerprint' from lessons"))[:40]
        assert fingerprint not in text


async def test_a_section_sees_its_work_and_how_much_more_it_can_lead(hall: Hall) -> None:
    await ranked(hall, "C01", "C02", "C03")
    await hall.do(("C01", accept(S14, "S07")), ("C02", accept(S14)))
    await hall.post("section/S14/set-capacity", STAFF, capacity=3)
    work = (await hall.get("work/S14", STAFF)).json()
    assert (work["running"], work["capacity"]) == (2, 3)
    assert [[each["case"] for each in work[part]] for part in ("offered", "leading", "supporting")] == [
        ["C03"],
        ["C01", "C02"],
        [],
    ]
    [supported] = (await hall.get("work/S07", "section:U-07:S07")).json()["supporting"]
    assert supported["lead"] == "S14"


async def test_what_is_due_first_stands_on_top(hall: Hall) -> None:
    await ranked(hall, "C01", "C02")
    await hall.do(("C01", decline(S14)), ("C01", propose("S30")))
    later = accept().at.replace(day=6)
    await hall.do(("C02", propose("S30").model_copy(update={"at": later})))
    assert [each["case"] for each in (await hall.get("offered/S30")).json()] == ["C01", "C02"]
    assert len((await hall.get("offered/S30?limit=1")).json()) == 1


async def test_capacity_is_refused_by_name_over_http_and_frees_when_the_talks_end(hall: Hall) -> None:
    await ranked(hall, "C01", "C02")
    await hall.post("section/S14/set-capacity", STAFF, capacity=1)
    assert (await hall.post("matching/C01/accept-match", STAFF)).status == 200
    refused = await hall.post("matching/C02/accept-match", STAFF)
    assert (refused.status, refused.json()["type"]) == (409, "urn:renkei:refused:SectionFull")
    assert "1 of 1" in refused.json()["detail"]
    await hall.do(("C01", reopen("S14")))
    assert (await hall.post("matching/C02/accept-match", STAFF)).status == 200


async def test_what_is_stopped_waits_for_nobodys_answer(hall: Hall) -> None:
    await ranked(hall, "C01", "C02")
    await hall.do(("C01", suspend()))
    assert [each["case"] for each in (await hall.get("offered/S14")).json()] == ["C02"]


async def test_a_stopped_case_still_takes_room_and_an_ended_one_does_not(hall: Hall) -> None:
    await ranked(hall, "C01")
    await hall.do(("C01", accept()), ("C01", suspend()))
    assert (await hall.get("work/S14")).json()["running"] == 1
    assert (await hall.get("matching/C01")).json()["status"] == "suspended"
    await hall.do(("C01", end("GL7-A2")))
    assert (await hall.get("work/S14")).json()["running"] == 0


async def test_what_waits_for_the_office_is_its_list(hall: Hall) -> None:
    await ranked(hall, "C01", "C02")
    await hall.do(("C03", rank(none_fits=True)))
    await hall.hear(eligible(), "C03")
    await hall.do(("C01", escalate()))
    [waiting] = (await hall.get("for-office")).json()
    assert (waiting["case"], waiting["status"]) == ("C03", "none_fits")
    await hall.do(("C03", conclude()))
    assert (await hall.get("for-office")).json() == []
    assert (await hall.get("matching/C03")).json()["status"] == "concluded"


async def test_v19_whoever_is_partial_sees_nothing_of_the_case(hall: Hall) -> None:
    await ranked(hall, "C01")
    await hall.do(("C01", declare("S14", "U-14")), ("C01", declare("S12")), ("C01", declare("S01", "W-01")))
    for partial in (STAFF, "section:U-99:S12", OFFICE):
        refused = await hall.get("matching/C01", partial)
        assert refused.status == 409
        assert refused.json()["type"].rpartition(":")[2] in ("OfficerInConflict", "SectionInConflict")
    assert (await hall.get("matching/C01/steps", OFFICE)).status == 409
    assert (await hall.get("offered/S14", STAFF)).json() == []
    assert (await hall.get("work/S14", STAFF)).json()["offered"] == []
    assert len((await hall.get("offered/S14", "section:U-15:S14")).json()) == 1


async def test_v19_who_else_is_partial_is_the_offices_to_know(hall: Hall) -> None:
    await ranked(hall, "C01")
    await hall.do(("C01", declare("S12", "U-12")))
    assert (await hall.get("matching/C01", STAFF)).json()["conflicts"] == []
    [conflict] = (await hall.get("matching/C01")).json()["conflicts"]
    assert (conflict["person"], conflict["basis"]) == ("U-12", "declared")


async def test_the_register_is_shown_to_those_who_keep_it(hall: Hall) -> None:
    entry = {"section": "S14", "person": "U-14", "organisation": {"name": "架空商事"}, "kind": "family"}
    answer = await hall.post("interest/I-1/record-interest", STAFF, **entry, valid_from="2023-04-01")
    assert answer.status == 200
    await hall.post("interest/I-1/end-interest", STAFF, valid_to="2024-03-31")
    [shown] = (await hall.get("interests", "contract_section:K-01:S06")).json()
    assert (shown["id"], shown["person"], shown["valid_to"]) == ("I-1", "U-14", "2024-03-31")


@pytest.mark.parametrize(
    ("path", "actor", "refusal"),
    [
        ("matching/C01", "proposer:P-01", "NotYours"),
        ("matching/C01/steps", STAFF, "NotYours"),
        ("work/S12", STAFF, "NotYourList"),
        ("work/S12", "proposer:P-01", "NotYours"),
        ("for-office", STAFF, "NotYours"),
        ("interests", STAFF, "NotYours"),
        ("matching/C99", OFFICE, "NoSuchMatching"),
        ("matching/C99/steps", OFFICE, "NoSuchMatching"),
        ("work/S99", OFFICE, "UnknownSection"),
        ("matching/C01", "", "Unknown"),
    ],
)
async def test_what_is_not_for_everybody_is_refused_by_name(
    hall: Hall, path: str, actor: str, refusal: str
) -> None:
    await ranked(hall, "C01")
    answer = await hall.get(path, actor)
    assert answer.status in (401, 403, 404, 409)
    assert answer.json()["type"] == f"urn:renkei:refused:{refusal}"


@pytest.mark.parametrize("reader", ALL_READERS)
async def test_an_unknown_section_has_no_offers(hall: Hall, reader: str) -> None:
    assert (await hall.get("offered/S99", reader)).json() == []


async def test_read_models_come_back_as_they_were_by_replay(hall: Hall) -> None:
    await ranked(hall, "C01", "C02")
    await hall.do(("C01", decline(S14)), ("C01", propose("S12")))
    await hall.do(("C01", accept(S12)), ("C02", declare("S14")))
    await hall.post("section/S14/set-capacity", STAFF, capacity=1)
    await hall.post("interest/I-1/record-interest", OFFICE, **GOOD)
    for model in SERVICE.read_models:
        before = await hall.parts.pool.fetch(f"select key, doc from {model.name} order by key")
        assert before
        await hall.parts.pool.execute(f"update {model.name} set doc = '{{}}'")
        await rebuild(hall.parts.store, model)
        after = await hall.parts.pool.fetch(f"select key, doc from {model.name} order by key")
        assert json.dumps(list(map(dict, after))) == json.dumps(list(map(dict, before)))
