"""Talks: minutes, goals, what the city provides (stream `partnership/<case>`; GL4-3a, GL4-3b, GL5-05)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from contracts.agreements.case import Side
from contracts.confidential import Confidential
from contracts.days import ZONE
from contracts.fact import Fact
from contracts.text import ClauseId, EditionId, Reason, Reference, SectionId, Text


class MinutesDrafted(Fact):
    """One side wrote down what was said; the other has not confirmed it yet."""

    number: int = Field(ge=1)  # counts within the case
    held_on: date
    text: Confidential[Text]
    by: Side


class DialogueHeld(Fact):
    """Both sides stand by these minutes."""

    number: int = Field(ge=1)
    held_on: date


class GoalsProposed(Fact):
    """One side put the goals in words, with the benefit for each side (GL4-3a, GL4-3b)."""

    number: int = Field(ge=1)  # counts from the last match on
    goals: Confidential[Text]
    benefit_city: Confidential[Text]
    benefit_partner: Confidential[Text]
    by: Side


class GoalsShared(Fact):
    """Both sides share the goals of this number."""

    number: int = Field(ge=1)


ResourceKind = Literal["field", "data", "expert"]  # 場所・施設, データ, 専門の職員


class ResourceRequested(Fact):
    """One side asks for something of the city's catalogue: a place, data, somebody who knows (GL5-05)."""

    number: int = Field(ge=1)  # counts within the case
    resource: Reference  # its id in the catalogue
    kind: ResourceKind
    section: SectionId  # in charge of it
    edition: EditionId  # whose catalogue it is
    purpose: Confidential[Reason]
    by: Side
    answer_by: date  # (V22)
    zone: str = ZONE


class ResourceGranted(Fact):
    """The section in charge lets the case use it, on these conditions."""

    number: int = Field(ge=1)
    resource: Reference
    conditions: Confidential[Reason] | None = None  # beside those of the catalogue
    licence: Reference | None = None


class ResourceRefused(Fact):
    """The section in charge cannot let the case use it (V07)."""

    number: int = Field(ge=1)
    resource: Reference
    reasons: Confidential[Reason]
    clauses: tuple[ClauseId, ...] = Field(min_length=1)
    edition: EditionId  # in which these clauses stand (V08)
