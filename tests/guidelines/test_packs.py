"""Packs from elsewhere, and what is said of one that cannot be read."""

import shutil
from datetime import date
from pathlib import Path

import pytest

import guidelines
from guidelines import AmbiguousPack, BrokenPack, NoSuchEdition
from guidelines.packs import line_of
from tests.guidelines.conftest import Pack

HERE = Path(__file__).parent / "packs"


@pytest.fixture
def revised(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pack of a revised edition is there too."""
    monkeypatch.setenv("RENKEI_GUIDELINES", str(HERE))


@pytest.mark.usefixtures("revised")
def test_a_pack_from_elsewhere_stands_beside_those_that_ship() -> None:
    assert guidelines.editions() == ("kakuu-minato/2024-04", "tokorozawa/2023-07", "tokorozawa/2024-10")
    assert guidelines.load("tokorozawa/2024-10").clause("GL7-A5").text.startswith("労働関係法令")


def test_it_is_gone_when_it_is_named_no_longer() -> None:
    with pytest.raises(NoSuchEdition):
        guidelines.load("tokorozawa/2024-10")


@pytest.mark.usefixtures("revised")
def test_v32_each_edition_is_in_force_until_the_next() -> None:
    on = {day: guidelines.in_force("112089", day).id for day in (date(2024, 9, 30), date(2024, 10, 1))}
    assert on == {date(2024, 9, 30): "tokorozawa/2023-07", date(2024, 10, 1): "tokorozawa/2024-10"}


@pytest.mark.usefixtures("revised")
def test_v32_what_protects_the_law_is_that_of_the_day_of_the_decision() -> None:
    before = guidelines.law_in_force("112089", date(2024, 9, 30))
    after = guidelines.law_in_force("112089", date(2024, 10, 1))
    assert (before.edition, before.clauses) == (
        "tokorozawa/2023-07",
        ("GL7-A1", "GL7-A2", "GL7-A3", "GL7-B2"),
    )
    assert (after.edition, after.clauses) == (
        "tokorozawa/2024-10",
        ("GL7-A1", "GL7-A2", "GL7-A3", "GL7-A5", "GL7-B2"),
    )
    assert after.partner_clauses == ("GL7-A1", "GL7-A2", "GL7-A3", "GL7-A5")
    assert after.registers == {"art167_4": "GL7-A1", "bid_suspension": "GL7-A2", "gang_exclusion": "GL7-A3"}


def test_several_folders_may_be_named(pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = pack.copy("tokorozawa/2025-04", "2025-04-01")
    shutil.rmtree(pack.folder)
    monkeypatch.setenv("RENKEI_GUIDELINES", f"{HERE}:{later.root}: ")
    assert guidelines.in_force("112089", date(2025, 4, 1)).id == "tokorozawa/2025-04"
    assert guidelines.in_force("112089", date(2025, 3, 31)).id == "tokorozawa/2024-10"


def test_a_folder_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RENKEI_GUIDELINES", str(tmp_path / "nowhere"))
    with pytest.raises(BrokenPack, match="nowhere, which is no folder"):
        guidelines.editions()


def test_nobody_replaces_an_edition_that_ships(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENKEI_GUIDELINES", str(pack.root))
    with pytest.raises(AmbiguousPack, match="tokorozawa/2023-07 lies in"):
        guidelines.load("kakuu-minato/2024-04")


def test_a_broken_pack_of_one_city_stops_no_other(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = pack.copy("tokorozawa/2025-04", "2025-04-01")
    shutil.rmtree(pack.folder)
    broken.change("edition.json", periods="soon")
    monkeypatch.setenv("RENKEI_GUIDELINES", str(broken.root))
    assert guidelines.in_force("992011", date(2025, 5, 1)).id == "kakuu-minato/2024-04"
    assert guidelines.in_force("112089", date(2025, 3, 31)).id == "tokorozawa/2023-07"
    with pytest.raises(BrokenPack, match="2025-04"):
        guidelines.in_force("112089", date(2025, 4, 1))


def test_a_pack_that_does_not_say_whose_it_is_stops_all(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = pack.copy("tokorozawa/2025-04", "2025-04-01")
    shutil.rmtree(pack.folder)
    broken.change("edition.json", effective="soon")
    monkeypatch.setenv("RENKEI_GUIDELINES", str(broken.root))
    with pytest.raises(BrokenPack, match="municipality and effective"):
        guidelines.in_force("992011", date(2025, 5, 1))


def said(pack: Pack) -> str:
    with pytest.raises(BrokenPack) as error:
        guidelines.read_edition(pack.folder)
    return str(error.value)


def line(pack: Pack, file: str, text: str) -> int:
    lines = (pack.folder / file).read_text(encoding="utf-8").splitlines()
    return next(n for n, each in enumerate(lines, start=1) if text in each)


def test_a_wrong_value_is_named_with_its_file_line_and_field(pack: Pack) -> None:
    pack.replace("edition.json", '"receipt": 3', '"receipt": "three"')
    expected = line(pack, "edition.json", '"receipt"')
    assert f"edition.json, line {expected}: periods.receipt: " in said(pack)


def test_a_wrong_clause_is_named_in_its_own_file(pack: Pack) -> None:
    pack.replace("clauses.json", '"GL5-04"', '"五の四"')
    expected = line(pack, "clauses.json", '"五の四"')
    assert f"clauses.json, line {expected}: [16].id: " in said(pack)


def test_every_mistake_is_named_at_once(pack: Pack) -> None:
    pack.replace("edition.json", '"receipt": 3', '"receipt": -3')
    pack.replace("thresholds.json", '"purchase": 800000', '"purchase": "80万円"')
    assert len(said(pack).splitlines()) == 2


def test_a_missing_field_is_named_where_it_should_stand(pack: Pack) -> None:
    pack.replace("edition.json", '"title": "所沢市', '"name": "所沢市')
    assert {each.partition(", line ")[2] for each in said(pack).splitlines()} == {
        "1: title: Field required",
        "4: name: Extra inputs are not permitted",
    }


def test_text_that_is_no_json_is_named_with_line_and_column(pack: Pack) -> None:
    pack.replace("clauses.json", '{"id": "GL2-1"', '{"id" "GL2-1"')
    assert f"clauses.json, line {line(pack, 'clauses.json', 'GL2-1')}, column " in said(pack)


def test_a_field_that_stands_twice_is_refused(pack: Pack) -> None:
    pack.replace("edition.json", '"receipt": 3', '"receipt": 3, "receipt": 4')
    assert "these fields stand twice: receipt" in said(pack)


def test_text_that_is_not_utf_8_is_said_to_be_so(pack: Pack) -> None:
    (pack.folder / "sections.json").write_bytes('[{"name": "課"}]'.encode("cp932"))
    assert "sections.json: byte 11 is not UTF-8" in said(pack)


def test_a_missing_file_is_named(pack: Pack) -> None:
    (pack.folder / "sections.json").unlink()
    assert "sections.json: the file is missing" in said(pack)


def test_what_has_a_file_of_its_own_stands_nowhere_else(pack: Pack) -> None:
    pack.change("edition.json", sections=[])
    assert "sections stands in sections.json, not here" in said(pack)


def test_an_edition_lies_in_a_folder_of_its_name(pack: Pack) -> None:
    pack.replace("edition.json", '"tokorozawa/2023-07"', '"tokorozawa/2023-08"')
    assert "tokorozawa/2023-08 does not lie in a folder of that name" in said(pack)


def test_the_line_of_a_place_is_found_in_any_layout() -> None:
    text = '\n{"a": [1,\n {"b": "]}",\n "c\\n": {}},\n\n 3], "d"\n:\n 4}'
    places = {(): 2, ("a",): 2, ("a", 1): 3, ("a", 1, "b"): 3, ("a", 1, "c\n"): 4, ("a", 2): 6, ("d",): 8}
    assert {place: line_of(text, place) for place in places} == places
    assert line_of(text, ("a", 9)) == 2
