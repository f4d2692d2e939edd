"""Any text is either kept as it was sent, up to the audit log, or refused in a clear sentence (GL5-04: unechoed)."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest

from tests.robustness.asking import CONTRACT, PROPOSAL, PROPOSER, WINDOW, Asking
from tests.stack import RunningStack

LINES = {
    "variation sequences": "葛\U000e0100飾区と葛\U000e0101城市、辻\U000e0100",
    "characters of vendors": "第①回 ㈱㌔㍻ Ⅷ № ℡",
    "old forms": "髙橋 﨑 德永 瀨戸 神 神 礼 礼",
    "beyond the basic plane": "𠮷野家 𩸽 👨‍👩‍👧‍👦🇯🇵",
    "half width and full width": "ﾊﾝｶｸ ＡＢＣ １２３ ｶﾞ",
    "combining marks": "か\u3099か゛が e\u0301 é",
    "directions": "\u202eabc\u202c אבג مرحبا",
    "invisible": "あ\u200bい\u2060う\ufeffえ\u00a0お\u3000か",
    "markup": """<script>alert(1)</script> {{7*7}} ${jndi:x} '; drop table events;-- \\u0041 %00 &amp;""",
    "private use": "\ue000\uf8ff\U000f0000 \ufffd",
}
PARAGRAPHS = {
    **LINES,
    "lines": "一行目\r\n二行目\n三行目\t四\u2028五\u2029六\x0b七\x85八",
    "controls": "\x01\x02\x1b[31m\x7f\x9f",
    "noncharacters": "\ufffe\uffff\U0001ffff",
    "quotes and slashes": '"\\/"\\u3042\\"',
}


@pytest.fixture
async def office(stack: RunningStack) -> AsyncIterator[Asking]:
    async with Asking(stack) as asking:
        yield asking


@pytest.mark.parametrize("text", PARAGRAPHS.values(), ids=PARAGRAPHS.keys())
async def test_a_paragraph_is_kept_as_it_was_sent(office: Asking, text: str) -> None:
    case, reply = await office.submit(body=text)
    assert reply.status == 200, reply.body

    assert (await office.kept(case, "ProposalSubmitted"))["body"] == text
    assert (await office.look(f"intake/proposal/{case}", WINDOW)).body["body"] == text


@pytest.mark.parametrize("text", LINES.values(), ids=LINES.keys())
async def test_a_line_is_kept_as_it_was_sent(office: Asking, text: str) -> None:
    proposer = {**PROPOSAL["proposer"], "name": text, "representative": text}
    case, reply = await office.submit(title=text, requested_resources=[text], proposer=proposer)
    assert reply.status == 200, reply.body

    kept = await office.kept(case, "ProposalSubmitted")
    assert (kept["title"], kept["requested_resources"], kept["proposer"]["name"]) == (text, [text], text)
    assert kept["proposer"]["representative"] == text


async def test_escapes_and_plain_characters_are_the_same_text(office: Asking) -> None:
    case = str(uuid.uuid4())
    body = b'{"' + orjson.dumps(PROPOSAL)[2:].replace(
        "丈夫な".encode(), b"\\u4e08\\u592b\\u306a\\ud842\\udfb7"
    )
    reply = await office.ask(f"intake/proposal/{case}/submit-proposal", PROPOSER, body)
    assert reply.status == 200, reply.body
    assert (await office.kept(case, "ProposalSubmitted"))["title"] == "丈夫な𠮷仕組み"


async def test_sixty_five_thousand_characters_of_four_bytes_are_kept(office: Asking) -> None:
    text = "𠮷" * 65_535
    case, reply = await office.submit(body=text)
    assert reply.status == 200
    assert (await office.kept(case, "ProposalSubmitted"))["body"] == text


TOO_LONG = {"body": "あ" * 65_536, "title": "あ" * 201, "requested_resources": ["紙"] * 51}
NO_LINES = {
    "title": ["二\n行", "\x00", "\x1b[0m", "", " \u3000 "],
    "body": ["\x00", "あ\x00い", "", "\n \u3000"],
}


@pytest.mark.parametrize(("field", "value"), TOO_LONG.items())
async def test_what_is_too_long_is_refused_with_its_field(office: Asking, field: str, value: Any) -> None:
    _, reply = await office.submit(**{field: value})
    assert (reply.status, reply.refused) == (422, "Malformed")
    assert reply.wrong.keys() == {field}
    assert "あああ" not in reply.raw.decode()


@pytest.mark.parametrize(
    ("field", "text"), [(field, text) for field, texts in NO_LINES.items() for text in texts]
)
async def test_what_is_no_text_is_refused_with_its_field(office: Asking, field: str, text: str) -> None:
    _, reply = await office.submit(**{field: text})
    assert (reply.status, reply.refused) == (422, "Malformed")
    assert reply.wrong.keys() == {field}


BODIES = {
    "half a surrogate pair": orjson.dumps(PROPOSAL).replace("丈夫な".encode(), b"\\ud800"),
    "the other half": orjson.dumps(PROPOSAL).replace("丈夫な".encode(), b"\\udfff"),
    "halves in the wrong order": orjson.dumps(PROPOSAL).replace("丈夫な".encode(), b"\\udfb7\\ud842"),
    "half a pair as bytes": orjson.dumps(PROPOSAL).replace("丈夫な".encode(), b"\xed\xa0\x80"),
    "not UTF-8": orjson.dumps(PROPOSAL).replace("丈夫な".encode(), "丈夫な".encode("shift_jis")),
    "UTF-16": orjson.dumps(PROPOSAL).decode().encode("utf-16"),
    "UTF-8 with a mark": b"\xef\xbb\xbf" + orjson.dumps(PROPOSAL),
    "not JSON": b"title=x&body=y",
    "cut off": orjson.dumps(PROPOSAL)[:-7],
    "not an object": b"[1, 2]",
    "a number": b"1",
    "deep": b"[" * 100_000,
    "deep object": b'{"title":' * 20_000,
    "no number": orjson.dumps(PROPOSAL).replace(b'"amount_yen":0', b'"amount_yen":NaN'),
    "endless number": orjson.dumps(PROPOSAL).replace(b'"amount_yen":0', b'"amount_yen":1e999'),
    "long number": orjson.dumps(PROPOSAL).replace(b'"amount_yen":0', b'"amount_yen":' + b"9" * 5_000),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
async def test_what_is_no_request_is_refused_and_leaves_nothing(office: Asking, body: bytes) -> None:
    case = str(uuid.uuid4())
    reply = await office.ask(f"intake/proposal/{case}/submit-proposal", PROPOSER, body)
    assert (reply.status, reply.refused) == (422, "Malformed")
    assert (await office.look(f"intake/proposal/{case}", WINDOW)).status == 404


NUMBERS: dict[str, Any] = {
    "wrong check digit": "1999901000101",
    "full width": "６９９９９０１０００１０１",
    "too short": "699990100010",
    "no text": 6999901000101,
    "the digits of another script": "٦٩٩٩٩٠١٠٠٠١٠١",
}


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS.keys())
async def test_a_corporate_number_that_cannot_be_one_is_refused(office: Asking, number: Any) -> None:
    _, reply = await office.submit(proposer={**PROPOSAL["proposer"], "corporate_number": number})
    assert (reply.status, reply.refused) == (422, "Malformed")
    assert list(reply.wrong) == ["proposer.corporate_number"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"city_cost": {"class": "none", "amount_yen": -1}}, "city_cost.amount_yen"),
        ({"city_cost": {"class": "none", "amount_yen": 10**16}}, "city_cost.amount_yen"),
        ({"city_cost": {"class": "free"}}, "city_cost.class"),
        ({"kind": "自由提案"}, "kind"),
        ({"receipt": "2024-000001"}, "receipt"),
    ],
)
async def test_what_cannot_be_right_is_refused_with_its_field(
    office: Asking, changed: dict[str, Any], field: str
) -> None:
    _, reply = await office.submit(**changed)
    assert (reply.status, reply.refused) == (422, "Malformed")
    assert list(reply.wrong) == [field]


@pytest.mark.parametrize(
    "actor",
    ["", "clerk:W-01", "window", "window:", "window:架空", "window:W 1", "window:W:S1", "window:" + "W" * 65],
)
async def test_who_is_nobody_is_told_how_to_say_who_they_are(office: Asking, actor: str) -> None:
    reply = await office.ask(f"intake/proposal/{uuid.uuid4()}/accept-proposal", actor, {})
    assert (reply.status, reply.refused) == (401, "Unknown")


@pytest.mark.parametrize("key", ["あ", "x" * 129, "a b", "\x80"])
async def test_a_key_that_cannot_be_kept_is_refused(office: Asking, key: str) -> None:
    headers = {"Idempotency-Key": key}
    reply = await office.ask(f"intake/proposal/{uuid.uuid4()}/submit-proposal", PROPOSER, PROPOSAL, headers)
    assert (reply.status, reply.refused) == (422, "Malformed")


@pytest.mark.parametrize(
    "id_", ["%E6%A1%88%E4%BB%B6", "a%20b", "a%00b", "x" * 65, "%F0%9F%98%80", "a;b", "%ED%A0%80"]
)
async def test_an_id_that_cannot_be_a_key_is_refused(office: Asking, id_: str) -> None:
    reply = await office.ask(f"intake/proposal/{id_}/submit-proposal", PROPOSER, PROPOSAL)
    assert (reply.status, reply.refused) == (422, "Malformed")


async def test_words_of_a_refusal_come_back_whole_and_quote_nothing(office: Asking) -> None:
    """A measure's name is no secret, yet what is malformed is not repeated to whoever sent it."""
    reply = await office.ask(
        f"screening/measure/{uuid.uuid4()}/record-measure", CONTRACT, {"name": "髙\x00橋", "register": "①"}
    )
    assert (reply.status, reply.refused) == (422, "Malformed")
    assert "髙" not in reply.raw.decode()
    assert "①" not in reply.raw.decode()
