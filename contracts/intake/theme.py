"""Themes that sections post (stream `theme/<theme>`; GL4-1b)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

import orjson
from pydantic import Field

from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake.proposal import Part
from contracts.text import Digest, Name, Reason, SectionId, Text, Yen


class ThemeCriterion(Part):
    """What proposals to a theme are weighed by, and how much it counts of a hundred."""

    name: Name
    weight: int = Field(ge=1, le=100)


def criteria_version(criteria: Iterable[tuple[str, int]], min_total: float) -> str:
    """What identifies criteria and the least total, wherever a proposal is weighed by them (V20).

    SHA-256 over `{"criteria": [[name, weight], …], "min_total": 60.0}` as JSON without blanks, in their order.
    """
    weighed = {"criteria": [list(one) for one in criteria], "min_total": float(min_total)}
    return hashlib.sha256(orjson.dumps(weighed)).hexdigest()


class ThemeDrafted(Fact):
    """A section wrote down a need that it wants proposals for (GL4-1b); not public yet, the last draft counts."""

    section: SectionId
    title: Name
    issue: Text
    criteria: tuple[ThemeCriterion, ...] = Field(min_length=1)  # their weights make a hundred
    min_total: int = Field(ge=0, le=100)
    budget: bool
    budget_yen: Yen | None = None
    opens: date  # first and last day for proposals, both included
    closes: date


class ThemePublished(Fact):
    """Proposals are asked for; what they are weighed by is fixed from here on (V20)."""

    section: SectionId
    title: Name
    criteria: tuple[ThemeCriterion, ...] = Field(min_length=1)
    min_total: int = Field(ge=0, le=100)
    criteria_version: Digest
    opens: date
    closes: date
    published_on: date


class ThemeClosed(Fact):
    """The last day for proposals is over."""


class ThemeCancelled(Fact):
    """The need is withdrawn; proposals that came for it turn free."""

    reason: Reason


class ThemeConcluded(Fact):
    """Every proposal to the theme came to an end or to an agreement."""


class ThemeQuestionAsked(Fact):
    """Somebody asks about a theme. May tell of an idea: only its restatement is published (V16)."""

    number: int = Field(ge=1)  # counts within the theme
    question: Confidential[Text]
    asked_on: date
    answer_by: date


class ThemeQuestionAnswered(Fact):
    """Question, restated without any idea, and answer, published to all (GL5-01, V16)."""

    number: int = Field(ge=1)
    question: Text
    answer: Text
    answered_on: date
