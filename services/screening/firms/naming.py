"""How alike two names are, in points of a hundred, and the sentence that says why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from services.screening.firms.forms import Change, change
from services.screening.firms.names import ENDS_IN_BRANCH, FirmName, Name
from services.screening.firms.sounds import Sound, can_be_read_alike, is_word, parted, sound

IDENTICAL, READ_ALIKE, SLIP, UNLIKE = 100, 95, 70, 45
"""One name · another way to write it · it may be a slip of the pen · at most, where the names are two."""

FORM_CHANGED, FORM_OF_ANOTHER_KIND, FORMER_NAME = 70, 40, 95  # per cent of the points that are left

_SHAPES = str.maketrans("二力口工夕卜八三千一才又匕01i", "ニカロエタトハミチーオヌヒoll")
_TELLING = frozenset("0123456789一二三四五六七八九十甲乙丙丁東西南北上下左右前後新旧大小春夏秋冬")
BONES = 4  # consonants that are enough to tell a name by
_REGION = re.compile(
    "北海道|東北|関東|関西|近畿|中部|東海|北陸|信越|甲信|山陰|山陽|中国|四国|九州|沖縄|首都圏|札幌|仙台|東京|横浜|名古屋|京都|大坂|神戸|広島|福岡"
)
_KANA = re.compile("[ァ-ヺ]")
_LATIN = re.compile("[a-z]")
_SAME_NAME = "名称が同じ(法人格の書き方、字体、全角・半角、空白の違いを除く)"
_SAME_BUT_BRANCH = "支店・営業所などの名を除いて名称が同じ"
_SHORTEST_SLIP, _TWO_SLIPS, _READ_SLIP, _TWICE_SEEN = 3, 9, 6, 4  # letters


@dataclass(frozen=True, slots=True)
class Naming:
    """The two names that are most alike, of all that the records give."""

    points: int
    how: str  # what is alike; blank where nothing is
    form: Change
    forms: tuple[str, str]
    branch: bool


def compared(one: FirmName, other: FirmName) -> Naming | None:
    """None where either has no name to compare."""
    found = [
        _naming(a, b, former=a not in one.own or b not in other.own)
        for a, b in product(one.all, other.all)
        if a.key and b.key
    ]
    if told := _told_beside(one, other):
        found.append(told)
    return max(found, key=lambda naming: naming.points, default=None)


def _told_beside(one: FirmName, other: FirmName) -> Naming | None:
    """旧商号 and the like in words that could not be taken apart: the other's name is in them."""
    for told, name in ((one.told, other.own[0]), (other.told, one.own[0])):
        if len(name.key) >= _TWICE_SEEN and name.key in told:
            return Naming(
                SLIP, "名称に併記された語の中に、もう一方の名称がある", Change.UNKNOWN, ("", ""), False
            )
    return None


def _naming(one: Name, other: Name, former: bool) -> Naming:
    points, how = _alike(one, other)
    form = change(one.form, other.form)
    if form is Change.POSSIBLE:
        points = points * FORM_CHANGED // 100
    if form is Change.IMPOSSIBLE:
        points = points * FORM_OF_ANOTHER_KIND // 100
    if former:
        points, how = points * FORMER_NAME // 100, how and f"併記された名称(旧商号など)で見ると、{how}"
    branch = one.branch or other.branch or how.endswith(_SAME_BUT_BRANCH)
    return Naming(points, how, form, (one.form or "", other.form or ""), branch)


def shape(key: str) -> str:
    """The same for letters that are taken for each other: ニ and 二."""
    return key.translate(_SHAPES)


def _alike(one: Name, other: Name) -> tuple[int, str]:
    if one.key == other.key:
        return IDENTICAL, _SAME_NAME
    left, right = sound(one.text), sound(other.text)
    if left.kana and left.kana == right.kana:
        if all(map(_has_kanji, parted(one.text, other.text))):
            return SLIP, "漢字は違うが、読みが同じ"
        return READ_ALIKE, "名称の読みが同じ(かな・カナ・漢字・ローマ字、長音の違い)"
    if shape(one.key) == shape(other.key):
        return READ_ALIKE, "形の似た文字(ニと二、カと力など)を除いて名称が同じ"
    return _by_consonants(one, other) or _by_letters(one, other, left, right)


def _by_consonants(one: Name, other: Name) -> tuple[int, str] | None:
    """Where they differ one is in Latin letters, the other is not."""
    parts = parted(one.text, other.text)
    if not all(parts) or len([part for part in parts if _LATIN.search(part)]) != 1:
        return None
    shared = _shared(sound(one.text), sound(other.text))
    if any(len(bones) >= BONES for bones in shared):
        return READ_ALIKE, "英字とカナの名称で、子音の並びが同じ"
    if any(len(bones) > 1 for bones in shared):
        return SLIP, "英字とカナの短い名称で、子音の並びが同じ"
    left, right = map(sound, parts)
    if any(_nearly(*sorted(pair, key=len)) for pair in product(left.consonants, right.consonants)):
        return SLIP, "英字とカナの名称で、子音の並びがほぼ同じ"
    return None


def _shared(left: Sound, right: Sound) -> set[str]:
    return set(left.consonants) & set(right.consonants)


def _nearly(shorter: str, longer: str) -> bool:
    return len(longer) >= BONES and OSA.distance(shorter, longer) <= (1 if len(longer) < _TWO_SLIPS else 2)


def _by_letters(one: Name, other: Name, left: Sound, right: Sound) -> tuple[int, str]:
    if _branch_of(one.key, other.key):
        return SLIP, _SAME_BUT_BRANCH
    if not _told_apart(one.key, other.key):
        slips = _slips(one.key, other.key)
        kana = any(map(_KANA.search, parted(one.text, other.text)))  # and not a word in kanji more or less
        if not slips and kana and min(len(left.kana), len(right.kana)) >= _READ_SLIP:
            slips = _slips(left.kana, right.kana)
        if slips:
            return SLIP, f"名称が{slips}文字違い"
        if can_be_read_alike(one.text, other.text):
            return SLIP, "漢字の読み方によっては、名称の読みが同じ"
    return int(UNLIKE * fuzz.ratio(one.key, other.key) / 100), ""


def _slips(one: str, other: str) -> int:
    """How many letters differ, if a slip explains it; 0 if not, as for another word, or one more at either end."""
    length = max(len(one), len(other))
    allowed = 0 if length < _SHORTEST_SLIP else 1 if length < _TWO_SLIPS else 2
    if length == _SHORTEST_SLIP and one[-1:] != other[-1:]:
        return 0  # the last letter of a short name is half of what it says
    count = OSA.distance(one, other, score_cutoff=2)
    if not 0 < count <= allowed:
        return 0
    left, right = parted(one, other)
    if count > 1 and set(left).isdisjoint(right):
        return 0
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < len(longer) and (longer.startswith(shorter) or longer.endswith(shorter)):
        more = left + right
        return count if len(more) == 1 and not _has_kanji(more) and not more.isascii() else 0
    return int(count)


def _told_apart(one: str, other: str) -> bool:
    """Sisters bear one name with another numeral, direction, region, or word at the end (工業, 産業)."""
    left, right = parted(one, other)
    if left and right and set(left + right) <= _TELLING:
        return True
    regions = [set(_REGION.findall(each)) for each in (one, other)]
    if all(regions) and regions[0] != regions[1]:
        return True
    ends = {one[-2:], other[-2:]}
    return len(ends) == 2 and all(_has_kanji(end) and is_word(end) for end in ends)


def _branch_of(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return (
        len(shorter) > 1
        and longer.startswith(shorter)
        and bool(ENDS_IN_BRANCH.search(longer[len(shorter) :]))
    )


def _has_kanji(text: str) -> bool:
    return any("㐀" <= letter <= "鿿" or letter >= "\U00020000" for letter in text)
