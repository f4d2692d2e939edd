"""What can be asked of a theme, by whom."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field

from chassis.decider import Command, Given
from contracts.actors import Role
from contracts.confidential import Confidential
from contracts.intake import ThemeCriterion
from contracts.text import CaseId, Name, Reason, Text, Yen
from services.intake.domain.roles import OFFICE, PROPOSER_OR_WINDOW, SECTION, TIMER, WINDOW_HEAD


class DraftTheme(Command):
    """Write down a need that proposals are wanted for. Until it is published, the last draft counts."""

    by: ClassVar[frozenset[Role]] = SECTION
    title: Name
    issue: Text
    criteria: tuple[ThemeCriterion, ...] = Field(min_length=1, max_length=50)
    min_total: int = Field(ge=0, le=100)
    budget: bool
    budget_yen: Yen | None = None
    opens_on: date = Field(alias="opens")  # first and last day for proposals, both included
    closes_on: date = Field(alias="closes")


class PublishTheme(Command):
    """Publish the draft; criteria, weights and days are fixed from here on."""

    by: ClassVar[frozenset[Role]] = WINDOW_HEAD
    section_known: Given[bool] = True  # to the edition in force


class CloseTheme(Command):
    """The last day for proposals is over."""

    by: ClassVar[frozenset[Role]] = TIMER


class CancelTheme(Command):
    """Withdraw the need, with the reason; proposals that came for it turn free."""

    by: ClassVar[frozenset[Role]] = SECTION | WINDOW_HEAD
    reason: Reason


class ConcludeTheme(Command):
    """Every proposal to the theme came to an end or to an agreement."""

    by: ClassVar[frozenset[Role]] = SECTION | WINDOW_HEAD
    running: Given[tuple[CaseId, ...]] = ()


class AskThemeQuestion(Command):
    """Ask about a theme. Only a restatement by the office is published, with its answer."""

    by: ClassVar[frozenset[Role]] = PROPOSER_OR_WINDOW
    question: Confidential[Text]
    answer_by: Given[date]


class ReadThemeQuestions(Command):
    """Read the questions as they were asked, and say for what."""

    by: ClassVar[frozenset[Role]] = SECTION | OFFICE
    purpose: Name


class AnswerThemeQuestion(Command):
    """Publish a question, restated without any idea, and its answer."""

    by: ClassVar[frozenset[Role]] = SECTION | OFFICE
    number: int = Field(ge=1)
    question: Text
    answer: Text
    tells_of: Given[tuple[CaseId, ...]] = ()  # proposals whose words stand in it


class EscalateThemeQuestion(Command):
    """The answer should have been published by the end of `due`."""

    by: ClassVar[frozenset[Role]] = TIMER
    number: int = Field(ge=1)
    due: date


ThemeCommand = (
    DraftTheme
    | PublishTheme
    | CloseTheme
    | CancelTheme
    | ConcludeTheme
    | AskThemeQuestion
    | ReadThemeQuestions
    | AnswerThemeQuestion
    | EscalateThemeQuestion
)
