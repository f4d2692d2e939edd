"""What people can ask of an evaluation, and who of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pydantic import Field

from chassis.decider import Command, Given
from contracts.actors import Pseudonym, Role
from contracts.agreements import Criterion, Score, Total
from contracts.confidential import Confidential
from contracts.text import Digest, Name, Reason, ThemeId

WINDOW = frozenset({Role.WINDOW})
REVIEWER = frozenset({Role.REVIEWER})


@dataclass(frozen=True, slots=True)
class LockedCriteria:
    """What was locked for a theme that published no criteria (V20)."""

    theme: ThemeId
    version: Digest


class LockCriteria(Command):
    """Lock what all proposals to a theme are weighed by, where none was published with it: once, for all of them."""

    by: ClassVar[frozenset[Role]] = WINDOW
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=20)
    min_total: Total


class OpenEvaluation(Command):
    """Lock criteria, reviewers and quorum, and let the reviewers score."""

    by: ClassVar[frozenset[Role]] = WINDOW
    locked: Given[LockedCriteria | None] = None  # for the theme of the case
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=20)
    min_total: Total
    reviewers: tuple[Pseudonym, ...] = Field(min_length=1, max_length=50)
    quorum: int = Field(ge=1, le=50)


class SubmitScore(Command):
    """Score every criterion, 0 to 100. Nobody else reads it before the evaluation is concluded; it stands."""

    by: ClassVar[frozenset[Role]] = REVIEWER
    scores: dict[Name, Score] = Field(min_length=1, max_length=20)
    comment: Confidential[Reason] | None = None


class Abstain(Command):
    """Do not score this case, though without a conflict of interest."""

    by: ClassVar[frozenset[Role]] = REVIEWER
    reason: Confidential[Reason] | None = None


class Recuse(Command):
    """Take no part in this evaluation for a conflict of interest; or, for the office, keep a reviewer from it."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.REVIEWER, Role.WINDOW})
    reviewer: Pseudonym
    reason: Confidential[Reason]


class NameReviewer(Command):
    """Name a reviewer in the place of one who is recused or abstains."""

    by: ClassVar[frozenset[Role]] = WINDOW
    reviewer: Pseudonym
    in_place_of: Pseudonym


class ConcludeEvaluation(Command):
    """End the evaluation, once enough reviewers have scored."""

    by: ClassVar[frozenset[Role]] = WINDOW
