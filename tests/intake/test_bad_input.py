"""What people and machines send by mistake: kept as it is, or refused with a name; never an error of ours."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from tests.intake.counter import PROPOSER, PURPOSE, WINDOW, YOUTH, Counter
from tests.intake.sample import FORM
from tests.intake.sample_consultation import ASK
from tests.intake.sample_theme import DRAFT

ODD = "葛󠄀城市の①番、髙﨑さんと㈱架空。𠮷野家ではなく👩‍👩‍👧"  # IVS, numbers in circles, old forms, beyond the BMP
LONG = "長" * 65_535
TEXTS = [ODD, LONG, "改行\nと\tタブ", "\u202e右から左", "\ufeff先頭のBOM"]


@pytest.mark.parametrize("text", TEXTS, ids=["odd", "64K", "lines", "bidi", "bom"])
async def test_text_is_kept_character_by_character(counter: Counter, text: str) -> None:
    await counter.submit(body=text, title=ODD)
    kept = (await counter.look("proposal/C01", WINDOW, **PURPOSE)).body
    assert (kept["body"], kept["title"]) == (text, ODD)
    await counter.ask("consultation/Q1/open-consultation", PROPOSER, {**ASK, "question": text})
    assert (await counter.look("consultation/Q1", WINDOW, **PURPOSE)).body["question"] == text


SURROGATE = b'{"kind":"free_proposal","title":"\\ud800"}'
WRONG: list[tuple[str, str, Any]] = [
    ("proposal/C01/submit-proposal", PROPOSER, SURROGATE),
    ("proposal/C01/submit-proposal", PROPOSER, b"\xff\xfe"),
    ("proposal/C01/submit-proposal", PROPOSER, b"[]"),
    ("proposal/C01/submit-proposal", PROPOSER, {**FORM, "body": LONG + "い"}),
    ("proposal/C01/submit-proposal", PROPOSER, {**FORM, "theme": "\0"}),
    ("proposal/C01/submit-proposal", PROPOSER, {**FORM, "theme": ["T-1"]}),
    ("proposal/C01/submit-proposal", PROPOSER, {**FORM, "known_theme": None}),
    ("proposal/C01/submit-proposal", PROPOSER, {**FORM, "consultation": "Q1"}),
    ("proposal/C01/submit-proposal", PROPOSER, {**FORM, "related": [{"kind": "friend", "name": "架空"}]}),
    ("proposal/C01/submit-proposal", PROPOSER, {**FORM, "related": [{"kind": "agent", "name": "架空"}] * 51}),
    (
        "proposal/C01/submit-proposal",
        PROPOSER,
        {**FORM, "related": [{"kind": "affiliate", "name": "架空", "corporate_number": "1999901000101"}]},
    ),
    ("consultation/Q1/open-consultation", PROPOSER, {**ASK, "question": " \n "}),
    (
        "consultation/Q1/open-consultation",
        PROPOSER,
        {**ASK, "organisation": {"name": "架空", "corporate_number": "1"}},
    ),
    ("consultation/Q1/open-consultation", PROPOSER, {**ASK, "answer_by": "2099-01-01"}),
    ("consultation/Q1/convert-to-proposal", PROPOSER, {"case": 7}),
    ("theme/T-1/draft-theme", YOUTH, {**DRAFT, "opens": "2023-02-30", "closes": "2023-08-31"}),
    ("theme/T-1/draft-theme", YOUTH, {**DRAFT, "opens": "0000-01-01", "closes": "2023-08-31"}),
    ("theme/T-1/draft-theme", YOUTH, {**DRAFT, "opens": "2023-08-01", "closes": "99999-08-31"}),
    ("theme/T-1/answer-theme-question", YOUTH, {"number": 10**18, "question": "問", "answer": "答"}),
    ("theme/T-1/answer-theme-question", YOUTH, {"number": 1, "question": {"a": 1}, "answer": None}),
    ("access/C01/read-idea", WINDOW, {"purpose": "\0"}),
]


@pytest.mark.parametrize(("path", "actor", "body"), WRONG, ids=range(len(WRONG)))
async def test_a_form_of_the_wrong_shape_is_malformed_or_refused_by_name(
    counter: Counter, path: str, actor: str, body: Any
) -> None:
    raw = body if isinstance(body, bytes) else orjson.dumps(body)
    reply = await counter.ask(path, actor, raw)
    assert reply.status in (409, 422), reply.body
    assert reply.refused in ("Malformed", "NoSuchTheme", "NotSubmitted")
    assert await counter.published() == []


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
async def test_days_at_the_end_of_time_are_days(counter: Counter, on: str) -> None:
    related = [{"kind": "officer", "name": "架空 花子", "from": on, "to": on}]
    assert (await counter.submit(related=related)).status == 200
    reply = await counter.ask(
        "theme/T-1/draft-theme", YOUTH, {**DRAFT, "opens": "2023-08-01", "closes": "9999-12-31"}
    )
    assert reply.facts == ["ThemeDrafted"]
