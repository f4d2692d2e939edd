"""An edition is never edited once in force."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from guidelines import BrokenPack
from guidelines.packs import SHIPPED
from guidelines.release import LOCK, departures, digest, overlapping, release, released
from tests.guidelines.conftest import Pack

TODAY = date(2024, 6, 1)


def departs(pack: Pack, on: date = TODAY) -> list[str]:
    return [finding.partition(": ")[2] for finding in departures(pack.root, on)]


def test_what_ships_is_as_it_was_released() -> None:
    assert list(departures(SHIPPED, date(2100, 1, 1))) == []
    assert list(overlapping(SHIPPED)) == []


def test_an_edition_in_force_has_to_be_released(pack: Pack) -> None:
    assert departs(pack, date(2023, 6, 30)) == []
    assert departs(pack, date(2023, 7, 1)) == [
        "tokorozawa/2023-07 is in force and was not released: check it with --release"
    ]
    assert release(pack.root, TODAY) == ["tokorozawa/2023-07"]
    assert departs(pack) == []
    assert release(pack.root, TODAY) == []


@pytest.mark.parametrize("file", ["clauses.json", "sections.json", "thresholds.json", "rules/route.json"])
def test_no_file_of_an_edition_in_force_may_change(pack: Pack, file: str) -> None:
    release(pack.root, TODAY)
    (pack.folder / file).write_text((pack.folder / file).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    edited = ["tokorozawa/2023-07 is in force and not as it was released: make a new edition instead"]
    assert departs(pack) == edited
    assert release(pack.root, TODAY) == []
    assert departs(pack) == edited


def test_a_file_more_or_less_is_a_change(pack: Pack) -> None:
    before = digest(pack.folder)
    (pack.folder / "notices").mkdir(exist_ok=True)
    (pack.folder / "notices" / "extra.txt").write_text("通知")
    with_notice = digest(pack.folder)
    (pack.folder / "notices" / "extra.txt").rename(pack.folder / "notices" / "other.txt")
    assert len({before, with_notice, digest(pack.folder)}) == 3


def test_a_test_of_a_rule_may_be_added_at_any_time(pack: Pack) -> None:
    before = digest(pack.folder)
    (pack.folder / "rules" / "tests" / "more.json").write_text("[]")
    (pack.folder / ".DS_Store").write_text("")
    assert digest(pack.folder) == before


def test_an_edition_that_is_not_in_force_yet_may_be_released_anew(pack: Pack) -> None:
    later = pack.copy("tokorozawa/2025-04", "2025-04-01")
    release(pack.root, TODAY)
    later.replace("edition.json", '"receipt": 3', '"receipt": 4')
    assert departs(pack) == [
        "tokorozawa/2025-04 is not as it was released: check it with --release before its first day"
    ]
    assert release(pack.root, TODAY) == ["tokorozawa/2025-04"]
    assert departs(pack) == []


def test_an_edition_in_force_does_not_escape_by_a_later_first_day(pack: Pack) -> None:
    release(pack.root, TODAY)
    pack.change("edition.json", effective="2025-04-01")
    assert "make a new edition instead" in departs(pack)[0]
    assert release(pack.root, TODAY) == []


def test_a_released_edition_does_not_disappear(pack: Pack, tmp_path: Path) -> None:
    pack.copy("tokorozawa/2025-04", "2025-04-01")
    release(pack.root, TODAY)
    without = shutil.copytree(pack.root, tmp_path / "without", ignore=shutil.ignore_patterns("2025-04"))
    [finding] = departures(without, TODAY)
    assert finding.endswith("tokorozawa/2025-04 was released, and is not there any more")


def test_a_lock_that_cannot_be_read_is_named(pack: Pack) -> None:
    (pack.root / LOCK).write_text('{"tokorozawa/2023-07": {"effective": "2023-07-01"}}')
    with pytest.raises(BrokenPack, match="digest: Field required"):
        released(pack.root)


def test_two_editions_of_a_city_do_not_begin_on_the_same_day(pack: Pack) -> None:
    pack.copy("tokorozawa/2025-04", "2023-07-01")
    [finding] = overlapping(pack.root)
    assert "tokorozawa/2025-04 takes effect on 2023-07-01, as tokorozawa/2023-07" in finding
