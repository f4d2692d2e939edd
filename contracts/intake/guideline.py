"""The guideline (stream `guideline/<code of the city>`)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from contracts.days import ZONE
from contracts.fact import Fact
from contracts.intake.proposal import Part
from contracts.text import ClauseId, Digest, EditionId, Reason

RunningCases = Literal["keep", "migrate"]  # 従前の版による, 新しい版による (V32)


class ClauseRevised(Part):
    """A clause that an edition has and the one before had not, or the other way round, or in other words or sorts."""

    clause: ClauseId
    kind: Literal["added", "removed", "changed"]


class GuidelineRevised(Fact):
    """The mayor has decided that an edition supersedes the one before, from its first day on (GL6-4, V32)."""

    edition: EditionId
    supersedes: EditionId
    effective_on: date
    zone: str = ZONE
    running_cases: RunningCases
    clauses: tuple[ClauseRevised, ...] = ()  # in the order of the editions
    differences: int = Field(
        ge=0
    )  # of any kind: periods, sections, rules and all that `renkei guideline diff` tells
    diff: Digest  # SHA-256 over all of them, so that what was decided on can be told again
    digest: Digest  # of the files of the edition, as it is released
    reason: Reason


class EditionTookEffect(Fact):
    """The first day of an edition has come; the one before is superseded, and running cases stay or go with it."""

    edition: EditionId
    supersedes: EditionId
    running_cases: RunningCases
    reason: Reason
