"""What the pilot is weighed by, by whom, and what they found (GL4-4; V19, V20, V25).

Criteria of a theme are locked on a stream of their own, `theme-criteria/<theme>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from contracts.actors import Pseudonym
from contracts.agreements.pilot import PilotEnd
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake import Part
from contracts.text import A_NUMBER, Digest, Name, Reason, ThemeId

Score = Annotated[int, Field(ge=0, le=100), A_NUMBER]
Total = Annotated[float, Field(ge=0, le=100)]


class Criterion(Part):
    """What proposals are weighed by, and how much it counts of a hundred."""

    name: Name
    weight: Annotated[int, Field(ge=1, le=100), A_NUMBER]


class CriteriaLocked(Fact):
    """What all proposals to a theme are weighed by, before the first of them is opened (V20)."""

    criteria: tuple[Criterion, ...] = Field(min_length=1)  # their weights make a hundred
    min_total: Total
    criteria_version: Digest


class EvaluationOpened(Fact):
    """Criteria, reviewers and quorum stand; nobody changes them from here on (GL5-01, V20)."""

    criteria: tuple[Criterion, ...] = Field(min_length=1)  # their weights make a hundred
    min_total: Total
    reviewers: tuple[Pseudonym, ...] = Field(min_length=1)
    quorum: int = Field(ge=1)
    theme: ThemeId | None = None
    criteria_version: Digest | None = None  # of the theme: the same for all proposals to it (V20)


class ReviewerNamed(Fact):
    """A reviewer was named in the place of one who is recused or abstains."""

    reviewer: Pseudonym
    in_place_of: Pseudonym


class ScoreSubmitted(Fact):
    """A reviewer scored every criterion, 0 to 100."""

    reviewer: Pseudonym
    scores: Confidential[Mapping[Name, Score]]  # blind until the evaluation is concluded
    comment: Confidential[Reason] | None = None


class ReviewerRecused(Fact):
    """A reviewer has a conflict and takes no part; a score handed in before counts no longer (V19)."""

    reviewer: Pseudonym
    reason: Confidential[Reason]


class ReviewerAbstained(Fact):
    """A reviewer does not score this case, without a conflict of interest."""

    reviewer: Pseudonym
    reason: Confidential[Reason] | None = None


class PilotEvaluated(Fact):
    """The evaluation is over, whether the pilot was completed, aborted or unnecessary (V25). A milestone.

    `total` is the mean of the reviewers' weighted sums, 0 to 100, rounded down to hundredths so that rounding lifts
    nobody over `min_total`; `scores` is how many reviewers it stands on.
    """

    pilot: PilotEnd
    total: Total
    min_total: Total
    scores: int = Field(ge=1)
