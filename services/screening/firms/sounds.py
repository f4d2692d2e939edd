"""How names are read, so that ヤマト meets 大和 and IMAGINARY LABO meets イマジナリーラボ.

Readings come from SudachiDict, which is loaded when the first one is asked for. Words in Latin letters that it does
not know are romaji where they can be, and are compared by their consonants as well.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from services.screening.firms import latin
from services.screening.firms.characters import full, katakana

_KATAKANA = re.compile(r"[ァ-ヺー]+")
_LATIN = re.compile(r"[a-z][a-z']*")
_RUNS = re.compile(r"[㐀-鿿\U00020000-\U000323af]+|[ァ-ヺー]+|[a-z]+|.", re.S)
_ALIKE = str.maketrans("ヂヅヲヰヱヴ", "ジズオイエブ", "ー")
_BA = {"ア": "バ", "イ": "ビ", "エ": "ベ", "オ": "ボ"}
_LONG = re.compile(
    "(?<=[アカガサザタダナハバパマヤラワ])ア|(?<=[イキギシジチニヒビピミリ])イ|(?<=[ウクグスズツヌフブプムユル])ウ"
    "|(?<=[エケゲセゼテデネヘベペメレ])エ|(?<=[オコゴソゾトドノホボポモヨロ])[オウ]"
)
_UNVOICED = str.maketrans("ガギグゲゴザジズゼゾダデドバビブベボ", "カキクケコサシスセソタテトハヒフヘホ")
_LONGEST_WORD, _LONGEST_PART, _SHORTEST_ENGLISH = 4, 16, 4
_here = threading.local()  # a tokenizer serves one thread


@dataclass(frozen=True, slots=True)
class Sound:
    """A name as it is read: kana of one size without long vowels; letters that nobody could read stay."""

    kana: str
    consonants: tuple[str, ...]  # in each way that they may be read


@lru_cache(maxsize=4_096)
def sound(text: str) -> Sound:
    """The likeliest reading of a plain text."""
    read: list[str] = []
    bones: tuple[str, ...] = ("",)
    for word in _tokenizer().tokenize(_speakable(text)):
        surface, form = word.surface(), word.reading_form()
        if _LATIN.fullmatch(surface) and not _KATAKANA.fullmatch(form):
            compound = _compound(surface)
            read.append(katakana(compound or latin.kana(surface) or surface))
            bones = latin.joined(bones, latin.consonants(compound or surface))
        elif surface.isalnum():
            form = surface if _KATAKANA.fullmatch(katakana(surface)) else form
            read.append(katakana(form))
            bones = latin.joined(bones, latin.consonants(full(form)))
    return Sound(shortened("".join(read)), bones)


def _compound(word: str) -> str | None:
    """lighthouse: two words that are known, as kana."""
    for at in range(len(word) - _SHORTEST_ENGLISH, _SHORTEST_ENGLISH - 1, -1):
        head, tail = _looked_up(word[:at]), _looked_up(word[at:])
        if head and tail:
            return head[0] + tail[0]
    return None


def shortened(kana: str) -> str:
    """Without long vowels, however they are written: コンピューター, コンピュータ; オオバ, オーバ, オバ."""
    if "ヴ" in kana:
        kana = re.sub("ヴ([アイエオ])", lambda found: _BA[found[1]], katakana(kana))
    return _LONG.sub("", katakana(kana).translate(_ALIKE))


def parted(one: str, other: str) -> tuple[str, str]:
    """What is left of two plain texts without what both begin and end with."""
    one, other = katakana(one), katakana(other)
    ends = 0
    while ends < min(len(one), len(other)) and one[ends] == other[ends]:
        ends += 1
    one, other, ends = one[ends:], other[ends:], 0
    while ends < min(len(one), len(other)) and one[-1 - ends] == other[-1 - ends]:
        ends += 1
    return one[: len(one) - ends], other[: len(other) - ends]


def can_be_read_alike(one: str, other: str) -> bool:
    """Whether some reading of each part where two plain texts differ is the same: 輪 and わ, 夢峰 and ユメミネ."""
    one, other = parted(one, other)
    shorter, longer = sorted((one, other), key=len)
    if not shorter or len(longer) > _LONGEST_PART:
        return False
    if _KATAKANA.fullmatch(longer):
        if len(longer) > 4 * len(shorter):  # no kanji is read longer
            return False
    elif len(longer) > _LONGEST_WORD and not _KATAKANA.fullmatch(shorter):
        return False  # two long words that are both in kanji are other words
    return not _unvoiced(readings(one)).isdisjoint(_unvoiced(readings(other)))


def is_word(text: str) -> bool:
    """Whether a dictionary has it."""
    return bool(_looked_up(text))


def _unvoiced(found: tuple[str, ...]) -> set[str]:
    """川 is カワ, and ガワ after another word."""
    return {reading.translate(_UNVOICED) for reading in found}


@lru_cache(maxsize=2_048)
def readings(text: str, most: int = 64) -> tuple[str, ...]:
    """The readings that a dictionary has for the parts of a text, put together in every way, up to a bound."""
    found = [""]
    for run in _RUNS.findall(text):
        if _KATAKANA.fullmatch(run):
            options = [run]
        elif run.isascii() and run.isalpha():
            options = [*_looked_up(run), *filter(None, [latin.kana(run)]), latin.spelled(run)]
        elif run.isalnum():
            options = _of_kanji(run, most)
        else:
            continue
        found = [head + option for head in found for option in options][:most]
    return tuple(dict.fromkeys(shortened(reading) for reading in found))


def _of_kanji(run: str, most: int) -> list[str]:
    ways: list[list[str]] = [[""], *([] for _ in run)]
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            word = run[start:end]
            options = _looked_up(word) or ((word,) if len(word) == 1 else ())
            ways[end] += [head + option for head in ways[start] for option in options]
        ways[end] = list(dict.fromkeys(ways[end]))[:most]
    return ways[-1]


@lru_cache(maxsize=8_192)
def _looked_up(word: str) -> tuple[str, ...]:
    forms = (entry.reading_form() for entry in _dictionary().lookup(_speakable(word)))
    return tuple(dict.fromkeys(katakana(form) for form in forms if _KATAKANA.fullmatch(form)))


def _speakable(text: str) -> str:
    """Lone surrogates are no text, and the dictionary does not take them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _tokenizer() -> Any:
    if not hasattr(_here, "tokenizer"):
        _here.tokenizer = _dictionary().tokenizer()
    return _here.tokenizer


@cache
def _dictionary() -> Any:
    from sudachipy import Dictionary  # type: ignore[import-untyped]

    return Dictionary(dict="small")
