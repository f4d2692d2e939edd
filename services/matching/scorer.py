"""Ranking the sections by what a proposal says: simple, and honest about why.

A section is what it says of itself: its duties and keywords. Pairs of characters that few sections use count
more (inverse document frequency); the score is the cosine between proposal and section. The reasons are the section's own
keywords that stand in the proposal: no word of the idea leaves it that is not the city's own.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from contracts.matching import Candidate
from guidelines import Edition, Section, load

NAME = "bigrams-and-keywords/1"
KEPT = 5  # candidates
KEYWORD = 6.0  # how much a keyword in the proposal counts beside a pair of characters


def rank(edition: Edition, texts: Iterable[str], theme_section: str | None = None) -> tuple[Candidate, ...]:
    """The best candidates first, at most five. The section that published the theme leads its proposals (GL4-1b)."""
    text = _normal(" ".join(texts))
    weights, vectors = _profiles(edition.id)
    mine = _weighted(_pairs(text), weights)
    scored = [_scored(section, text, _cosine(mine, vectors[section.id])) for section in edition.sections]
    scored.sort(
        key=lambda candidate: (candidate.section != theme_section, -candidate.score, candidate.section)
    )
    return tuple(c for c in scored[:KEPT] if c.score > 0 or c.section == theme_section)


def _scored(section: Section, text: str, likeness: float) -> Candidate:
    shared = tuple(keyword for keyword in section.keywords if _normal(keyword) in text)
    by_keywords = sum(len(keyword) for keyword in shared) * KEYWORD / 100
    score = 1 - math.exp(-(2 * likeness + by_keywords))
    return Candidate(section=section.id, score=round(score, 4), reasons=shared)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _pairs(text: str) -> Counter[str]:
    """Pairs of characters, without those of hiragana and punctuation alone, which say little."""
    pairs = (text[n : n + 2] for n in range(len(text) - 1))
    return Counter(pair for pair in pairs if any(_says_much(character) for character in pair))


def _says_much(character: str) -> bool:
    return character.isalnum() and not "ぁ" <= character <= "ゖ"


@cache
def _profiles(edition_id: str) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Weight of each pair, and each section as a vector of weighted pairs."""
    counted = {
        section.id: _pairs(_normal(f"{section.name} {section.duties} {' '.join(section.keywords)}"))
        for section in load(edition_id).sections
    }
    seen_in = Counter(pair for pairs in counted.values() for pair in pairs)
    weights = {pair: math.log(len(counted) / sections) for pair, sections in seen_in.items()}
    return weights, {section: _weighted(pairs, weights) for section, pairs in counted.items()}


def _weighted(pairs: Counter[str], weights: dict[str, float]) -> dict[str, float]:
    return {pair: (1 + math.log(count)) * weights[pair] for pair, count in pairs.items() if pair in weights}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    product = sum(weight * other[pair] for pair, weight in one.items() if pair in other)
    lengths: Sequence[float] = [math.sqrt(sum(w * w for w in vector.values())) for vector in (one, other)]
    return product / (lengths[0] * lengths[1]) if all(lengths) else 0.0
