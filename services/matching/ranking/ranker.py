"""Sections for a proposal, best first, with why; whether any fits; and the same again from the record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np

import guidelines
from contracts.decision import Basis, canonical
from contracts.matching import Candidate, Lesson
from guidelines import Edition
from services.matching.ranking import encoder, words
from services.matching.ranking.lessons import LIKE_ENOUGH, TOLD_AT_MOST, PastCase, shifts
from services.matching.ranking.profile import Profiles, profiles

SCORER = "renkei-ranking/1"
RULE = "ranking"
THEME = "テーマの担当課"
AT_MOST = 5
READ_AT_MOST = 2_000  # characters of a body that are read; what a proposal is about stands before that
FITS = 0.35


@dataclass(frozen=True, slots=True)
class ProposalText:
    """What a proposal is ranked by."""

    title: str
    body: str
    resources: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256; it stands for the words in what everybody may read."""
        whole = canonical([self._safe(self.title), self._safe(self.body), [*map(self._safe, self.resources)]])
        return hashlib.sha256(whole.encode()).hexdigest()

    def read(self) -> str:
        """What is read of it."""
        resources = " ".join(self.resources)[:READ_AT_MOST]
        return words.plain(f"{self.title} {self.body[:READ_AT_MOST]} {resources}")

    @staticmethod
    def _safe(text: str) -> str:
        return text.encode("utf-8", "surrogatepass").hex()


@dataclass(frozen=True, slots=True)
class Ranking:
    """What `SectionsRanked` keeps of a ranking."""

    candidates: tuple[Candidate, ...]
    none_fits: bool
    lessons: tuple[Lesson, ...]
    fingerprint: str  # confidential
    basis: Basis


class Ranker:
    """Ranks against the profiles of one edition, with what was learnt so far. Safe to call from any thread."""

    def __init__(self, edition: Edition, past: Sequence[PastCase] = ()) -> None:
        self._edition = edition
        self._past = tuple(past)

    @classmethod
    def load(cls, edition: Edition, past: Sequence[PastCase] = ()) -> Ranker:
        """Cheap: what is heavy is loaded at the first ranking, and kept for the process."""
        return cls(edition, past)

    def rank(self, text: ProposalText, theme_section: str | None = None) -> Ranking:
        """Best first, five at most; the section that set the theme leads (GL4-1b)."""
        known = profiles(self._edition.sections)
        vector = encoder.encode([text.read()])
        lessons = _lessons(self._past, vector, known)
        return _rank(self._edition, known, text, vector, lessons, theme_section)


def rerun(basis: Basis, text: ProposalText) -> Basis:
    """The ranking made again from what was recorded, and the words, which are in the log with their proposal."""
    inputs = json.loads(basis.inputs)
    edition = guidelines.load(basis.edition)
    lessons = [Lesson.model_validate(each) for each in inputs["lessons"]]
    vector = encoder.encode([text.read()])
    return _rank(edition, profiles(edition.sections), text, vector, lessons, inputs["theme_section"]).basis


def _rank(
    edition: Edition,
    known: Profiles,
    text: ProposalText,
    vector: encoder.Vectors,
    lessons: Sequence[Lesson],
    theme_section: str | None,
) -> Ranking:
    said = words.words(text.read())
    near = encoder.likeness(vector, known.vectors)[0]
    lexical = known.lexicon.get_scores(said).astype(np.float64)
    lexical = lexical / max(lexical.max(), 1e-9)
    moved = shifts(lessons)
    scores = {}
    for place, section in enumerate(known.sections):
        best = np.sort(near[known.owners == place])[::-1][:3].mean()
        scores[section] = round(
            max(0.0, float(0.7 * best + 0.3 * lexical[place]) + moved.get(section, 0.0)), 3
        )
    order = sorted(scores, key=lambda section: (section != theme_section, -scores[section], section))
    candidates = tuple(
        _candidate(known, section, scores, near, said, theme_section) for section in order[:AT_MOST]
    )
    none_fits = theme_section is None and max(scores.values()) < FITS
    inputs = {
        "text": text.digest,
        "theme_section": theme_section,
        "lessons": [lesson.model_dump(mode="json") for lesson in lessons],
        "packages": {**words.identity(), "bm25s": version("bm25s"), "encoder": encoder.identity()},
    }
    result = {"sections": [[c.section, c.score] for c in candidates], "none_fits": none_fits}
    basis = Basis(
        edition=edition.id,
        rule=RULE,
        digest=known.digest,
        engine=SCORER,
        inputs=canonical(inputs),
        result=canonical(result),
        trace=canonical({"scores": scores}),
    )
    return Ranking(candidates, none_fits, tuple(lessons), encoder.to_text(vector[0]), basis)


def _candidate(
    known: Profiles, section: str, scores: dict[str, float], near: Any, said: list[str], theme: str | None
) -> Candidate:
    place = known.sections.index(section)
    mine = np.flatnonzero(known.owners == place)
    nearest = sorted(mine, key=lambda each: (-near[each], each))[:3]
    terms = sorted(known.words[place] & set(said))[:8]
    return Candidate(
        section=section,
        score=scores[section],
        reasons=((THEME,) if section == theme else ()) + tuple(terms),
        terms=tuple(terms),
        nearest=tuple(known.sentences[each] for each in nearest),
    )


def _lessons(past: Sequence[PastCase], vector: encoder.Vectors, known: Profiles) -> list[Lesson]:
    if not past:
        return []
    theirs = np.stack([encoder.from_text(each.fingerprint) for each in past])
    alike = encoder.likeness(vector, theirs)[0]
    lessons = [
        Lesson(
            case=each.case,
            section=each.section,
            verdict=each.verdict,
            likeness=min(1.0, round(float(how), 3)),
        )
        for each, how in zip(past, alike, strict=True)
        if how > LIKE_ENOUGH and each.section in known.sections
    ]
    return sorted(lessons, key=lambda each: (-each.likeness, each.case, each.section))[:TOLD_AT_MOST]
