"""A theme to test with, and a question about it (fictional)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from contracts.actors import Actor
from contracts.intake import (
    ThemeDrafted,
    ThemePublished,
    ThemeQuestionAnswered,
    ThemeQuestionAsked,
    criteria_version,
)
from services.intake.domain.theme import (
    THEME,
    AnswerThemeQuestion,
    AskThemeQuestion,
    CancelTheme,
    CloseTheme,
    ConcludeTheme,
    DraftTheme,
    EscalateThemeQuestion,
    PublishTheme,
    ReadThemeQuestions,
)
from tests.deciding import Deciding, by
from tests.intake.sample import HEAD, MONDAY, PROPOSER, TIMER, WINDOW

YOUTH = by("section:U-1701:S17")
OTHERS = by("section:U-0901:S09")

DRAFT: dict[str, Any] = {
    "title": "放課後のこどもの居場所づくり",
    "issue": "共働き世帯の増加により、放課後に安全に過ごせる場所が不足している。",
    "criteria": [
        {"name": "課題適合性", "weight": 40},
        {"name": "安全管理", "weight": 35},
        {"name": "独自性", "weight": 25},
    ],
    "min_total": 60,
    "budget": False,
    "opens": date(2023, 8, 1),
    "closes": date(2023, 8, 31),
}
VERSION = criteria_version([("課題適合性", 40), ("安全管理", 35), ("独自性", 25)], 60)
ASKED_TEXT = "空き教室で移動図書館のロボットを走らせる案を考えています。学校の鍵は借りられますか。"
RESTATED = "学校の施設は使えますか。"

theme = Deciding(THEME)


def draft(actor: Actor = YOUTH, **changed: Any) -> DraftTheme:
    return DraftTheme.model_validate({**DRAFT, **changed, "actor": actor, "at": MONDAY})


def publish(on: datetime = MONDAY) -> PublishTheme:
    return PublishTheme(actor=HEAD, at=on)


def close_theme(on: datetime) -> CloseTheme:
    return CloseTheme(actor=TIMER, at=on)


def cancel(actor: Actor = YOUTH) -> CancelTheme:
    return CancelTheme(actor=actor, at=MONDAY, reason="予算がなくなったため")


def conclude(actor: Actor = YOUTH, running: tuple[str, ...] = ()) -> ConcludeTheme:
    return ConcludeTheme(actor=actor, at=MONDAY, running=running)


def ask_about(text: str = ASKED_TEXT, on: datetime = MONDAY) -> AskThemeQuestion:
    fields = {"question": text, "answer_by": date(2023, 8, 28)}
    return AskThemeQuestion.model_validate({"actor": PROPOSER, "at": on, **fields})


def answer_it(
    number: int = 1, question: str = RESTATED, actor: Actor = YOUTH, **changed: Any
) -> AnswerThemeQuestion:
    fields = {"number": number, "question": question, "answer": "使用許可を受ければ使えます。", **changed}
    return AnswerThemeQuestion.model_validate({"actor": actor, "at": MONDAY, **fields})


def read_questions(actor: Actor = YOUTH) -> ReadThemeQuestions:
    return ReadThemeQuestions(actor=actor, at=MONDAY, purpose="回答の作成")


def escalate_question(on: datetime, number: int = 1) -> EscalateThemeQuestion:
    return EscalateThemeQuestion(actor=TIMER, at=on, number=number, due=date(2023, 8, 28))


DRAFTED = ThemeDrafted.model_validate({**DRAFT, "section": "S17"})
PUBLISHED = ThemePublished.model_validate(
    {**DRAFT, "section": "S17", "criteria_version": VERSION, "published_on": date(2023, 8, 21)}
)
QUESTION = ThemeQuestionAsked.model_validate(
    {"number": 1, "question": ASKED_TEXT, "asked_on": date(2023, 8, 21), "answer_by": date(2023, 8, 28)}
)
ANSWER = ThemeQuestionAnswered(
    number=1, question=RESTATED, answer="使用許可を受ければ使えます。", answered_on=date(2023, 8, 21)
)
STAFF = WINDOW
