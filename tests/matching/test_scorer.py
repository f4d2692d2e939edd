"""The scorer is simple, says why, and finds the sections of the sample proposals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from services.matching.scorer import AT_MOST, THEME, rank, vocabulary
from tests.matching.sample import EDITION

PROPOSALS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "proposals.json").read_text(encoding="utf-8")
)
KNOWN = vocabulary(EDITION.sections)


def sections(title: str, body: str = "", theme_section: str | None = None) -> list[str]:
    return [each.section for each in rank(title, body, (), KNOWN, theme_section)]


def test_watching_over_the_elderly_goes_to_the_section_for_the_elderly() -> None:
    first, *_ = rank(**PROPOSALS["C01"], known=KNOWN)
    assert first.section == "S14"
    assert first.reasons[:3] == ("高齢者", "見守り", "地域包括支援")


def test_a_theme_leads_to_the_section_that_set_it() -> None:
    first, second, *_ = rank(**PROPOSALS["C07"], known=KNOWN, theme_section="S17")
    assert first.section == "S17"
    assert first.reasons[0] == THEME
    assert THEME not in second.reasons


def test_the_section_of_a_theme_leads_even_where_no_word_speaks_for_it() -> None:
    assert sections("公園の緑地", theme_section="S28")[0] == "S28"
    assert sections("無題", theme_section="S28") == ["S28"]


def test_without_its_theme_the_playground_goes_to_its_section_by_its_words() -> None:
    assert sections(PROPOSALS["C07"]["title"], PROPOSALS["C07"]["body"])[0] == "S17"


def test_every_candidate_has_a_reason_out_of_published_duties_and_a_score_above_zero() -> None:
    for candidate in rank(**PROPOSALS["C01"], known=KNOWN):
        section = EDITION.section(candidate.section)
        published = " ".join((section.duties, *section.keywords)).casefold()
        assert candidate.score > 0
        assert candidate.reasons
        assert all(word in published for word in candidate.reasons)


def test_where_nothing_speaks_for_any_section_there_is_no_candidate() -> None:
    assert sections("無題", "あいうえお") == []


def test_the_better_fit_comes_first_and_no_more_than_five_are_named() -> None:
    ranked = rank("何でも", "公園、道路、水道、学校、農業、観光、健診、文化、防災", (), KNOWN)
    assert len(ranked) == AT_MOST
    assert [each.score for each in ranked] == sorted((each.score for each in ranked), reverse=True)


def test_a_word_counts_twice_in_the_title() -> None:
    [in_title] = rank("コンポスト", "", (), KNOWN)
    [in_body] = rank("", "コンポスト", (), KNOWN)
    [in_resources] = rank("", "", ("コンポスト",), KNOWN)
    assert in_title.score > in_body.score == in_resources.score


def test_width_and_case_make_no_difference_and_letters_are_whole_words() -> None:
    assert sections("ＥＶの導入") == sections("evの導入") == ["S20"]
    assert "S20" not in sections("level up")


def test_a_word_within_another_is_no_reason_of_its_own() -> None:
    [only] = rank("地域包括支援", "", (), KNOWN)
    assert (only.section, only.reasons) == ("S14", ("地域包括支援",))  # S11 has 地域
