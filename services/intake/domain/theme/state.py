"""What is known of a theme, and what each of its facts changes.

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, assert_never

from contracts.confidential import Confidential
from contracts.intake import (
    EscalationRaised,
    IdeaRead,
    ThemeCancelled,
    ThemeClosed,
    ThemeConcluded,
    ThemeDrafted,
    ThemePublished,
    ThemeQuestionAnswered,
    ThemeQuestionAsked,
)
from contracts.text import Text

ThemeFact = (
    ThemeDrafted
    | ThemePublished
    | ThemeClosed
    | ThemeCancelled
    | ThemeConcluded
    | ThemeQuestionAsked
    | ThemeQuestionAnswered
    | EscalationRaised
    | IdeaRead
)


@dataclass(frozen=True, slots=True)
class Theme:
    """What decisions about a theme need to know."""

    status: Literal["new", "draft", "open", "closed", "cancelled", "concluded"] = "new"
    draft: ThemeDrafted | None = None  # the last one; what was published
    asked: int = 0  # questions so far
    waiting: Mapping[int, Confidential[Text]] = field(default_factory=lambda: MappingProxyType({}))
    escalated: frozenset[int] = frozenset()


def evolve(state: Theme, fact: ThemeFact) -> Theme:
    match fact:
        case ThemeDrafted():
            return Theme(status="draft", draft=fact)
        case ThemePublished():
            return replace(state, status="open")
        case ThemeClosed():
            return replace(state, status="closed")
        case ThemeCancelled():
            return replace(state, status="cancelled")
        case ThemeConcluded():
            return replace(state, status="concluded")
        case ThemeQuestionAsked(number=number):
            waiting = MappingProxyType({**state.waiting, number: fact.question})
            return replace(state, asked=number, waiting=waiting)
        case ThemeQuestionAnswered(number=number):
            left = {other: question for other, question in state.waiting.items() if other != number}
            return replace(state, waiting=MappingProxyType(left))
        case EscalationRaised(number=number):
            return replace(state, escalated=state.escalated | {number or 0})
        case IdeaRead():
            return state
        case _:
            assert_never(fact)
