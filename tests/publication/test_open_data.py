"""What everybody reads, over HTTP, on a real database (V15, V16, V17, V36, V37)."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from chassis.rebuild import rebuild
from contracts.publication import PreviewRead
from services.publication.main import SERVICE
from services.publication.projections import READ_MODELS
from tests.deciding import at
from tests.publication.hall import ADDRESS, Hall
from tests.publication.sample import FIRM, SECRET_IDEA
from tests.publication.town import (
    PURPOSE,
    SECRET,
    WINDOW,
    closed,
    dataset,
    everything_public,
    propose,
    publish,
    received,
    signed,
    signed_case,
    theme,
)

ATOM = "{http://www.w3.org/2005/Atom}"


async def test_v15_no_word_of_an_idea_is_public_before_consent_signature_and_confirmation(hall: Hall) -> None:
    await hall.hear(received())
    assert SECRET_IDEA not in await everything_public(hall)
    await hall.hear(signed(), "partnership/C01")
    made = await propose(hall)
    for step, actor, body in (
        ("confirm-preview", WINDOW, {"digest": made["digest"]}),
        ("consent-to-publication", "proposer:P-01", {"digest": made["digest"], "with_idea": True}),
    ):
        shown = await everything_public(hall)
        assert SECRET_IDEA not in shown
        assert FIRM["name"] not in shown
        assert (await hall.post(f"publication/C01/{step}", actor, **body)).status == 200
    rows = [
        row
        for model in READ_MODELS
        for row in await hall.parts.pool.fetch(f"select doc::text from {model.name}")
    ]
    assert rows
    assert not [row for row in rows if SECRET_IDEA in row["doc"]]
    assert SECRET_IDEA not in await everything_public(hall)
    assert (await hall.post("publication/C01/publish-outcome", WINDOW)).status == 200
    shown = await everything_public(hall)
    assert SECRET_IDEA in shown
    assert shown.count(f"内容 {SECRET_IDEA}") >= 4  # list, table, case, feeds


async def test_v15_a_bare_outcome_is_public_without_a_word_of_the_idea(hall: Hall) -> None:
    await signed_case(hall)
    await publish(hall, with_idea=False)
    shown = await everything_public(hall)
    assert FIRM["name"] in shown
    assert SECRET_IDEA not in shown
    found = (await hall.get("/cases/C01")).json()
    assert (found["タイトル"], found["取り組み内容"], found["連携の形"]) == (
        "個別連携協定",
        None,
        "個別連携協定",
    )


async def test_v16_v17_only_its_own_proposer_reads_a_preview_and_each_reading_is_kept(hall: Hall) -> None:
    await signed_case(hall)
    await propose(hall)
    for headers in (
        {"Renkei_Actor": "proposer:P-02", "Renkei_Purpose": PURPOSE},
        {"Renkei_Secret": "another secret", "Renkei_Purpose": PURPOSE},
        {"Renkei_Actor": "section:U-1:S14", "Renkei_Purpose": PURPOSE},
    ):
        refused = await hall.get("/previews/C01", **headers)
        assert refused.status in (403, 404)
        assert SECRET_IDEA not in refused.text
    assert (await hall.get("/previews/C01", Renkei_Actor=WINDOW)).json()[
        "type"
    ] == "urn:renkei:refused:PurposeMissing"
    own = await hall.get("/previews/C01", Renkei_Secret=SECRET)
    office = await hall.get("/previews/C01", Renkei_Actor=WINDOW, Renkei_Purpose=PURPOSE)
    assert own.json()["idea"]["content"] == office.json()["idea"]["content"] == f"内容 {SECRET_IDEA}"
    kept = [fact for fact in await hall.facts("publication/C01") if isinstance(fact, PreviewRead)]
    assert [(fact.role, fact.purpose) for fact in kept] == [
        ("proposer", "本人による閲覧"),
        ("window", "内容の確認"),
    ]


async def test_a_case_has_the_items_of_ds_451_3(hall: Hall) -> None:
    await signed_case(hall)
    await publish(hall, summary="あ" * 300)
    found = (await hall.get("/cases")).json()
    [item] = found["cases"]
    assert list(item)[:11] == [
        "タイトル", "事例実施年", "事例の場所", "対象組織", "キーワード", "取り組みの概要", "取り組み理由", "目的",
        "取り組み内容", "成果", "連絡先情報",
    ]  # fmt: skip
    assert item["事例の場所"] == "埼玉県"
    assert [each["法人番号"] for each in item["対象組織"]] == ["9000020112089", FIRM["corporate_number"]]
    assert item["URL"] == f"{ADDRESS}/publication/cases/C01"
    assert (item["公開日"], item["最終更新日"]) == ("2024-06-20", "2024-06-20")
    assert found["licence"].endswith("by/4.0/")
    too_long = await hall.post("publication/C01/propose-publication", WINDOW, summary="あ" * 301)
    assert too_long.status == 422
    assert {"field": "summary"}.items() <= too_long.json()["errors"][1].items() or "summary" in too_long.text


async def test_a_table_is_utf_8_with_a_mark_and_holds_no_formula(hall: Hall) -> None:
    await signed_case(hall)
    await publish(hall, title="=HYPERLINK(1)", content="@SUM(1)\n二行目", reason="＝全角", purpose="\t=1")
    reply = await hall.get("/cases.csv")
    assert reply.headers["content-type"].startswith("text/csv")
    assert reply.raw.startswith(b"\xef\xbb\xbf")
    [head, line] = list(csv.reader(io.StringIO(reply.raw.decode("utf-8-sig"), newline="")))
    cells = dict(zip(head, line, strict=True))
    assert (cells["タイトル"], cells["取り組み内容"]) == ("'=HYPERLINK(1)", "'@SUM(1)\n二行目")
    assert (cells["取り組み理由"], cells["目的"]) == ("'＝全角", "'\t=1")
    assert cells["対象組織の法人番号"] == f"9000020112089;{FIRM['corporate_number']}"


async def test_feeds_tell_what_is_new_and_are_well_formed_whatever_was_typed(hall: Hall) -> None:
    await hall.hear(theme(), "theme/T-2024-01")
    await signed_case(hall)
    hall.now = at("2024-06-21 09:00")
    await publish(hall, content="<b>&\x01\ufffe𠮷</b>")
    feed = ET.fromstring((await hall.get("/feed.atom")).raw)
    assert feed.find(f"{ATOM}updated").text == "2024-06-21T00:00:00.000000Z"  # type: ignore[union-attr]
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [
        "urn:renkei:case:C01",
        "urn:renkei:theme:T-2024-01",
    ]
    assert entries[0].findtext(f"{ATOM}content") == "<b>&\ufffd\ufffd𠮷</b>"
    for entry in entries:
        for needed in ("id", "title", "updated", "published", "summary"):
            assert entry.findtext(f"{ATOM}{needed}")
    told = (await hall.get("/feed.json")).json()
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in told["items"]] == ["urn:renkei:case:C01", "urn:renkei:theme:T-2024-01"]
    assert told["items"][0]["content_text"] == "<b>&\x01\ufffe𠮷</b>"


async def test_a_theme_is_listed_as_it_stands(hall: Hall) -> None:
    await hall.hear(theme(), "theme/T-2024-01", "E-9")
    assert await hall.hear(theme(), "theme/T-2024-01", "E-9") == []
    await hall.hear(closed(), "theme/T-2024-01")
    [one] = (await hall.get("/themes")).json()["themes"]
    assert (one["theme"], one["standing"], one["section"]) == ("T-2024-01", "closed", "S17")
    assert "課題適合性:60;継続性:40" in (await hall.get("/themes.csv")).text
    assert (await hall.get("/themes/T-none")).status == 404


async def test_v37_a_data_set_keeps_what_is_hidden_hidden(hall: Hall) -> None:
    await hall.hear(dataset(), "partnership/C02", "F-1")
    found = (await hall.get("/datasets/F-1")).json()
    assert (found["licence"], found["limit"]) == ("CC-BY-4.0", 5)
    counts = [cell for row in found["rows"] for cell in row[1:] if cell is not None]
    assert counts
    assert min(counts) >= found["limit"]
    assert (await hall.get("/datasets/F-1.csv")).text.splitlines()[2] == "'=1+1,"


async def test_who_has_it_already_is_only_told_so(hall: Hall) -> None:
    await signed_case(hall)
    await publish(hall)
    for path in ("/cases", "/cases.csv", "/cases/C01", "/feed.atom", "/feed.json", "/statistics", ""):
        first = await hall.get(path)
        etag = first.headers["etag"]
        assert first.headers["cache-control"].startswith("public, max-age=")
        for known in (etag, f'"x", W/{etag}', "*"):
            again = await hall.get(path, If_None_Match=known)
            assert (again.status, again.raw, again.headers["etag"]) == (304, b"", etag)
        assert (await hall.get(path, If_None_Match='"another"')).status == 200
    before = (await hall.get("/cases")).headers["etag"]
    await publish(hall, content="訂正した内容")
    assert (await hall.get("/cases", If_None_Match=before)).status == 200


async def test_pages_go_on_where_the_one_before_ended_also_when_more_is_published(hall: Hall) -> None:
    for number in range(5):
        await signed_case(hall, f"C1{number}")
        await publish(hall, f"C1{number}")
    first = (await hall.get("/cases?limit=2")).json()
    await signed_case(hall, "C00")
    await publish(hall, "C00")
    await publish(hall, "C10", content="訂正した内容")
    seen = [item["ID"] for item in first["cases"]]
    following = first["next"]
    while following:
        page = (await hall.get(following.removeprefix(f"{ADDRESS}/publication"))).json()
        seen += [item["ID"] for item in page["cases"]]
        following = page["next"]
    assert seen == ["C10", "C11", "C12", "C13", "C14", "C00"]


async def rows(hall: Hall) -> dict[str, list[tuple[Any, Any]]]:
    return {
        model.name: [
            (row["key"], row["doc"])
            for row in await hall.parts.pool.fetch(f"select key, doc::text from {model.name} order by key")
        ]
        for model in SERVICE.read_models
    }


async def test_v36_made_anew_all_read_models_are_the_same_byte_for_byte(hall: Hall) -> None:
    await hall.hear(theme(), "theme/T-2024-01")
    await hall.hear(closed(), "theme/T-2024-01")
    await hall.hear(dataset(), "partnership/C02")
    await signed_case(hall)
    await publish(hall)
    await publish(hall, content="訂正した内容")
    await hall.post(
        "disclosure/D1/receive-request", "citizen:Z-1", channel="web", requester="架空", request="文書"
    )
    await hall.post("disclosure/D1/ask-third-party", "information_section:J-1:S07", cases=["C01"])
    before, shown = await rows(hall), await everything_public(hall)
    assert all(before[model.name] for model in SERVICE.read_models if model.name != "public_releases")
    for model in SERVICE.read_models:
        assert await rebuild(hall.parts.store, model)
    assert await rows(hall) == before
    assert await everything_public(hall) == shown
    assert json.loads(before["public_cases"][0][1])["number"] == 2


@pytest.mark.parametrize(
    "path", ["/cases/none", "/datasets/none", "/procurements/releases/x", "/procurements/records/x"]
)
async def test_what_is_not_published_is_not_there(hall: Hall, path: str) -> None:
    reply = await hall.get(path)
    assert (reply.status, reply.json()["type"]) == (404, "urn:renkei:refused:NotPublished")


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "after=%00", "after=';--"])
async def test_a_page_that_nobody_can_turn_to_is_malformed(hall: Hall, query: str) -> None:
    assert (await hall.get(f"/cases?{query}")).status == 422
