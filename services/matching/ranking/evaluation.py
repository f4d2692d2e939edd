"""How good the ranking is on labelled proposals: nothing is learnt from them, and none of their words is in a profile.

A file has one proposal a line, as JSON: `id`, `title`, `body`, `primary` (the section that should lead; null: none of
the city) and `acceptable` (every section that could rightly lead).

    recall@1   of those that fit, how many have their primary section first
    recall@3   of those that fit, how many have an acceptable section among the first three
    kept       of those that fit, how many are not said to fit nowhere
    flagged    of those that fit nowhere, how many are said to
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

import guidelines
from contracts.text import Name, SectionId, Text
from guidelines import Edition
from services.matching.ranking.ranker import ProposalText, Ranker, Ranking

FIRST = ProposalText("準備", "重いものを読み込むための一件")


class CannotBeRead(ValueError):
    """This file does not hold labelled proposals."""


class Labelled(BaseModel):
    """A proposal and which sections are right for it."""

    id: Name
    title: Name
    body: Text
    primary: SectionId | None
    acceptable: tuple[SectionId, ...] = ()
    resources: tuple[Name, ...] = Field(default=(), alias="requested_resources")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A proposal that came out otherwise than labelled."""

    id: str
    title: str
    expected: str | None
    ranked: tuple[str, ...]  # the first three
    none_fits: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares are None where the file has no proposal of that kind."""

    edition: str
    n: int
    recall_at_1: float | None
    recall_at_3: float | None
    kept: float | None
    flagged: float | None
    p95_ms: float
    wrong: tuple[Wrong, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "recall@1": self.recall_at_1,
            "recall@3": self.recall_at_3,
            "kept": self.kept,
            "flagged": self.flagged,
            "p95_ms": self.p95_ms,
            "n": self.n,
            "edition": self.edition,
            "wrong": [
                {"id": each.id, "expected": each.expected, "ranked": each.ranked, "none_fits": each.none_fits}
                for each in self.wrong
            ],
        }


def evaluate(file: Path, edition_id: str | None = None) -> Figures:
    """By the edition named, or else the latest that has every section of the file.

    Raises CannotBeRead, NoSuchEdition or BrokenPack.
    """
    proposals = read(file)
    edition = guidelines.load(edition_id) if edition_id else _edition_of(proposals, file)
    ranker = Ranker.load(edition)
    ranker.rank(FIRST)
    taken, rankings = [], []
    for each in proposals:
        began = time.perf_counter()
        rankings.append(ranker.rank(ProposalText(each.title, each.body, each.resources)))
        taken.append((time.perf_counter() - began) * 1000)
    both = list(zip(proposals, rankings, strict=True))
    fitting = [(each, ranking) for each, ranking in both if each.primary is not None]
    nowhere = [ranking for each, ranking in both if each.primary is None]
    return Figures(
        edition=edition.id,
        n=len(both),
        recall_at_1=_share([_first(ranking, 1) == (each.primary,) for each, ranking in fitting]),
        recall_at_3=_share([_right(each, ranking) for each, ranking in fitting]),
        kept=_share([not ranking.none_fits for _, ranking in fitting]),
        flagged=_share([ranking.none_fits for ranking in nowhere]),
        p95_ms=round(sorted(taken)[ceil(0.95 * len(taken)) - 1], 1),
        wrong=tuple(
            Wrong(each.id, each.title, each.primary, _first(ranking, 3), ranking.none_fits)
            for each, ranking in both
            if ranking.none_fits is (each.primary is not None)
            or (each.primary is not None and _first(ranking, 1) != (each.primary,))
        ),
    )


def read(file: Path) -> list[Labelled]:
    """Raises CannotBeRead, with the line."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CannotBeRead(f"{file}: {error}") from None
    proposals = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            proposals.append(Labelled.model_validate_json(line))
        except ValidationError as error:
            problem = error.errors(include_url=False)[0]
            where = ".".join(map(str, problem["loc"]))
            raise CannotBeRead(f"{file}, line {number}: {where}: {problem['msg']}") from None
    if not proposals:
        raise CannotBeRead(f"{file}: there is no proposal in it")
    return proposals


def _edition_of(proposals: Sequence[Labelled], file: Path) -> Edition:
    named = {section for each in proposals for section in (each.primary, *each.acceptable) if section}
    able = [
        edition
        for edition in map(guidelines.load, guidelines.editions())
        if named <= {section.id for section in edition.sections}
    ]
    if not able:
        raise CannotBeRead(f"{file}: no edition has all of {', '.join(sorted(named))}")
    return max(able, key=lambda edition: (len(edition.sections), edition.effective))


def _first(ranking: Ranking, count: int) -> tuple[str, ...]:
    return tuple(candidate.section for candidate in ranking.candidates[:count])


def _right(each: Labelled, ranking: Ranking) -> bool:
    return not {each.primary, *each.acceptable}.isdisjoint(_first(ranking, 3))


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 3) if hits else None
