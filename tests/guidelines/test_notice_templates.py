"""Templates of packs: each kind of notice has its words, an edition without any speaks as the one before it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import guidelines
from guidelines import notices, packs
from guidelines.notices import KINDS, Letter, NoTemplates, Notices, missing_templates
from guidelines.wording import WIDTH, columns, plain_day, right, wareki

SHIPPED = packs.SHIPPED
CITY, EDITION = "tokorozawa", "tokorozawa/2023-07"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of packs beside the shipped ones."""
    monkeypatch.setenv("RENKEI_GUIDELINES", str(tmp_path))
    yield tmp_path
    for known in (packs.find, notices._folders, notices._head, notices._environment):
        known.cache_clear()


def copied(root: Path, name: str = "2031-04", city: str = CITY, **head: object) -> Path:
    """A later edition of a city in `root`, as it stands today; `head` changes its edition.json."""
    folder = root / city / name
    shutil.copytree(SHIPPED / CITY / "2023-07", folder)
    path = folder / "edition.json"
    changed = {"id": f"{city}/{name}", "effective": "2031-04-01", **head}
    path.write_text(json.dumps({**json.loads(path.read_text()), **changed}))
    return folder


def letter(**changed: object) -> Letter:
    edition = guidelines.load(EDITION)
    fields = {
        "number": "所公連第2023-000012号", "issued_on": date(2023, 9, 1), "authority": "所沢市長",
        "office": edition.issued_by, "contact": edition.office_contact, "guideline": edition.title,
        "effective": edition.effective, "receipt_number": "2023-000101", "case": "C01", "addressee": "団体",
        "representative": "", "received_on": None, "clauses": (), "until": None, "section": None, "words": (),
        "about": "",
    }  # fmt: skip
    return Letter(**{**fields, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize("edition", guidelines.editions())
def test_every_edition_that_ships_says_every_kind_of_notice(edition: str) -> None:
    assert missing_templates(guidelines.load(edition)) == []


def test_another_city_has_its_own_numbers_and_name_and_borrows_the_words() -> None:
    other = guidelines.load("kakuu-minato/2024-04")
    head = notices.of(other)
    assert head.numbered(2024, 12) == "架み共第2024-0012号"
    text = notices.write(
        other, "eligible", letter(authority=head.authority, office=other.issued_by, guideline=other.title)
    ).text
    assert "架空みなと市長" in text
    assert "所沢" not in text.replace(guidelines.load(EDITION).office_contact, "")


def test_a_new_edition_without_notices_speaks_as_the_one_before_it(elsewhere: Path) -> None:
    shutil.rmtree(copied(elsewhere) / "notices")
    edition = guidelines.load("tokorozawa/2031-04")
    assert missing_templates(edition) == []
    assert notices.of(edition) == notices.of(guidelines.load(EDITION))


def test_a_city_that_says_nothing_is_found_out(elsewhere: Path) -> None:
    shutil.rmtree(copied(elsewhere, city="newtown") / "notices")
    edition = guidelines.load("newtown/2031-04")
    [finding] = missing_templates(edition)
    assert "newtown/2031-04" in finding
    with pytest.raises(NoTemplates):
        notices.of(edition)


@pytest.mark.parametrize(
    ("file", "content", "finding"),
    [
        ("plain/ineligible.txt", None, "the template plain/ineligible.txt is missing"),
        ("official/ineligible.txt", "{{ no_such_name }}", "ineligible is wrong"),
        ("official/ineligible.txt", "{% if %}", "ineligible is wrong"),
        ("plain/matched.txt", "{{ section.name }} {{ receipt_number }}", "matched is wrong"),
        ("plain/lapsed.txt", "{{ ''.__class__.__mro__ }}", "lapsed is wrong"),
        ("office/escalation.txt", "{% block subject %} {% endblock %}{{ receipt_number }}", "subject is empty"),
        ("mail.txt", "{{ plain }}", "does not quote GL1"),
        ("plain/clauses.txt", "", "does not quote GL1"),
        ("office/undeliverable.txt", "{% block subject %}不達{% endblock %}", "its receipt number"),
        ("clauses.txt", "", "does not quote GL1"),
        ("notices.json", '{"number": "第1号", "authority": "市長"}', "no two are alike"),
        ("notices.json", '{"number": "{year}-{sequence}\\n", "authority": "市長"}', "no two are alike"),
        ("notices.json", '{"number": "{who}{year}-{sequence}", "authority": "市長"}', "are filled in"),
        (
            "notices.json",
            '{"number": "{year}-{sequence}", "authority": "市長", "cites": {"no_match": ["GL9-Z9"]}}',
            "has no GL9-Z9",
        ),
    ],
)  # fmt: skip
def test_v08_what_is_wrong_with_a_pack_is_found_before_it_is_used(
    elsewhere: Path, file: str, content: str | None, finding: str
) -> None:
    path = copied(elsewhere) / "notices" / file
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    found = missing_templates(guidelines.load("tokorozawa/2031-04"))
    assert any(finding in one for one in found), found


def test_two_editions_that_borrow_from_each_other_do_not_go_round_in_circles(elsewhere: Path) -> None:
    head = {"number": "{year}-{sequence}", "authority": "市長"}
    for name, other in (("2031-04", "2032-04"), ("2032-04", "2031-04")):
        folder = copied(elsewhere, name, effective=f"{name}-01") / "notices"
        shutil.rmtree(folder)
        folder.mkdir()
        (folder / "notices.json").write_text(json.dumps({**head, "inherits": f"{CITY}/{other}"}))
    found = missing_templates(guidelines.load("tokorozawa/2031-04"))
    assert len(found) == len(KINDS)
    assert all("missing" in one for one in found)


def test_what_people_wrote_is_data() -> None:
    for words in ("{{ number }}", "{% raw %}", "{# x #}"):
        assert words in notices.write(guidelines.load(EDITION), "no_match", letter(words=(words,))).text


def test_a_number_is_the_citys_form() -> None:
    form = Notices(number="市第{year}-{sequence:06d}号", authority="市長")
    assert form.numbered(2024, 12) == "市第2024-000012号"


@pytest.mark.parametrize(
    ("day", "official"),
    [
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2024, 2, 29), "令和6年2月29日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1900, 1, 1), "1900年1月1日"),
    ],
)
def test_official_days_are_those_of_the_era(day: date, official: str) -> None:
    assert wareki(day) == official


def test_plain_days_say_the_weekday() -> None:
    assert plain_day(date(2023, 9, 13)) == "2023年9月13日(水曜日)"


def test_what_stands_right_ends_at_the_margin() -> None:
    assert columns(right("所沢市長")) == WIDTH
