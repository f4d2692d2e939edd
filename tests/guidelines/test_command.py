"""`renkei guideline`, as a person or a pipeline calls it."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.guideline import app
from guidelines.release import release
from tests.guidelines.conftest import Pack
from tests.guidelines.test_packs import HERE


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "160"})
    return result.exit_code, result.output


def test_a_pack_in_order_ends_well(pack: Pack) -> None:
    assert run("check", pack.folder) == (0, "1 pack: in order.\n")


def test_a_finding_is_told_and_ends_with_one(pack: Pack) -> None:
    pack.replace("edition.json", '"receipt": 3', '"receipt": -3')
    code, output = run("check", pack.folder)
    assert code == 1
    assert "periods.receipt" in output
    assert "1 pack: 1 finding." in output


def test_a_folder_of_packs_is_checked_with_its_releases(pack: Pack) -> None:
    assert run("check", pack.root, "--on", "2023-06-30")[0] == 0
    code, output = run("check", pack.root, "--on", "2023-07-01")
    assert (code, "was not released" in output) == (1, True)


def test_a_release_is_kept_and_then_holds(pack: Pack) -> None:
    code, output = run("check", pack.root, "--release", "--on", "2023-07-01")
    assert (code, "tokorozawa/2023-07 is released." in output) == (0, True)
    assert run("check", pack.root, "--on", "2023-07-01")[0] == 0
    pack.replace("rules/route.json", "不成立とした", "不成立とする")
    code, output = run("check", pack.root, "--release", "--on", "2023-07-01")
    assert (code, "make a new edition instead" in output) == (1, True)


def test_nothing_is_released_while_something_is_wrong(pack: Pack) -> None:
    (pack.folder / "rules" / "tests" / "route.json").unlink()
    assert run("check", pack.root, "--release")[0] == 1
    assert not (pack.root / "editions.lock.json").exists()


def test_machines_get_the_findings_as_a_list(pack: Pack) -> None:
    release(pack.root, date(2024, 1, 1))
    pack.replace("rules/route.json", "不成立とした", "不成立とする")
    code, output = run("check", pack.root, "--json")
    told = json.loads(output)
    assert (code, len(told["findings"]), told["released"]) == (1, 1, [])
    assert told["packs"] == [str(pack.folder)]


def test_all_packs_that_are_known_are_checked_when_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENKEI_GUIDELINES", str(HERE))
    told = json.loads(run("check", "--on", "2024-09-30", "--json")[1])
    assert [Path(pack).name for pack in told["packs"]] == ["2024-04", "2023-07", "2024-10"]
    assert told["findings"] == []


def test_a_folder_without_packs_ends_with_two(tmp_path: Path) -> None:
    code, output = run("check", tmp_path)
    assert (code, "holds no pack" in output) == (2, True)


def test_alike_is_zero_and_different_is_one(pack: Pack) -> None:
    assert run("diff", pack.folder, pack.folder) == (0, "They say the same.\n")
    code, output = run("diff", "tokorozawa/2023-07", HERE / "tokorozawa" / "2024-10")
    assert code == 1
    assert "GL7-A5" in output


def test_a_difference_is_told_to_machines_by_its_part() -> None:
    code, output = run("diff", "tokorozawa/2023-07", HERE / "tokorozawa" / "2024-10", "--json")
    told = json.loads(output)["changes"]
    assert code == 1
    assert {"what": "screening", "kind": "changed", "before": "10", "after": "15"} in told["periods"]
    assert [each["what"] for each in told["clauses"] if each["kind"] == "added"] == ["GL7-A5"]


def test_an_edition_that_is_not_there_ends_with_two_and_names_those_that_are() -> None:
    code, output = run("diff", "tokorozawa/2023-07", "tokorozawa/2099-01")
    assert code == 2
    assert "No such edition: tokorozawa/2099-01. Known: kakuu-minato/2024-04, tokorozawa/2023-07." in output


def test_an_edition_that_cannot_be_read_ends_with_two_and_says_why(pack: Pack) -> None:
    pack.replace("clauses.json", '{"id": "GL2-1"', '{"id" "GL2-1"')
    code, output = run("diff", "tokorozawa/2023-07", pack.folder)
    assert code == 2
    assert "clauses.json, line " in output
