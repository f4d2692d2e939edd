"""Japanese text as words: normalised forms (付属 and 附属, サーバ and サーバー are one) of those that carry meaning."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from threading import Lock
from typing import Any

READER = "sudachipy"
DICTIONARY = "sudachidict-small"
READ_AT_MOST = 5_000  # characters: the reader refuses more than 49,149 bytes
_MEANING = frozenset({"名詞", "動詞", "形容詞", "形状詞"})
_MEANS_LITTLE = frozenset({"数詞", "非自立可能", "代名詞"})

_one_at_a_time = Lock()


def plain(text: str) -> str:
    """On one line, in one width, and short enough to be read; what is no character of Unicode becomes ?."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(unicodedata.normalize("NFKC", whole).split())[:READ_AT_MOST]


def words(text: str) -> list[str]:
    """Normalised forms in the order of a plain text."""
    return [normalised for normalised, _ in spoken(text)]


def spoken(text: str) -> list[tuple[str, str]]:
    """Normalised form and the word as it stands there, in the order of a plain text."""
    with _one_at_a_time:
        return list(_spoken(text))


@cache
def identity() -> dict[str, str]:
    return {READER: version(READER), DICTIONARY: version(DICTIONARY)}


def _spoken(text: str) -> Iterator[tuple[str, str]]:
    for word in _reader().tokenize(text):
        kind = word.part_of_speech()
        if kind[0] in _MEANING and not _MEANS_LITTLE & set(kind[1:3]):
            yield word.normalized_form().casefold(), word.dictionary_form()


@cache
def _reader() -> Any:
    from sudachipy import SplitMode, dictionary  # type: ignore[import-untyped]

    return dictionary.Dictionary(dict="small").tokenizer(SplitMode.C)
