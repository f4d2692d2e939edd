"""Sections for a proposal, best first, with why; whether any fits; and the same again from the record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

import guidelines
from contracts.decision import Basis, canonical
from contracts.matching import Candidate, Lesson
from guidelines import Edition
from services.matching.ranking import encoder, words
from services.matching.ranking.encoder import Vectors
from services.matching.ranking.evidence import Evidence, evidence, nearest, none_fits, terms
from services.matching.ranking.lessons import PastCase, fingerprint, lessons_for, shifts
from services.matching.ranking.outside import outside
from services.matching.ranking.profile import Profiles, profiles

SCORER = "renkei-ranking/1"
RULE = "ranking"
LEXICON = "bm25s"
THEME = "テーマの担当課"
AT_MOST = 5  # candidates
TERMS = 8
SENTENCES = 3
LONGEST = 200  # characters of what is told of a profile
BODY = 2_000  # characters of a body that are read: what a proposal is about stands before that


@dataclass(frozen=True, slots=True)
class ProposalText:
    """What a proposal is ranked by."""

    title: str
    body: str
    resources: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """What is read of it."""
        return words.plain(f"{self.title}{self.body[:BODY]} {' '.join(self.resources)}")

    @property
    def digest(self) -> str:
        """SHA-256 of all of it: it stands for the words where they may not be."""
        whole = json.dumps([self.title, self.body, *self.resources])  # ASCII, whatever the text holds
        return hashlib.sha256(whole.encode()).hexdigest()


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
        known = _profiles(self._edition)
        vector = encoder.vector(text.plain)
        lessons = lessons_for(vector, self._past, known.sections)
        return _ranked(self._edition.id, known, text, vector, lessons, theme_section)


def rerun(basis: Basis, text: ProposalText) -> Basis:
    """The ranking made again from what was recorded, and the words, which the log keeps with their proposal.

    Differs where the profiles, the packages or the words are not those of then. Raises NoSuchEdition.
    """
    inputs = json.loads(basis.inputs)
    lessons = [Lesson.model_validate(each) for each in inputs["lessons"]]
    vector = encoder.vector(text.plain)
    known = _profiles(guidelines.load(basis.edition))
    return _ranked(basis.edition, known, text, vector, lessons, inputs["theme_section"]).basis


@cache
def _packages() -> dict[str, object]:
    return {**words.identity(), LEXICON: version(LEXICON), "encoder": encoder.identity()}


def _profiles(edition: Edition) -> Profiles:
    return profiles(edition.sections, outside(edition.id))


def _ranked(
    edition: str,
    known: Profiles,
    text: ProposalText,
    vector: Vectors,
    lessons: Sequence[Lesson],
    theme: str | None,
) -> Ranking:
    found = evidence(text.plain, vector, known)
    moved = shifts(lessons)
    scores = {
        section: round(float(score) + moved.get(section, 0.0), 3)
        for section, score in zip(known.sections, found.scores, strict=False)
    }
    order = sorted(scores, key=lambda section: (section != theme, -scores[section]))
    candidates = tuple(
        _candidate(known, found, section, scores[section], section == theme)
        for section in order[:AT_MOST]
        if scores[section] > 0 or section == theme
    )
    nobody = none_fits(found, scores, known) and theme not in known.sections
    inputs = {
        "text": text.digest,
        "theme_section": theme,
        "lessons": [lesson.model_dump(mode="json") for lesson in lessons],
        "packages": _packages(),
    }
    result = {"sections": [[each.section, each.score] for each in candidates], "none_fits": nobody}
    basis = Basis(
        edition=edition,
        rule=RULE,
        digest=known.digest,
        engine=SCORER,
        inputs=canonical(inputs),
        result=canonical(result),
        trace=canonical(_trace(known, found, scores, moved)),
    )
    return Ranking(candidates, nobody, tuple(lessons), fingerprint(vector), basis)


def _candidate(known: Profiles, found: Evidence, section: str, score: float, themes: bool) -> Candidate:
    """Why is said in words of the section's own profile, never in those of the idea alone (GL5-04)."""
    place = known.sections.index(section)
    shared = tuple(term[:LONGEST] for term in terms(found, place, known)[:TERMS])
    return Candidate(
        section=section,
        score=max(0.0, score),
        reasons=((THEME,) if themes else ()) + shared,
        terms=shared,
        nearest=tuple(known.asked.texts[n][:LONGEST] for n in nearest(found, place, known)[:SENTENCES]),
    )


def _trace(
    known: Profiles, found: Evidence, scores: Mapping[str, float], moved: Mapping[str, float]
) -> dict[str, object]:
    """For every section what its score is made of; and what kind of matter of others the proposal is nearest to."""

    def parts(place: int) -> dict[str, object]:
        told: dict[str, object] = {
            "meaning": round(float(found.meaning[place]), 3),
            "words": round(float(found.words[place]), 3),
        }
        return told | ({"not_for": round(float(found.not_for[place]), 3)} if found.not_for[place] else {})

    sections = {
        section: parts(place)
        | {"score": scores[section]}
        | ({"lessons": moved[section]} if section in moved else {})
        for place, section in enumerate(known.sections)
    }
    if not known.kinds:
        return {"sections": sections}
    place = len(known.sections)
    first = nearest(found, place, known)[0]
    others = parts(place) | {
        "score": round(float(found.scores[place]), 3),
        "kind": known.kinds[first],
        "nearest": known.asked.texts[first],
    }
    return {"sections": sections, "outside": others}
