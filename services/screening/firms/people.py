"""Who represents a firm, as written: with a title or without, spaced or not, in old or new characters, in kana."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from services.screening.firms.characters import plain, squeezed
from services.screening.firms.sounds import readings, sound

_TITLES = (
    "代表取締役|代表執行役|代表理事|代表社員|代表役員|業務執行社員|職務執行者|取締役|執行役員?|理事長|理事|会長|社長|副社長|専務|常務|"
    "頭取|総裁|学長|総長|機構長|校長|学校長|園長|院長|施設長|組合長|代表者?|店主|事業主|役員|相談役|住職|宮司|"
    "ceo|coo|president|representative director|mr|ms|mrs|dr"
)
_HEADS = (
    "支店長|支社長|支部長|営業所長|事業所長|出張所長|事務所長|事務局長|工場長|センター長|病院長|学部長|研究科長|"
    "本部長|部長|所長|店長"
)
_TITLE = re.compile(
    rf"^(?:(?:{_TITLES}|{_HEADS})(?:兼(?=\S))?[\s:・./]*)+(?=\S)|[\s(]*(?:{_TITLES}|{_HEADS})[\s)]*$|\s*(?:様|殿|氏)$"
)
_HEAD = re.compile(_HEADS)
_ASIDE = re.compile(r"\([^()]*\)")
_MOST_READINGS = 16
_KANJI = re.compile(r"[㐀-鿿]")


class Who(Enum):
    """What the representatives of two records say."""

    SAME = "same"
    FAMILY = "family"  # the same family name, another given name
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Person:
    words: tuple[str, ...]
    key: str
    read: frozenset[str]  # as written, and each way it can be read
    branch: bool  # heads a branch, so that the firm's own representative is somebody else


@lru_cache(maxsize=2_048)
def people(written: str | None) -> tuple[Person, ...]:
    """Everyone who is named, nobody where nothing was written."""
    text = plain(written or "")
    found = []
    for part in re.split(r"[、,;/\n]", text):
        head = bool(_HEAD.search(part))
        name = _ASIDE.sub(" ", part).strip()
        while (shorter := _TITLE.sub("", name).strip()) != name:
            name = shorter
        if squeezed(name):
            words = tuple(name.split())
            found.append(Person(words, squeezed(name), _read(words), head))
    return tuple(found)


def compared(some: tuple[Person, ...], others: tuple[Person, ...]) -> Who:
    """The best that any two of them say."""
    said = {_compared(one, other) for one in some for other in others}
    return next(
        (who for who in (Who.SAME, Who.FAMILY, Who.UNKNOWN, Who.DIFFERENT) if who in said), Who.UNKNOWN
    )


def _compared(one: Person, other: Person) -> Who:
    if not one.read.isdisjoint(other.read):
        return Who.SAME
    if _family(one, other) or _family(other, one):
        return Who.FAMILY
    return Who.UNKNOWN if one.branch != other.branch else Who.DIFFERENT


def _read(words: tuple[str, ...]) -> frozenset[str]:
    whole = "".join(words)
    return frozenset([squeezed(whole), sound(whole).kana, *readings(whole, _MOST_READINGS)])


def _family(one: Person, other: Person) -> bool:
    """Where a space tells the family name; two names without one share two kanji at least."""
    if len(one.words) > 1:
        return squeezed(one.words[0]) == squeezed(other.words[0]) or (
            len(other.words) == 1 and other.key.startswith(squeezed(one.words[0]))
        )
    return one.key[:2] == other.key[:2] and len(_KANJI.findall(one.key[:2])) == 2
