"""What is learnt from what sections accepted or declined: later proposals like those move a little, never far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.matching import Lesson, Verdict

LIKE_ENOUGH = 0.55  # below this an earlier case teaches nothing about a proposal
FARTHEST = 0.15  # the most that lessons add to a section's score, or take from it
TOLD_AT_MOST = 12  # lessons kept with a decision, the most alike


@dataclass(frozen=True, slots=True)
class PastCase:
    """What a section said to an earlier case, and the fingerprint of its proposal."""

    case: str
    section: str
    verdict: Verdict
    fingerprint: str


def shifts(lessons: Iterable[Lesson]) -> dict[str, float]:
    """Section → what its score gains or loses: the likeness beyond `LIKE_ENOUGH`, summed and bounded."""
    moved: dict[str, float] = {}
    for lesson in lessons:
        weight = (lesson.likeness - LIKE_ENOUGH) / (1 - LIKE_ENOUGH)
        sign = 1 if lesson.verdict == "accepted" else -1
        moved[lesson.section] = moved.get(lesson.section, 0.0) + sign * weight * FARTHEST
    return {section: max(-FARTHEST, min(FARTHEST, by)) for section, by in sorted(moved.items())}
