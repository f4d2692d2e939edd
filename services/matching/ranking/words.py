"""Japanese text as words: normalised forms (附属 and 付属, サーバー and サーバ are one) of those that carry meaning."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.metadata import version
from threading import Lock
from typing import Any

READER = "sudachipy"
DICTIONARY = "sudachidict-small"
_MEANING = frozenset({"名詞", "動詞", "形容詞", "形状詞"})
_MEANS_LITTLE = frozenset({"数詞", "非自立可能", "代名詞"})

_one_at_a_time = Lock()


def plain(text: str) -> str:
    """One width and one line; what is no character of Unicode becomes �."""
    whole = text.encode("utf-8", "replace").decode("utf-8", "replace")
    return " ".join(unicodedata.normalize("NFKC", whole).split())


def words(text: str) -> list[str]:
    """Normalised forms in the order of the text, which is `plain` and short (the reader takes 49,149 bytes)."""
    with _one_at_a_time:
        return [
            word.normalized_form().casefold()
            for word in _reader().tokenize(text)
            for kind in [word.part_of_speech()]
            if kind[0] in _MEANING and not _MEANS_LITTLE & set(kind[1:3])
        ]


@cache
def identity() -> dict[str, str]:
    return {READER: version(READER), DICTIONARY: version(DICTIONARY)}


@cache
def _reader() -> Any:
    from sudachipy import SplitMode, dictionary  # type: ignore[import-untyped]

    return dictionary.Dictionary(dict="small").tokenizer(SplitMode.C)
