"""`renkei screening evaluate`: files as people hand them in."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deploy.screening import app
from services.screening.firms.evaluation import CannotBeRead, evaluate

SAME = {"applicant": {"name": "㈱ソラ"}, "register": {"name": "株式会社ソラ"}, "same": True}
TWO = {"applicant": {"name": "㈱ソラ"}, "register": {"name": "株式会社ウミ"}, "same": False, "kind": "other"}
MISSED = {**TWO, "same": True, "id": "M1"}
run = CliRunner()


def written(folder: Path, *lines: Any) -> Path:
    file = folder / "pairs.jsonl"
    file.write_text(
        "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines), "utf-8"
    )
    return file


def test_it_tells_recall_precision_and_what_is_wrong(tmp_path: Path) -> None:
    file = written(tmp_path, SAME, "", TWO, MISSED)
    told = json.loads(run.invoke(app, ["evaluate", str(file), "--json"]).stdout)
    assert (told["recall"], told["precision"], told["n"], told["threshold"]) == (0.5, 1.0, 3, 0.5)
    assert told["confusion"] == {"flagged": 1, "missed": 1, "wrongly_flagged": 0, "passed": 1}
    assert told["kinds"]["other"] == {"flagged": 0, "missed": 1, "wrongly_flagged": 0, "passed": 1}
    [wrong] = told["wrong"]
    assert (wrong["id"], wrong["line"], wrong["same"], wrong["differ"]) == ("M1", 4, True, ["名称が異なる"])


def test_people_read_it_as_a_table(tmp_path: Path) -> None:
    shown = run.invoke(app, ["evaluate", str(written(tmp_path, SAME, TWO, MISSED))])
    assert shown.exit_code == 0
    assert "recall 0.500 · precision 1.000 · 3 pairs" in shown.stdout
    assert "M1 (line 3, other): one firm, missed" in shown.stdout
    assert "differ: 名称が異なる" in shown.stdout


def test_what_is_missing_or_null_is_unknown(tmp_path: Path) -> None:
    bare = {
        "applicant": {},
        "register": {"name": None, "address": None},
        "same": False,
        "id": None,
        "kind": None,
    }
    number = {
        "applicant": {"corporate_number": 5999991018771},
        "register": {"corporate_number": "5999991018771"},
        "same": True,
    }
    figures = evaluate(written(tmp_path, bare, number))
    assert [each.right for each in figures.judged] == [True, True]
    assert [each.pair.id for each in figures.judged] == ["1", "2"]


def test_a_share_of_nothing_is_not_told(tmp_path: Path) -> None:
    told = evaluate(written(tmp_path, TWO)).as_json()
    assert told["recall"] is None
    assert told["precision"] is None


def test_names_that_are_no_text_come_through(tmp_path: Path) -> None:
    odd = {
        "applicant": {"name": "\ud800葛󠄀"},
        "register": {"name": "\u2028①"},
        "same": True,
        "kind": "\ud800",
        "id": "[b]",
    }
    file = written(tmp_path, odd)
    for options in ([], ["--json"]):
        assert run.invoke(app, ["evaluate", str(file), *options]).exit_code == 0


def test_a_mark_at_the_start_and_other_ends_of_line_are_read_over(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(SAME).encode() + b"\r\n\r\n" + json.dumps(TWO).encode())
    assert evaluate(file).n == 2


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{]", "line 2: not JSON"),
        ("[1]", "line 2: an object is expected"),
        ("{}", 'line 2: "same" has to be true or false'),
        ('{"same": 1}', 'line 2: "same" has to be true or false'),
        ('{"same": true}', 'line 2: "applicant" has to be an object'),
        ('{"same": true, "applicant": {}, "register": []}', 'line 2: "register" has to be an object'),
        (
            '{"same": true, "applicant": {"name": ["x"]}, "register": {}}',
            '"applicant": "name" has to be text or null',
        ),
        ("[" * 100_000, "line 2:"),
        ('{"same": ' + "9" * 5_000 + "}", "line 2:"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str, why: str) -> None:
    file = written(tmp_path, SAME, line)
    with pytest.raises(CannotBeRead, match=r"pairs\.jsonl") as told:
        evaluate(file)
    assert why in str(told.value)
    said = run.invoke(app, ["evaluate", str(file)])
    assert said.exit_code == 2
    assert "Traceback" not in said.output


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    for file, why in (
        (tmp_path / "nowhere", "No such file"),
        (tmp_path, "directory"),
        (written(tmp_path), "no pair in it"),
    ):
        with pytest.raises(CannotBeRead, match=why):
            evaluate(file)
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CannotBeRead, match="not UTF-8"):
        evaluate(tmp_path / "bytes")
