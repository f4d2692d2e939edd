"""What a section is known by: its published duties, keywords, and the sentences of what it is asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import bm25s  # type: ignore[import-untyped]
import numpy as np
import numpy.typing as npt

from contracts.decision import canonical
from guidelines import Section
from services.matching.ranking.encoder import Vectors, encode
from services.matching.ranking.words import plain, words


@dataclass(frozen=True, slots=True)
class Profiles:
    """Those of every section of an edition: sentences with their vectors, and an index of their words."""

    sections: tuple[str, ...]
    sentences: tuple[str, ...]
    owners: npt.NDArray[np.int64]  # of each sentence, as a place in `sections`
    vectors: Vectors
    words: tuple[frozenset[str], ...]  # of each section
    lexicon: bm25s.BM25  # one document for each section
    digest: str


def sentences_of(section: Section) -> tuple[str, ...]:
    return (section.duties, *section.asked_for, *section.examples)


@cache
def profiles(sections: tuple[Section, ...]) -> Profiles:
    """Made once for the sections of an edition: about a second for a thousand sentences."""
    mine = [[plain(text) for text in sentences_of(section)] for section in sections]
    sentences = [text for texts in mine for text in texts]
    owners = [place for place, texts in enumerate(mine) for _ in texts]
    documents = [
        [word for text in (section.name, *section.keywords, *texts) for word in words(plain(text))]
        for section, texts in zip(sections, mine, strict=True)
    ]
    lexicon = bm25s.BM25()
    lexicon.index(documents, show_progress=False)
    return Profiles(
        sections=tuple(section.id for section in sections),
        sentences=tuple(sentences),
        owners=np.array(owners),
        vectors=encode(sentences),
        words=tuple(map(frozenset, documents)),
        lexicon=lexicon,
        digest=digest(sections),
    )


def digest(sections: Sequence[Section]) -> str:
    """SHA-256 of all that sections are ranked by."""
    content = [section.model_dump(mode="json", exclude={"capacity", "contact"}) for section in sections]
    return hashlib.sha256(canonical(content).encode()).hexdigest()
