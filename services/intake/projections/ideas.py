"""The idea itself, from its own stream each time: a copy in a table would be one more place with ideas (GL5-04)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contracts.confidential import plain
from contracts.fact import Fact
from contracts.intake import (
    ConsultationAnswered,
    ConsultationOpened,
    CorrectionSubmitted,
    ProposalSubmitted,
    ThemeQuestionAsked,
)

IDEA = ("title", "body", "requested_resources", "city_cost", "proposer", "related")
QUESTION = ("topic", "question", "organisation", "contact", "answer", "section")


def idea(facts: Iterable[Fact]) -> dict[str, Any] | None:
    """The proposal as last corrected, confidential: title, body, requested_resources, city_cost, proposer, related,
    and the notes to its corrections."""
    found: dict[str, Any] = {}
    notes: list[str] = []
    for fact in facts:
        if isinstance(fact, ProposalSubmitted | CorrectionSubmitted):
            found |= {name: value for name, value in _plain(fact, IDEA).items() if value is not None}
        if isinstance(fact, CorrectionSubmitted) and fact.note:
            notes.append(fact.note.reveal())
    return {**found, "notes": notes} if found else None


def consultation(facts: Iterable[Fact]) -> dict[str, Any] | None:
    """The question and its answer, confidential: topic, question, organisation, contact, answer, section."""
    found: dict[str, Any] = {}
    for fact in facts:
        if isinstance(fact, ConsultationOpened | ConsultationAnswered):
            found |= _plain(fact, QUESTION)
    return found or None


def theme_questions(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """Every question about a theme as it was asked, confidential: number, question, asked_on, answer_by."""
    names = ("number", "question", "asked_on", "answer_by")
    return [_plain(fact, names) for fact in facts if isinstance(fact, ThemeQuestionAsked)]


def words(facts: Iterable[Fact]) -> str:
    """All that was ever written into a proposal about its idea, corrected or not."""
    said: list[str] = []
    for fact in facts:
        if isinstance(fact, ProposalSubmitted | CorrectionSubmitted):
            parts = (fact.title, fact.body, *(fact.requested_resources or ()))
            said += [part.reveal() for part in parts if part is not None]
        if isinstance(fact, CorrectionSubmitted) and fact.note:
            said.append(fact.note.reveal())
    return "\n".join(said)


def _plain(fact: Fact, names: Iterable[str]) -> dict[str, Any]:
    return fact.model_dump(mode="json", include=set(names), by_alias=True, context={"seal": plain})
