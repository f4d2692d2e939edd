"""How good the ranking is: on the set it was made with, on our own, and on one that is hard on purpose.

None of them is a profile, and nothing is learnt from them. The bounds of our own sets are well below what is
reached (docs/decisions/0013): they are there to show a profile or a package that spoils the ranking.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deploy.matching import app
from services.matching.ranking.evaluation import CannotBeRead, evaluate
from services.matching.ranking.outside import outside
from tests.matching.ranking.sample import EDITION, HERE

DEV, OWN, HARD = (HERE / f"{name}.jsonl" for name in ("matching_dev", "own_set", "hard_set"))
COPIED = 14  # characters in a row that two texts share only where one was copied


@pytest.mark.parametrize(("file", "at_1", "at_3"), [(DEV, 0.7, 0.9), (OWN, 0.85, 0.95), (HARD, 0.75, 0.9)])
def test_the_ranking_is_as_good_as_promised(file: Path, at_1: float, at_3: float) -> None:
    found = evaluate(file)
    reached = (found.recall_at_1, found.recall_at_3, found.kept, found.flagged)
    promised = (at_1, at_3, 0.95, 0.5)
    assert all(
        figure is not None and figure >= least for figure, least in zip(reached, promised, strict=True)
    )


def proposals(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("file", [DEV, OWN, HARD])
def test_no_profile_repeats_a_labelled_proposal(file: Path) -> None:
    pack = "\n".join(
        text
        for texts in (
            *((*section.asked_for, *section.examples, *section.not_for) for section in EDITION.sections),
            *(kind.examples for kind in outside(EDITION.id)),
        )
        for text in texts
    )
    for proposal in proposals(file):
        whole = f"{proposal['title']}\n{proposal['body']}"
        runs = {whole[n : n + COPIED] for n in range(len(whole) - COPIED + 1)}
        assert [run for run in runs if run in pack] == [], proposal["id"]


def test_every_section_has_a_profile_of_its_own() -> None:
    for section in EDITION.sections:
        assert len(section.asked_for) >= 15, section.id
        assert len(section.examples) >= 3, section.id
        assert section.not_for, section.id
    texts = [text for section in EDITION.sections for text in (*section.asked_for, *section.examples)]
    assert len(texts) == len(set(texts))


def labelled(id_: str, title: str, primary: str | None, *also: str) -> dict[str, Any]:
    body = f"{title}について提案します。"
    return {
        "id": id_,
        "title": title,
        "body": body,
        "primary": primary,
        "acceptable": [primary, *also] if primary else [],
    }


def file_of(folder: Path, *lines: dict[str, Any]) -> Path:
    file = folder / "labelled.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return file


def test_the_figures_count_what_they_say(tmp_path: Path) -> None:
    file = file_of(
        tmp_path,
        labelled("right", "一人暮らしのお年寄りの見守り", "S14"),
        labelled("acceptable", "公園の花壇の植え替えと遊具の修理", "S25", "S26"),
        labelled("wrong", "町内会の回覧板を電子にする", "S28"),
        labelled("nowhere", "関税と薬価の引き下げを国に求める", None),
    )
    found = evaluate(file)
    assert (found.n, found.recall_at_1, found.recall_at_3, found.kept, found.flagged) == (
        4,
        0.333,
        0.667,
        1.0,
        1.0,
    )
    assert [each.id for each in found.wrong] == ["acceptable", "wrong"]


def test_the_command_prints_the_figures_for_machines_and_for_people(tmp_path: Path) -> None:
    file = str(file_of(tmp_path, labelled("one", "一人暮らしのお年寄りの見守り", "S14")))
    told = CliRunner().invoke(app, ["evaluate", file, "--json"])
    assert told.exit_code == 0
    figures = json.loads(told.stdout)
    assert {"recall@1", "recall@3", "kept", "flagged", "p95_ms", "n"} <= figures.keys()
    assert (figures["recall@1"], figures["flagged"], figures["n"]) == (1.0, None, 1)
    assert "recall@3" in CliRunner().invoke(app, ["evaluate", file]).stdout


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "no proposal"),
        ("{}", "line 1"),
        ('\n{"id": "a", "title": "b", "body": "c", "primary": "東"}', "line 2: primary"),
        ('{"id": "a", "title": "b", "body": "c", "primary": "S98"}', "no edition has all of S98"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, content: str, why: str) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CannotBeRead, match=why):
        evaluate(file)
    assert CliRunner().invoke(app, ["evaluate", str(file)]).exit_code == 2


def test_a_file_or_an_edition_that_is_not_there_says_so() -> None:
    assert CliRunner().invoke(app, ["evaluate", str(HERE / "missing.jsonl")]).exit_code == 2
    assert CliRunner().invoke(app, ["evaluate", str(DEV), "--edition", "nowhere/2020-01"]).exit_code == 2
