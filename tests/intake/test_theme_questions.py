"""Questions about a theme are asked in confidence and answered to all, without a word of any idea (V16)."""

from __future__ import annotations

import json
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.intake import IdeaRead, ThemeCancelled, ThemeClosed, ThemeQuestionAsked
from services.intake.domain.theme import (
    NoSuchQuestion,
    NotTheThemesSection,
    RepeatsAnIdea,
    RepeatsTheQuestion,
    ThemeAnswerNotDueYet,
    ThemeIsOver,
)
from services.intake.domain.wording import LONG_RUN, repeats
from services.intake.policies import NoSuchTheme, ThemeNotOpen
from services.intake.projections.themes import project_question
from tests.deciding import at
from tests.intake.sample import HEAD, WINDOW, recorded
from tests.intake.sample_theme import (
    ANSWER,
    ASKED_TEXT,
    DRAFTED,
    OTHERS,
    PUBLISHED,
    QUESTION,
    answer_it,
    ask_about,
    escalate_question,
    read_questions,
    theme,
)

OPEN = theme.given(DRAFTED, PUBLISHED)
ASKED = OPEN.given(QUESTION)


def test_anybody_asks_while_proposals_are_taken() -> None:
    assert OPEN.when(ask_about()) == [QUESTION]
    [second] = ASKED.when(ask_about("締切は何時までですか。"))
    assert isinstance(second, ThemeQuestionAsked)
    assert second.number == 2


def test_after_the_last_day_nobody_asks() -> None:
    for over in (OPEN.given(ThemeClosed()), OPEN.given(ThemeCancelled(reason="中止"))):
        with pytest.raises(ThemeNotOpen):
            over.when(ask_about())
    with pytest.raises(ThemeNotOpen):
        OPEN.when(ask_about(on=at("2023-09-01 00:00")))
    with pytest.raises(NoSuchTheme):
        theme.given(DRAFTED).when(ask_about())


def test_its_section_or_the_window_answers_to_all() -> None:
    assert ASKED.when(answer_it()) == [ANSWER]
    for actor in (WINDOW, HEAD):
        assert ASKED.when(answer_it(actor=actor)) == [ANSWER]
    with pytest.raises(NotTheThemesSection):
        ASKED.when(answer_it(actor=OTHERS))
    assert ASKED.given(ThemeClosed()).when(answer_it()) == [ANSWER]


def test_a_question_is_answered_once_and_where_there_is_one() -> None:
    for stream, number in ((OPEN, 1), (ASKED, 2), (ASKED.given(ANSWER), 1)):
        with pytest.raises(NoSuchQuestion):
            stream.when(answer_it(number))
    with pytest.raises(ThemeIsOver):
        ASKED.given(ThemeCancelled(reason="中止")).when(answer_it())


@pytest.mark.parametrize(
    "told",
    [
        ASKED_TEXT,
        "「空き教室で移動図書館のロボットを走らせる案」について質問がありました。",
        "空き教室で 移動図書館の、ロボットを走らせる 案",
        unicodedata.normalize("NFD", "空き教室で移動図書館のロボットを走らせる案"),
    ],
)
def test_v16_neither_restatement_nor_answer_repeats_the_question(told: str) -> None:
    with pytest.raises(RepeatsTheQuestion):
        ASKED.when(answer_it(question=told))
    with pytest.raises(RepeatsTheQuestion):
        ASKED.when(answer_it(answer=told))


def test_v16_what_is_published_anyway_may_be_said_again() -> None:
    about = f"テーマ「{DRAFTED.title}」では、{DRAFTED.issue}とありますが、移動図書館も含みますか。"
    asked = OPEN.after(ask_about(about))
    assert len(asked.when(answer_it(question=f"{DRAFTED.issue}とあるが、本を運ぶ催しも対象か。"))) == 1


def test_v16_words_of_a_proposal_are_not_published_either() -> None:
    with pytest.raises(RepeatsAnIdea):
        ASKED.when(answer_it(tells_of=("C07",)))


def test_v16_the_question_as_asked_is_in_no_read_model() -> None:
    shown = [
        change.doc for fact in (QUESTION, ANSWER) for change in project_question(recorded(fact, "theme"))
    ]  # type: ignore[union-attr]  # rows are only set here
    text = json.dumps(shown, ensure_ascii=False)
    assert ANSWER.question in text
    assert "ロボット" not in text


@given(st.text(min_size=8), st.text(), st.text())
def test_v16_a_text_that_holds_a_whole_secret_always_repeats_it(secret: str, before: str, after: str) -> None:
    meant = "".join(c for c in unicodedata.normalize("NFKC", secret).casefold() if c.isalnum())
    assert repeats(f"{before} {secret} {after}", secret) == (len(meant) >= 8)


def test_v16_a_usual_phrase_repeats_nothing() -> None:
    assert not repeats("学校の鍵は借りられません。", ASKED_TEXT)
    run = ASKED_TEXT[: LONG_RUN - 1]
    assert not repeats(run, ASKED_TEXT)
    assert repeats(ASKED_TEXT[: LONG_RUN + 1], ASKED_TEXT)


def test_v17_who_reads_the_questions_as_asked_is_kept() -> None:
    assert ASKED.when(read_questions()) == [
        IdeaRead(reader="U-1701", role=read_questions().actor.role, section="S17", purpose="回答の作成")
    ]
    with pytest.raises(NotTheThemesSection):
        ASKED.when(read_questions(OTHERS))


def test_v22_a_question_is_escalated_after_its_day_and_not_before() -> None:
    with pytest.raises(ThemeAnswerNotDueYet):
        ASKED.when(escalate_question(at("2023-08-28 23:59")))
    [fact] = ASKED.when(escalate_question(at("2023-08-29 00:00")))
    assert (fact.due, fact.number) == (date(2023, 8, 28), 1)  # type: ignore[union-attr]  # an EscalationRaised
    gone = ASKED.given(ThemeCancelled(reason="中止"))
    assert gone.when(escalate_question(at("2023-08-29 00:00"))) == []
