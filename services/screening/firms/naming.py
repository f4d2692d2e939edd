"""How alike two names are, in points of a hundred, and the sentence that says why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from services.screening.firms.forms import Change, change
from services.screening.firms.names import ENDS_IN_BRANCH, FirmName, Name
from services.screening.firms.sounds import Sound, can_be_read_alike, parted, sound

IDENTICAL, READ_ALIKE, SLIP, UNLIKE = 100, 95, 70, 45
"""One name · another way to write it · it may be a slip of the pen · at most, where the names are two."""

FORM_CHANGED, FORM_OF_ANOTHER_KIND, FORMER_NAME = 70, 40, 95  # per cent of the points that are left

_SHAPES = str.maketrans("二力口工夕卜八三千一才又匕0", "ニカロエタトハミチーオヌヒo")
_TELLING = frozenset(
    "0123456789一二三四五六七八九十甲乙丙丁東西南北中上下左右前後内外新旧大小本分春夏秋冬"
)  # what tells sisters apart
BONES = 4  # consonants that are enough to tell a name by
_REGION = re.compile(
    "北海道|東北|関東|関西|近畿|中部|東海|北陸|信越|甲信|山陰|山陽|中国|四国|九州|沖縄|首都圏|札幌|仙台|東京|横浜|名古屋|京都|大坂|神戸|広島|福岡"
)
_SAME_NAME = "名称が同じ(法人格の書き方、字体、全角・半角、空白の違いを除く)"
_SAME_BUT_BRANCH = "支店・営業所などの名を除いて名称が同じ"
_SHORTEST_SLIP, _TWO_SLIPS, _READ_SLIP = 4, 9, 6  # letters


@dataclass(frozen=True, slots=True)
class Naming:
    """The two names that are most alike, of all that the records give."""

    points: int
    how: str  # what is alike; blank where nothing is
    form: Change
    forms: tuple[str, str]
    branch: bool
    identical: bool


def compared(one: FirmName, other: FirmName) -> Naming | None:
    """None where either has no name to compare."""
    found = [
        _naming(a, b, former=a not in one.own or b not in other.own)
        for a, b in product(one.all, other.all)
        if a.key and b.key
    ]
    return max(found, key=lambda naming: naming.points, default=None)


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
    return Naming(points, how, form, (one.form or "", other.form or ""), branch, how == _SAME_NAME)


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
    return _by_consonants(left, right) or _by_letters(one, other, left, right)


def _by_consonants(left: Sound, right: Sound) -> tuple[int, str] | None:
    if not (left.guessed or right.guessed):
        return None
    shorter, longer = sorted((left.consonants, right.consonants), key=len)
    if shorter == longer and len(shorter) >= BONES:
        return READ_ALIKE, "英字とカナの名称で、子音の並びが同じ"
    if len(longer) > BONES and OSA.distance(shorter, longer) <= (1 if len(longer) < _TWO_SLIPS else 2):
        return SLIP, "英字とカナの名称で、子音の並びがほぼ同じ"
    return None


def _by_letters(one: Name, other: Name, left: Sound, right: Sound) -> tuple[int, str]:
    if _branch_of(one.key, other.key):
        return SLIP, _SAME_BUT_BRANCH
    if not _told_apart(one.key, other.key):
        slips = _slips(one.key, other.key)
        if not slips and min(len(left.kana), len(right.kana)) >= _READ_SLIP:
            slips = _slips(left.kana, right.kana)
        if slips:
            return SLIP, f"名称が{slips}文字違い"
        if can_be_read_alike(one.text, other.text):
            return SLIP, "漢字の読み方によっては、名称の読みが同じ"
    return int(UNLIKE * fuzz.ratio(one.key, other.key) / 100), ""


def _slips(one: str, other: str) -> int:
    """How many letters differ, if a slip explains it; 0 if not, as for a word more at either end."""
    length = max(len(one), len(other))
    allowed = 0 if length < _SHORTEST_SLIP else 1 if length < _TWO_SLIPS else 2
    count = OSA.distance(one, other, score_cutoff=2)
    if not 0 < count <= allowed:
        return 0
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < len(longer) and (longer.startswith(shorter) or longer.endswith(shorter)):
        end = longer.removeprefix(shorter) if longer.startswith(shorter) else longer.removesuffix(shorter)
        return count if len(end) == 1 and not _has_kanji(end) and not end.isascii() else 0
    return int(count)


def _told_apart(one: str, other: str) -> bool:
    """Sisters bear one name with another numeral, direction or region: 第一 and 第二, 東北 and 東海."""
    left, right = parted(one, other)
    regions = set(_REGION.findall(one)), set(_REGION.findall(other))
    return (bool(left or right) and set(left + right) <= _TELLING) or (
        all(regions) and regions[0] != regions[1]
    )


def _branch_of(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return (
        len(shorter) > 1
        and longer.startswith(shorter)
        and bool(ENDS_IN_BRANCH.search(longer[len(shorter) :]))
    )


def _has_kanji(text: str) -> bool:
    return any("㐀" <= letter <= "鿿" or letter >= "\U00020000" for letter in text)
