"""Which sections were considered for a case, and why in this order (stream `matching/<case>`)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from contracts.confidential import Confidential
from contracts.decision import Basis
from contracts.fact import Fact
from contracts.intake import Part
from contracts.text import (
    CaseId,
    EditionId,
    Name,
    Reference,
    SectionId,
)

Verdict = Literal["accepted", "declined"]


class Candidate(Part):
    """A section that was considered: the higher its score the better it fits, 0 where nothing speaks for it."""

    section: SectionId
    score: float = Field(ge=0, allow_inf_nan=False)  # comparable within one ranking only
    reasons: tuple[Name, ...] = ()  # words of the section's duties that the proposal shares; its theme
    terms: tuple[Name, ...] = ()  # words that its profile and the proposal share, those that count most first
    nearest: tuple[Name, ...] = ()  # sentences of its own profile that come nearest to the proposal


class LeftOut(Part):
    """A section that is not asked, and why: its whole staff is partial, or it leads as many cases as it can."""

    section: SectionId
    reason: Literal["conflict", "capacity"]
    running: int | None = Field(default=None, ge=0)  # cases that it leads
    capacity: int | None = Field(default=None, ge=0)


class Lesson(Part):
    """An earlier case that moved a section's score: what that section said, and how alike the proposals are."""

    case: CaseId
    section: SectionId
    verdict: Verdict
    likeness: float = Field(ge=0, le=1, allow_inf_nan=False)


class SectionsRanked(Fact):
    """The sections of the city were ranked for a proposal, best first. None where nothing speaks for any."""

    candidates: tuple[Candidate, ...]
    scorer: Reference  # name and version of the method
    edition: EditionId  # whose sections were considered
    basis: Basis | None = None  # what the ranking stands on, so that it can be made again
    none_fits: bool = False  # no section fits well enough to be asked without somebody's judgement
    left_out: tuple[LeftOut, ...] = ()  # considered, but not asked as things stood
    lessons: tuple[Lesson, ...] = ()  # earlier cases that moved a score
    fingerprint: Confidential[str] | None = None  # of the proposal, to find cases like it; tells its subject
