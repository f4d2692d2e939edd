"""Questions about a theme: asked in confidence, answered to all (GL5-01, V16).

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from chassis.decider import Refused
from contracts.days import day
from contracts.intake import EscalationRaised, IdeaRead, ThemeQuestionAnswered, ThemeQuestionAsked
from services.intake.domain.theme.commands import (
    AnswerThemeQuestion,
    AskThemeQuestion,
    EscalateThemeQuestion,
    ReadThemeQuestions,
)
from services.intake.domain.theme.state import Theme
from services.intake.domain.wording import repeats
from services.intake.policies import NoSuchTheme, ThemeNotOpen

ANSWERING = ("open", "closed")


class ThemeIsOver(Refused):
    """This theme is cancelled or concluded; nothing more is answered about it."""


class NoSuchQuestion(Refused):
    """No question of this number waits for an answer."""


class RepeatsTheQuestion(Refused):
    """What is published repeats the question in its own words; say it anew, so that no idea is told."""


class RepeatsAnIdea(Refused):
    """What is published repeats words of a proposal to this theme; say it anew, so that no idea is told."""


class ThemeAnswerNotDueYet(Refused):
    """The answer may still be published until the end of its day."""


def ask(command: AskThemeQuestion, state: Theme) -> list[ThemeQuestionAsked]:
    """As long as proposals are taken, from the publication on."""
    if state.status in ("new", "draft") or state.draft is None:
        raise NoSuchTheme()
    if state.status != "open" or day(command.at) > state.draft.closes:
        raise ThemeNotOpen(f"Its last day was {state.draft.closes}.")
    return [
        ThemeQuestionAsked(
            number=state.asked + 1,
            question=command.question,
            asked_on=day(command.at),
            answer_by=command.answer_by,
        )
    ]


def read(command: ReadThemeQuestions) -> list[IdeaRead]:
    """V17: a question may tell of an idea."""
    actor = command.actor
    return [IdeaRead(reader=actor.id, role=actor.role, section=actor.section, purpose=command.purpose)]


def answer(command: AnswerThemeQuestion, state: Theme) -> list[ThemeQuestionAnswered]:
    """V16: all read the same, and none of them an idea: neither of who asked, nor of who proposed."""
    if state.status not in ANSWERING or state.draft is None:
        raise ThemeIsOver()
    question = state.waiting.get(command.number)
    if question is None:
        raise NoSuchQuestion()
    known = f"{state.draft.title}\n{state.draft.issue}"
    for text in (command.question, command.answer):
        if repeats(text, question.reveal(), known):
            raise RepeatsTheQuestion()
    if command.tells_of:
        raise RepeatsAnIdea()
    return [
        ThemeQuestionAnswered(
            number=command.number,
            question=command.question,
            answer=command.answer,
            answered_on=day(command.at),
        )
    ]


def escalate(command: EscalateThemeQuestion, state: Theme) -> list[EscalationRaised]:
    """V22: a question that waits longer than promised."""
    waits = command.number in state.waiting and state.status in ANSWERING
    if not waits or command.number in state.escalated:
        return []
    if day(command.at) <= command.due:
        raise ThemeAnswerNotDueYet(f"It is due on {command.due}.")
    return [EscalationRaised(waiting_for="theme_answer", due=command.due, number=command.number)]
