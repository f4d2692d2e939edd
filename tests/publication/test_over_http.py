"""Requests for disclosure and texts of all kinds, over HTTP, on a real database (V16, V17, V18, V22)."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.publication import Disclosed, EscalationRaised, RequestRead
from tests.deciding import at
from tests.publication.hall import Hall
from tests.publication.sample import JULY_1
from tests.publication.town import PURPOSE, WINDOW, publish, received, signed_case

CITIZEN, INFORMATION, PARTNER = "citizen:Z-01", "information_section:J-01:S07", "proposer:P-01"
SECRET_REQUEST = "秘密の請求の内容"
REQUEST: dict[str, Any] = {"channel": "web", "requester": "架空 請求人", "request": SECRET_REQUEST}


async def asked(hall: Hall) -> None:
    hall.now = JULY_1
    await hall.hear(received())
    for path, actor, body in (
        ("receive-request", CITIZEN, REQUEST),
        ("ask-third-party", INFORMATION, {"cases": ["C01"]}),
        ("give-opinion", PARTNER, {"case": "C01", "objects": True}),
    ):
        reply = await hall.post(f"disclosure/D1/{path}", actor, **body)
        assert reply.status == 200, reply.text
        assert SECRET_REQUEST not in reply.text


async def test_v18_it_is_disclosed_by_itself_after_the_days_between(hall: Hall) -> None:
    await asked(hall)
    hall.now = at("2024-07-02 10:00")
    reply = await hall.post(
        "disclosure/D1/decide-disclosure", INFORMATION, decision="refuse", cases=["C01"], grounds=["GL7-A1"]
    )
    assert reply.json()["type"] == "urn:renkei:refused:NoSuchGround"
    body = {"decision": "grant", "cases": ["C01"]}
    assert (await hall.post("disclosure/D1/decide-disclosure", INFORMATION, **body)).status == 200
    assert await hall.issue(at("2024-07-16 23:59")) == 0
    assert await hall.issue(at("2024-07-17 00:00")) == 1
    assert isinstance((await hall.facts("disclosure/D1"))[-1], Disclosed)


async def test_v22_a_request_that_nobody_decides_is_escalated_once(hall: Hall) -> None:
    await asked(hall)
    assert await hall.issue(at("2024-07-16 23:59")) == 0
    assert await hall.issue(at("2024-07-17 00:00")) == 1
    assert await hall.issue(at("2024-07-18 00:00")) == 0
    assert isinstance((await hall.facts("disclosure/D1"))[-1], EscalationRaised)
    shown = (await hall.get("/disclosures/D1", Renkei_Actor=INFORMATION)).json()
    assert (shown["overdue"], shown["status"]) == ("2024-07-16", "waiting")


async def test_a_request_is_listed_without_a_word_of_it_and_read_for_a_purpose(hall: Hall) -> None:
    await asked(hall)
    listed = await hall.get("/disclosures", Renkei_Actor=INFORMATION)
    assert listed.json()[0]["cases"] == [{"case": "C01", "opinion_by": "2024-07-10", "objects": True}]
    for reply in (listed, await hall.get("/disclosures/D1", Renkei_Actor=WINDOW)):
        assert SECRET_REQUEST not in reply.text
        assert "架空" not in reply.text
    for actor in (CITIZEN, PARTNER, "section:U-1:S14", "nonsense"):
        for path in ("/disclosures", "/disclosures/D1", "/disclosures/D1/request", "/publications"):
            reply = await hall.get(path, Renkei_Actor=actor, Renkei_Purpose=PURPOSE)
            assert reply.status in (401, 403)
    assert (await hall.get("/disclosures/D1/request", Renkei_Actor=INFORMATION)).json()[
        "type"
    ] == "urn:renkei:refused:PurposeMissing"
    told = await hall.get("/disclosures/D1/request", Renkei_Actor=INFORMATION, Renkei_Purpose=PURPOSE)
    assert told.json()["request"] == SECRET_REQUEST
    assert [fact.purpose for fact in await hall.facts("disclosure/D1") if isinstance(fact, RequestRead)] == [
        "内容の確認"
    ]


async def test_v18_only_who_proposed_gives_an_opinion(hall: Hall) -> None:
    await asked(hall)
    reply = await hall.post("disclosure/D1/give-opinion", "proposer:P-09", case="C01", objects=False)
    assert (reply.status, reply.json()["type"]) == (403, "urn:renkei:refused:NotForYou")


@pytest.mark.parametrize("cases", [[], "C01", [1], ["C" * 65], ["C01"] * 201, None, [{}], ["C-none"]])
async def test_cases_that_are_none_are_refused_by_name(hall: Hall, cases: Any) -> None:
    await asked(hall)
    reply = await hall.post("disclosure/D1/ask-third-party", INFORMATION, cases=cases)
    assert reply.status in (409, 422)
    assert reply.json()["detail"].endswith((".", "`."))


TEXTS = [
    "葛\U000e0100飾区 髙﨑① 𠮷野家 👨‍👩‍👧",
    "一\r\n二\t三\x01\x1b[31m",
    "𠮷" * 65_535,
    "<script>'; drop table events;--",
]


@pytest.mark.parametrize("text", TEXTS, ids=["variants", "controls", "long", "markup"])
async def test_whatever_was_consented_to_is_shown_letter_by_letter(hall: Hall, text: str) -> None:
    await signed_case(hall)
    await publish(hall, content=text)
    assert (await hall.get("/cases/C01")).json()["取り組み内容"] == text
    for path in ("/cases.csv", "/feed.atom", "/feed.json"):
        assert (await hall.get(path)).status == 200


@pytest.mark.parametrize(
    "body", [{"content": "\x00"}, {"title": "二\n行"}, {"summary": ""}, {"keywords": ["鍵"] * 21}]
)
async def test_what_nobody_can_read_is_refused_with_its_field(hall: Hall, body: dict[str, Any]) -> None:
    await signed_case(hall)
    whole = {"title": "題", "summary": "概要", "reason": "理由", "purpose": "目的", "content": "内容", **body}
    reply = await hall.post("publication/C01/propose-publication", WINDOW, **whole)
    assert (reply.status, reply.json()["type"]) == (422, "urn:renkei:refused:Malformed")
    assert [each["field"] for each in reply.json()["errors"]] == list(body)


async def test_before_any_guideline_nothing_is_published_under_one(hall: Hall) -> None:
    hall.now = at("2001-01-01 10:00")
    assert (await hall.get("")).json()["type"] == "urn:renkei:refused:NoGuidelineInForce"
    reply = await hall.post("disclosure/D9/receive-request", CITIZEN, **REQUEST)
    assert reply.json()["type"] == "urn:renkei:refused:NoGuidelineInForce"
