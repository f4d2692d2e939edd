"""What sections are known by: their published duties and keywords, and the sentences of what they are asked for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from threading import Lock

import bm25s  # type: ignore[import-untyped]
import numpy as np
import numpy.typing as npt

from contracts.decision import canonical
from guidelines import Section
from services.matching.ranking.encoder import Vectors, encode
from services.matching.ranking.outside import Outside
from services.matching.ranking.words import plain, spoken

Places = npt.NDArray[np.int64]

_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences with their vectors, and whose each is, as a place among the sections."""

    texts: tuple[str, ...]
    owners: Places
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Profiles:
    """Those of every section of an edition. What is outside stands behind the last section, as one more place."""

    sections: tuple[str, ...]
    asked: Sentences
    not_for: Sentences
    kinds: Mapping[int, str]  # place in `asked` of a sentence that is outside → which kind it is of
    words: tuple[Mapping[str, str], ...]  # of each section: normalised form → as its profile has it
    weights: Mapping[str, float]  # of a word: the fewer sections have it, the more
    lexicon: bm25s.BM25  # a document for each place
    digest: str

    @property
    def places(self) -> int:
        return len(self.sections) + bool(self.kinds)


def sentences_of(section: Section) -> tuple[str, ...]:
    """What a proposal is compared with."""
    return (section.duties, *section.asked_for, *section.examples)


def profiles(sections: tuple[Section, ...], outside: tuple[Outside, ...]) -> Profiles:
    """Made once: about a second for a thousand sentences."""
    with _one_at_a_time:
        return _profiles(sections, outside)


@cache
def _profiles(sections: tuple[Section, ...], outside: tuple[Outside, ...]) -> Profiles:
    asked = [(place, plain(text)) for place, section in enumerate(sections) for text in sentences_of(section)]
    others = [(kind.name, plain(text)) for kind in outside for text in kind.examples]
    not_for = [(place, plain(text)) for place, section in enumerate(sections) for text in section.not_for]
    named = [" ".join((section.name, *section.keywords)) for section in sections]
    documents = [
        [word for owner, text in asked if owner == place for word in spoken(text)] + spoken(plain(name))
        for place, name in enumerate(named)
    ]
    shared_by = Counter(word for document in documents for word in {normalised for normalised, _ in document})
    lexicon = bm25s.BM25()
    everybody = [*documents, [word for _, text in others for word in spoken(text)]][
        : len(sections) + bool(others)
    ]
    lexicon.index([[normalised for normalised, _ in each] for each in everybody], show_progress=False)
    return Profiles(
        sections=tuple(section.id for section in sections),
        asked=_sentences([*asked, *((len(sections), text) for _, text in others)]),
        not_for=_sentences(not_for),
        kinds={len(asked) + n: name for n, (name, _) in enumerate(others)},
        words=tuple(dict(reversed(document)) for document in documents),
        weights={word: log(1 + len(sections) / count) for word, count in shared_by.items()},
        lexicon=lexicon,
        digest=digest(sections, outside),
    )


def digest(sections: Sequence[Section], outside: Sequence[Outside]) -> str:
    """SHA-256 of all that is ranked by: a section's capacity and contact are not."""
    content = {
        "sections": [
            section.model_dump(mode="json", exclude={"capacity", "contact"}) for section in sections
        ],
        "outside": [kind.model_dump(mode="json") for kind in outside],
    }
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _sentences(owned: Sequence[tuple[int, str]]) -> Sentences:
    texts = tuple(text for _, text in owned)
    return Sentences(texts, np.array([owner for owner, _ in owned], dtype=np.int64), encode(texts))
