"""How well a proposal fits each section: by the words of the section's published duties that it uses.

Pure and simple on purpose: whoever is asked sees why, in words of their own duties. It knows no synonyms; people
decide. A word counts the more the fewer sections share it, and twice in the title.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from contracts.matching import Candidate
from contracts.text import SectionId
from guidelines import Section

SCORER = "duty-words/1"
AT_MOST = 5
TITLE_COUNTS = 2
THEME = "テーマの担当課"

# Words in a duty are runs of kanji, katakana or letters of two or more; between them stands grammar.
_WORD = re.compile(r"[一-龠々]{2,}|[ァ-ヶー]{2,}|[a-z][a-z0-9-]+")
# Said in everybody's duties, or in every proposal: they tell no section from another.
_EVERYWHERE = frozenset(
    {"提案", "相談", "推進", "管理", "支援", "事業", "計画", "実施", "整備", "活用", "運営"}
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of each section's duties, in the order of the edition, and what each word weighs."""

    sections: tuple[tuple[SectionId, frozenset[str]], ...]
    weights: Mapping[str, float]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]  # the longest word first


def vocabulary(sections: Sequence[Section]) -> Vocabulary:
    """A word weighs the log of how many sections there are for each that has it."""
    words = tuple((section.id, _words(section)) for section in sections)
    shared_by = Counter(word for _, those in words for word in those)
    weights = {word: log(1 + len(words) / n) for word, n in shared_by.items()}
    longest_first = sorted(weights, key=lambda word: (-len(word), word))
    return Vocabulary(words, weights, tuple((word, _pattern(word)) for word in longest_first))


def rank(
    title: str,
    body: str,
    resources: Iterable[str],
    known: Vocabulary,
    theme_section: SectionId | None = None,
) -> tuple[Candidate, ...]:
    """The sections that something speaks for, best first, five at most; the one that set the theme leads (GL4-1b).

    Equal scores stand in the order of the edition. Reasons hold words of the section's duties, never of the idea.
    """
    score = {word: known.weights[word] for word in _found(known, "\n".join((body, *resources)))}
    score |= {word: known.weights[word] * TITLE_COUNTS for word in _found(known, title)}

    def candidate(id_: SectionId, words: frozenset[str]) -> Candidate:
        found = sorted(words & score.keys(), key=lambda word: (-score[word], word))
        reasons = ((THEME,) if id_ == theme_section else ()) + tuple(found)
        return Candidate(section=id_, score=round(sum(score[word] for word in found), 3), reasons=reasons)

    ranked = [candidate(id_, words) for id_, words in known.sections]
    ranked.sort(key=lambda each: (each.section != theme_section, -each.score))
    return tuple(each for each in ranked if each.reasons)[:AT_MOST]


def _words(section: Section) -> frozenset[str]:
    """The section's keywords, and the words of its duties."""
    keywords = {_plain(keyword) for keyword in section.keywords}
    return frozenset((keywords | set(_WORD.findall(_plain(section.duties)))) - _EVERYWHERE)


def _found(known: Vocabulary, text: str) -> list[str]:
    """The words that the text uses, the longest first: who writes 地域包括支援 does not mean 地域."""
    rest, found = _plain(text), []
    for word, pattern in known.patterns:
        if word in rest and pattern.search(rest):
            found.append(word)
            rest = pattern.sub("\n", rest)
    return found


def _pattern(word: str) -> re.Pattern[str]:
    """Japanese has no spaces; letters do, and `ev` is not in `level`."""
    return re.compile(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])" if word.isascii() else re.escape(word))


def _plain(text: str) -> str:
    """Width and case do not matter: ＡＩ, AI and ai are one word."""
    return unicodedata.normalize("NFKC", text).casefold()
