"""Registers in files: how they are read, what is wrong in them, and what importing them would change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contracts.actors import Actor
from deploy.local.trouble import Trouble
from deploy.registers.changes import Changes, changes
from deploy.registers.entries import Entry, Wrong, entry
from deploy.registers.files import read
from deploy.registers.words import day
from tests.screening.registers_sample import HEADER, LINES, REGISTERS, as_csv, as_json

KEEPER = Actor.parse("contract_section:K-01:S06")


def found(path: Path, register: str | None = None, known: dict[str, Any] | None = None) -> dict[str, Changes]:
    """What importing a file would change, register by register."""
    return {
        name: changes(name, rows, [entry(name, row, KEEPER) for row in rows], known or {})
        for name, rows in read(path, register).rows.items()
    }


def bid(path: Path, known: dict[str, Any] | None = None) -> Changes:
    return found(path, "bid_suspension", known)["bid_suspension"]


def wrong(path: Path) -> dict[str | None, str]:
    return {each.id or each.place: "; ".join(each.reasons) for each in bid(path).wrong}


def known(each: Entry) -> dict[str, Any]:
    """An entry as the service lists it."""
    return {"id": each.id, "clause": "GL7-A2", "zone": "Asia/Tokyo", "started": True, **each.data}


# ── reading ──


def test_the_registers_of_the_city_are_taken_as_they_are(tmp_path: Path) -> None:
    told = found(as_json(tmp_path, REGISTERS))
    assert {name: [each.id for each in one.added] for name, one in told.items()} == {
        "bid_suspension": ["BS-2024-003", "BS-2023-011"],
        "gang_exclusion": ["GE-2025-001"],
        "art167_4": ["F-2023-002"],
        "employment_links": [told["employment_links"].added[0].id],
    }
    assert not any(one.wrong for one in told.values())
    assert told["bid_suspension"].added[0].data["extends_to"] == ["subcontractor", "joint_venture_member"]
    exclusion = told["gang_exclusion"].added[0].data
    assert (exclusion["valid_to"], exclusion["finding"]) == (None, "架空")
    assert exclusion["release_rule"].startswith("認定日から12か月")
    finding = told["art167_4"].added[0].data
    assert (finding["person"], finding["name"], finding["extends_to"]) == ("架空 次郎", "個人", ["user"])
    assert told["employment_links"].added[0].data["role"] == "manager"


def test_one_register_of_a_file_may_be_taken_alone(tmp_path: Path) -> None:
    assert list(found(as_json(tmp_path, REGISTERS), "gang_exclusion")) == ["gang_exclusion"]


def test_a_link_has_the_same_number_each_time_it_is_read(tmp_path: Path) -> None:
    ids = {found(as_json(tmp_path, REGISTERS))["employment_links"].added[0].id for _ in range(2)}
    assert len(ids) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_table_of_an_office_is_taken_in_the_code_it_was_saved_in(tmp_path: Path, encoding: str) -> None:
    """Days of the era, digits of full width, ①, ㈱ and 髙 as people write them."""
    told = bid(as_csv(tmp_path, *LINES, encoding=encoding))
    assert told.wrong == []
    first, second = (each.data for each in told.added)
    assert (first["decided_on"], first["valid_from"], first["valid_to"]) == (
        "2024-01-31", "2024-02-01", "2024-07-31",
    )  # fmt: skip
    assert (second["corporate_number"], second["name"], second["valid_to"]) == (
        "1999901000114", "㈱髙﨑①商店", None,
    )  # fmt: skip
    assert told.notices == ["not taken over: 備考"]


def test_english_columns_and_quoted_cells_are_taken_too(tmp_path: Path) -> None:
    header = "id,corporate_number,name,aliases,ground,decided_on,valid_from,valid_to,extends_to"
    line = (
        'BS-1,3999901000104,"架空, みらい","旧名A;旧名B","長い\r\n理由",2024-01-31,2024-02-01,,subcontractor'
    )
    [one] = bid(as_csv(tmp_path, line, header=header)).added
    assert (one.data["name"], one.data["aliases"]) == ("架空, みらい", ["旧名A", "旧名B"])
    assert "理由" in one.data["ground"]
    assert one.data["extends_to"] == ["subcontractor"]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-02-01", "2024-02-01"),
        ("2024/2/1", "2024-02-01"),
        ("２０２４年２月１日", "2024-02-01"),
        ("20240201", "2024-02-01"),
        ("令和元年5月1日", "2019-05-01"),
        ("R6.2.29", "2024-02-29"),
        ("平成31年4月30日", "2019-04-30"),
    ],
)
def test_days_are_read_as_they_are_written(text: str, iso: str) -> None:
    assert day(text).isoformat() == iso


@pytest.mark.parametrize("text", ["2024-02-30", "令和6年13月1日", "来年", "45323", "2024-2", "1/2/2024", ""])
def test_what_is_no_day_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"no day|day is out of range|month must be"):
        day(text)


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"\xff\xfe\x00\x81", "register.csv", "neither UTF-8 nor cp932"),
        (b"a,b\r\n1,2\r\n", "register.csv", "names none of the columns"),
        ("措置番号,番号\r\n".encode(), "register.csv", "stand twice: id"),
        ('措置番号,法人番号\r\n"BS-1,3\r\n'.encode(), "register.csv", "line 2"),
        (b"", "register.csv", "names none of the columns"),
        (b"{", "register.json", "is not JSON"),
        (b"[" * 100_000, "register.json", "is not JSON"),
        (b'"x"', "register.json", "a list of entries was expected"),
        (b'{"other": []}', "register.json", "has no bid_suspension"),
        (b'{"bid_suspension": 3}', "register.json", "is no list"),
        (b"x", "register.xlsx", "not as .xlsx"),
        (b"x", "register", "without suffix"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(
    tmp_path: Path, content: bytes, name: str, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Trouble, match=told):
        found(path, "bid_suspension")


def test_a_table_says_nowhere_which_register_it_is(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="--register"):
        found(as_csv(tmp_path, *LINES))
    with pytest.raises(Trouble, match="--register"):
        found(as_json(tmp_path, []))
    with pytest.raises(Trouble, match="not landlords"):
        found(as_csv(tmp_path, *LINES), "landlords")


# ── what is wrong, row by row ──


def line(**changed: str) -> str:
    cells = dict(zip(HEADER.split(","), LINES[0].split(","), strict=True)) | changed
    return ",".join(cells[title] for title in HEADER.split(","))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"法人番号": "4999901000104"}, "check digit"),
        ({"法人番号": "399990100010"}, "corporate_number"),
        ({"法人番号": "3.9999E+12"}, "corporate_number"),
        ({"終了日": "2024-01-31"}, "The last day lies before the first"),
        ({"開始日": "来月"}, "valid_from: is no day"),
        ({"開始日": ""}, "valid_from: Field required"),
        ({"開始日": "0001-01-01"}, "valid_from"),
        ({"終了日": "9999-12-31"}, "valid_to"),
        ({"商号又は名称": "あ" * 201}, "name"),
        ({"措置理由": "理" * 4001}, "ground"),
        ({"措置理由": "\x00"}, "ground"),
        ({"及ぶ範囲": "隣の会社"}, "extends_to.0"),
        ({"及ぶ範囲": "使用する者"}, "Only article 167-4"),
        ({"措置番号": "指停第3号"}, "id: 1 to 64"),
        ({"措置番号": ""}, "id: is missing"),
    ],
)
def test_a_row_that_is_wrong_is_told_by_its_field_or_by_the_rule(
    tmp_path: Path, changed: dict[str, str], told: str
) -> None:
    [reason] = wrong(as_csv(tmp_path, line(**changed))).values()
    assert told in reason


def test_a_row_with_too_many_cells_is_wrong_and_the_others_are_read(tmp_path: Path) -> None:
    told = bid(as_csv(tmp_path, LINES[0] + ",x,y", LINES[1]))
    assert [(each.place, each.reasons) for each in told.wrong] == [("line 2", ("11 cells under 9 columns",))]
    assert [each.id for each in told.added] == ["BS-2"]


def test_a_finding_by_article_167_4_keeps_its_rules(tmp_path: Path) -> None:
    [finding] = REGISTERS["art167_4_2_findings"]
    too_long, no_item = {**finding, "valid_to": "2026-10-01"}, {**finding, "id": "F-2", "item": None}
    told = found(as_json(tmp_path, {"art167_4_findings": [too_long, no_item]}))["art167_4"]
    assert ["at most three years" in told.wrong[0].reasons[0], "Name the item" in told.wrong[1].reasons[0]] == [
        True, True,
    ]  # fmt: skip


def test_one_number_stands_for_one_entry(tmp_path: Path) -> None:
    assert wrong(as_csv(tmp_path, LINES[0], LINES[0])) == {"BS-1": "id: stands at line 2 too"}


def test_entries_that_are_no_objects_are_wrong(tmp_path: Path) -> None:
    told = bid(as_json(tmp_path, {"bid_suspension": [3, None, {"id": ["x"]}]}))
    assert [each.place for each in told.wrong] == [f"bid_suspension[{n}]" for n in range(3)]


def test_nothing_personal_stands_in_what_is_wrong(tmp_path: Path) -> None:
    [link] = REGISTERS["employment_links"]
    told = found(as_json(tmp_path, {"employment_links": [{**link, "role": "社長"}]}))["employment_links"]
    assert "次郎" not in str(told.as_json())
    assert "role" in told.wrong[0].reasons[0]


# ── what would change ──


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = as_csv(tmp_path, *LINES)
    there = {each.id: known(each) for each in bid(path).added}
    again = bid(path, there)
    assert (again.any, len(again.unchanged), again.missing) == (False, 2, [])


def test_what_is_otherwise_is_shown_field_by_field(tmp_path: Path) -> None:
    there = {each.id: known(each) for each in bid(as_csv(tmp_path, *LINES)).added}
    changed = line(終了日="2024-09-30", 措置理由="過失による粗雑工事(重大)")
    ended = LINES[1].replace("無期限", "2024-05-31")
    told = bid(as_csv(tmp_path, changed, ended), there)
    [one], [other] = told.changed, told.ended
    assert one.fields == {
        "ground": ("過失による粗雑工事", "過失による粗雑工事(重大)"),
        "valid_to": ("2024-07-31", "2024-09-30"),
    }
    assert (other.entry.id, other.fields) == ("BS-2", {"valid_to": (None, "2024-05-31")})


def test_what_is_not_in_the_file_is_told_and_stays(tmp_path: Path) -> None:
    there = {each.id: known(each) for each in bid(as_csv(tmp_path, *LINES)).added}
    told = bid(as_csv(tmp_path, LINES[0]), there)
    assert (told.missing, told.any) == (["BS-2"], False)


def test_a_row_that_is_wrong_is_not_missing(tmp_path: Path) -> None:
    there = {each.id: known(each) for each in bid(as_csv(tmp_path, *LINES)).added}
    told = bid(as_csv(tmp_path, line(法人番号="4999901000104"), LINES[1]), there)
    assert (told.missing, [each.id for each in told.wrong]) == ([], ["BS-1"])


def test_entries_that_overlap_are_kept_and_the_longest_counts(tmp_path: Path) -> None:
    """GL7-A2: while one of several grounds lasts, the firm is excluded."""
    longer = line(措置番号="BS-9", 開始日="2024-07-31", 終了日="2024-12-31")
    after = line(措置番号="BS-10", 開始日="2025-01-01", 終了日="")
    told = bid(as_csv(tmp_path, LINES[0], longer, after))
    assert len(told.added) == 3
    assert told.notices == [
        "not taken over: 備考",
        "3999901000104: BS-1 and BS-9 overlap; the longest counts, until 2024-12-31",
    ]


def test_names_of_persons_are_not_shown(tmp_path: Path) -> None:
    path = as_json(tmp_path, REGISTERS)
    there = {each.id: {**known(each), "person": "別の 人"} for each in found(path)["art167_4"].added}
    [change] = found(path, known=there)["art167_4"].changed
    assert change.shown == {"person": ("(confidential)", "(confidential)")}
    assert "別の" not in str(found(path, known=there)["art167_4"].as_json())


def test_every_row_is_an_entry_or_says_why_it_is_none(tmp_path: Path) -> None:
    rows = read(as_csv(tmp_path, *LINES, line(法人番号="x")), "bid_suspension").rows["bid_suspension"]
    kinds = [type(entry("bid_suspension", row, KEEPER)) for row in rows]
    assert kinds == [Entry, Entry, Wrong]
