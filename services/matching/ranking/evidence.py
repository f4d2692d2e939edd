"""What speaks for each section: how near its sentences come to a proposal, and how many of its words it uses.

Both are put on one scale (how far a section stands out among all, in standard deviations) and added, so that neither
needs a weight. What is outside is one more place on that scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from services.matching.ranking.encoder import Figures, Vectors, likeness
from services.matching.ranking.profile import Profiles, Sentences
from services.matching.ranking.words import words

NEAREST = 5  # sentences of a section that count: one alone may be near by chance
NOT_FOR = 1.0  # taken off where what a section does not do comes nearer than anything it is asked for
AHEAD = 1.5  # how far the best section has to stand before what is outside
FAINT = 0.2  # likeness that means nothing


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of one proposal, for each place; lessons are not in it."""

    meaning: Figures
    words: Figures
    not_for: Figures  # 0, or what is taken off
    near: Figures  # likeness of each sentence of the profiles
    said: frozenset[str]  # normalised forms
    faint: bool  # nothing speaks for any section

    @property
    def scores(self) -> Figures:
        total: Figures = self.meaning + self.words - self.not_for
        return total


def evidence(text: str, vector: Vectors, known: Profiles) -> Evidence:
    """Of a plain text and its vector."""
    said = words(text)
    near = likeness(vector[None], known.asked.vectors)[0]
    closest = np.array([_nearest(near, known.asked, place, NEAREST) for place in range(known.places)])
    first = np.array([_nearest(near, known.asked, place, 1) for place in range(known.places)])
    lexical = _lexical(said, known)
    refused = likeness(vector[None], known.not_for.vectors)[0]
    denied = np.array([_nearest(refused, known.not_for, place, 1) for place in range(known.places)])
    sections = len(known.sections)
    return Evidence(
        meaning=_standing_out(closest),
        words=_standing_out(lexical),
        not_for=np.where(denied > first, NOT_FOR, 0.0),
        near=near,
        said=frozenset(said),
        faint=bool(closest[:sections].max() < FAINT and lexical[:sections].max() <= 0),
    )


def none_fits(found: Evidence, scores: Mapping[str, float], known: Profiles) -> bool:
    """Whether nobody should be asked without somebody's judgement: nothing speaks for any section, or what speaks for
    the best does not stand clearly before what speaks for a matter of others."""
    if found.faint or not known.kinds:
        return found.faint
    return bool(max(scores.values()) - found.scores[-1] < AHEAD)


def terms(found: Evidence, place: int, known: Profiles) -> tuple[str, ...]:
    """Words of a section's profile that the proposal uses, those that fewer sections have first."""
    theirs = known.words[place]
    shared = sorted(found.said & theirs.keys(), key=lambda word: (-known.weights[word], word))
    return tuple(dict.fromkeys(theirs[word] for word in shared))


def nearest(found: Evidence, place: int, known: Profiles) -> list[int]:
    """Places of the sentences of a section, the nearest first."""
    return sorted(np.flatnonzero(known.asked.owners == place).tolist(), key=lambda n: (-found.near[n], n))


def _lexical(said: list[str], known: Profiles) -> Figures:
    if not said:
        return np.zeros(known.places)
    return np.asarray(known.lexicon.get_scores(said), dtype=np.float64)


def _nearest(near: Figures, sentences: Sentences, place: int, count: int) -> float:
    theirs = np.sort(near[sentences.owners == place])[::-1][:count]
    return float(theirs.mean()) if theirs.size else -1.0


def _standing_out(figures: Figures) -> Figures:
    spread = float(figures.std())
    standing: Figures = (figures - figures.mean()) / spread if spread > 0 else np.zeros_like(figures)
    return standing
