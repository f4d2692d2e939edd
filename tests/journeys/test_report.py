"""What people read: Japanese first, nothing confidential."""

import io
from pathlib import Path
from typing import get_args

import pytest
from rich.cells import cell_len
from rich.console import Console

from contracts import agreements, intake, matching, publication, screening
from contracts.fact import FACTS
from contracts.intake.notice import NoticeKind
from contracts.terms import fact_term, term
from deploy.journeys.history_table import NARROW, history_table
from deploy.journeys.player import Played
from deploy.journeys.reading import read
from deploy.journeys.report import as_json, failure, summary, told
from tests.journeys.histories import INELIGIBLE, MATCHED

HERE = Path(__file__).parent
C03 = read(HERE / "C03.yaml")


def printed(shown: object, width: int = 240) -> str:
    console = Console(width=width, file=io.StringIO(), record=True)
    console.print(shown)
    return console.export_text()


def test_a_history_says_when_who_what_where_and_why() -> None:
    text = printed(history_table(INELIGIBLE))

    for words in ("2023-11-24 12:00", "公民連携推進室長 H-01", "対象外の決定", "screening/screening"):
        assert words in text
    for why in ("条項:GL7-B1", "直接的な営業または広告宣伝", "再検討の申出期限:2023-12-08", "← 対象外の決定"):
        assert why in text
    assert "提案者:株式会社テスト広告社" in text
    assert "GL7-B1 該当(提案書 販売目標)" in text
    assert "登録との照合:BS-1(法人番号が同じ)、BS-2(類似 0.91)" in text


@pytest.mark.parametrize("width", [80, 100, NARROW, 130])
def test_a_history_is_read_as_sentences_however_narrow_the_screen(width: int) -> None:
    """No line of why is broken into pieces of a word or two, as a squeezed column would do."""
    for found in (INELIGIBLE, MATCHED):
        text = printed(history_table(found, known=True, width=width), width)
        assert max(map(cell_len, text.splitlines())) <= width
        whole = [line.name for line in told(found) if line.name in text]
        assert len(whole) > 0.9 * len(list(told(found)))
        assert len(text.splitlines()) < 8 * len(list(told(found)))


def test_a_narrow_history_says_the_same() -> None:
    text = printed(history_table(INELIGIBLE, width=80), 80)
    for words in (
        "2023-11-24 12:00",
        "公民連携推進室長 H-01",
        "対象外の決定",
        "screening/screening",
        "条項:GL7-B1",
    ):
        assert words in text


def test_a_notice_is_named_in_japanese() -> None:
    assert [kind for kind in get_args(NoticeKind) if term(kind) == kind] == []


def test_a_history_names_sections_and_why_they_were_asked() -> None:
    text = printed(history_table(MATCHED))

    for words in (
        "打診先:高齢者支援課",
        "候補:高齢者支援課(18.6 高齢者・見守り「一人暮らしの見守り」)",
        "関係:文書行政課、危機管理課",
        "文書行政課 U-0701",
        "市の負担:負担なし",
    ):
        assert words in text


def test_an_edition_is_said_once() -> None:
    assert printed(history_table(INELIGIBLE)).count("tokorozawa/2023-07") == 1


def test_a_history_shows_nothing_confidential() -> None:
    for found in (INELIGIBLE, MATCHED):
        assert "confidential" not in printed(history_table(found))


def test_the_summary_counts_and_the_json_says_the_same() -> None:
    result = Played(C03, 1.5, {"case": INELIGIBLE})
    text = printed(summary([result]))

    assert "予定どおり" in text
    assert f" {len(C03.steps)} " in text
    assert f" {len(INELIGIBLE['entries'])} " in text
    told = as_json([result])
    assert told["ok"] is True
    assert told["journeys"][0]["cases"] == {"case": INELIGIBLE}
    assert as_json([result, Played(C03, 1.0, {}, "step 1")])["ok"] is False


def test_a_failure_shows_what_came_as_it_is() -> None:
    shown = failure(Played(read(HERE / "C01.yaml"), 0.0, {}, 'supporting: expected ["S07"], came [/bold]'))

    assert 'expected ["S07"], came [/bold]' in printed(shown)


def test_every_fact_has_a_japanese_term() -> None:
    publishers = {
        module.__name__.rpartition(".")[2]
        for module in (intake, screening, matching, agreements, publication)
    }
    names = [fact.__name__ for fact in FACTS.values() if fact.publisher in publishers]
    assert names
    assert [name for name in names if fact_term(name, "eligible").isascii()] == []


def test_words_are_those_of_the_glossary() -> None:
    assert fact_term("EligibilityDecided", "ineligible") == "対象外の決定"
    assert [term(word) for word in ("window_head", "web", "individual_agreement", "unheard_of")] == [
        "公民連携推進室長",
        "ウェブ",
        "個別連携協定",
        "unheard_of",
    ]
