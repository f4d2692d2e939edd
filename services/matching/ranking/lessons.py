"""What is learnt from what sections accepted or declined: later proposals like those move a little, never far."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from contracts.matching import Lesson, Verdict
from services.matching.ranking.encoder import SIZE, Vectors, likeness

LIKE_ENOUGH = 0.45  # of a hundred pairs of proposals for different sections, one is more alike
FARTHEST = 1.0  # the most that lessons add to a section's score, or take from it: seldom the gap to the next
KEPT_AT_MOST = 12  # lessons that move a decision and are kept with it, the most alike


@dataclass(frozen=True, slots=True)
class PastCase:
    """What a section said to an earlier case, and the fingerprint of its proposal."""

    case: str
    section: str
    verdict: Verdict
    fingerprint: str


def lessons_for(vector: Vectors, past: Sequence[PastCase], sections: Collection[str]) -> tuple[Lesson, ...]:
    """Those of the past that are like enough, the most alike first. Raises ValueError for a broken fingerprint."""
    past = [each for each in past if each.section in sections]
    if not past:
        return ()
    alike = likeness(vector[None], _vectors(each.fingerprint for each in past))[0]
    order = sorted(
        (-min(1.0, round(how, 3)), each.case, each.section, each.verdict)
        for each, how in zip(past, alike.tolist(), strict=True)
        if how >= LIKE_ENOUGH
    )
    return tuple(
        Lesson(case=case, section=section, verdict=verdict, likeness=-unlike)
        for unlike, case, section, verdict in order[:KEPT_AT_MOST]
    )


def shifts(lessons: Iterable[Lesson]) -> dict[str, float]:
    """Section → what its score gains or loses: by each lesson the more, the more alike, and bounded in sum."""
    moved: dict[str, float] = {}
    for lesson in lessons:
        weight = (lesson.likeness - LIKE_ENOUGH) / (1 - LIKE_ENOUGH)
        sign = 1 if lesson.verdict == "accepted" else -1
        moved[lesson.section] = moved.get(lesson.section, 0.0) + sign * weight
    return {
        section: round(max(-1.0, min(1.0, by)) * FARTHEST, 3) for section, by in sorted(moved.items()) if by
    }


def fingerprint(vector: Vectors) -> str:
    """It tells what a text is about, and is confidential like the text."""
    return base64.b64encode(vector.astype(np.int8).tobytes()).decode()


def _vectors(fingerprints: Iterable[str]) -> Vectors:
    bytes_ = b"".join(map(_bytes, fingerprints))
    return np.frombuffer(bytes_, dtype=np.int8).reshape(-1, SIZE).astype(np.float64)


@lru_cache(maxsize=4_096)  # every ranking looks at all that was learnt
def _bytes(fingerprint: str) -> bytes:
    bytes_ = base64.b64decode(fingerprint, validate=True)
    if len(bytes_) != SIZE:
        raise ValueError("not a fingerprint of this encoder")
    return bytes_
