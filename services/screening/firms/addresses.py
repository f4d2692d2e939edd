"""Where a firm is, as written: 三条二丁目1番8号 and 3条2丁目1-8 are one place; the prefecture may be left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from services.screening.firms.characters import katakana, plain

_PREFECTURES = (
    "北海道|青森県|岩手県|宮城県|秋田県|山形県|福島県|茨城県|栃木県|群馬県|埼玉県|千葉県|東京都|神奈川県|新潟県|富山県|石川県|福井県|"
    "山梨県|長野県|岐阜県|静岡県|愛知県|三重県|滋賀県|京都府|大坂府|兵庫県|奈良県|和歌山県|鳥取県|島根県|岡山県|広島県|山口県|徳島県|"
    "香川県|愛媛県|高知県|福岡県|佐賀県|長崎県|熊本県|大分県|宮崎県|鹿児島県|沖縄県"
)
_PREFECTURE = re.compile(rf"^(?:{plain(_PREFECTURES)})")
_POSTCODE = re.compile(r"^〒?\s*\d{3}-?\d{4}(?!\d)\s*")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")
_CITY = re.compile(  # with the names that bear 市, 町, 村 or 郡 within
    r"^(?:[^市区町村郡]{1,4}郡(?=[^市]))?"
    r"((?:市川|市原|四日市|廿日市|野野市|八日市|町田|大町|十日町|村山|東村山|武蔵村山|羽村|田村|大村|村上|郡山|郡上|小郡|蒲郡|大和郡山)市"
    r"|余市町|玉村町|[^\d]+?[市区町村])"
)
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_COUNTERS = r"丁目|番地|番|号|条|線|区画|街区|ノ(?=[\d一二三四五六七八九十])|-"
_KANJI_NUMBER = re.compile(
    rf"[〇一二三四五六七八九十百]+(?=\s*(?:{_COUNTERS})(?!町|村))|(?<=-)[〇一二三四五六七八九十百]+"
)
_COUNTED = re.compile(rf"(?<=\d)\s*(?:{_COUNTERS})(?:ノ(?=\d))?(?!町|村)")
_FLOOR = re.compile(r"(?:地下|b)?[\d一二三四五六七八九十]+\s*(?:階|f(?![a-z])|号室)")
_PARTS = re.compile(r"\d+|[^\d\s\-,、.]+")
_KE = re.compile(r"(?<=[㐀-鿿])[ケガ](?=[㐀-鿿])")
_NO = re.compile(r"(?<=[㐀-鿿])[之ノ](?=[㐀-鿿])")


class Place(Enum):
    """What two addresses say."""

    SAME = "same"  # the same plot; building and room may be left out
    NEAR = "near"  # the same municipality
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Address:
    prefecture: str | None
    city: str | None
    parts: tuple[str, ...]  # of the town, the numbers of the plot, then building and room

    @property
    def key(self) -> tuple[str, ...]:
        """What all ways of writing one plot have in common: the town and its first number, or two if they follow."""
        first = next((at for at, part in enumerate(self.parts) if part.isdigit()), 0)
        return self.parts[: first + 1 + "".join(self.parts[first + 1 : first + 2]).isdigit()] if first else ()


@lru_cache(maxsize=2_048)
def address(written: str | None) -> Address | None:
    """None where nothing was written."""
    text = _POSTCODE.sub("", _ASIDE.sub(" ", plain(written or "")).strip())
    found = _PREFECTURE.match(text)
    prefecture = found[0] if found else None
    text = re.sub(r"\s+", " ", text[len(prefecture or "") :]).strip()
    if not text:
        return Address(prefecture, None, ()) if prefecture else None
    found = _CITY.match(text)
    city = found[1] if found else None
    rest = katakana(text[found.end() :] if found else text)
    rest = _NO.sub("ノ", _KE.sub("ケ", rest.replace("大字", "").replace("字", "")))
    rest = _FLOOR.sub(" ", rest)
    rest = _COUNTED.sub("-", _KANJI_NUMBER.sub(lambda run: str(_value(run[0])), rest))
    return Address(prefecture, city, tuple(part.lstrip("0") or "0" for part in _PARTS.findall(rest)))


def compared(one: Address | None, other: Address | None) -> Place:
    if one is None or other is None:
        return Place.UNKNOWN
    if one.prefecture and other.prefecture and one.prefecture != other.prefecture:
        return Place.ELSEWHERE
    if one.city and other.city and one.city != other.city:
        return Place.ELSEWHERE
    if not (one.city or other.city or one.parts) or not (one.parts and other.parts):
        return Place.NEAR if one.city and one.city == other.city else Place.UNKNOWN
    if _one_plot(one.parts, other.parts):
        return Place.SAME
    return Place.NEAR if one.city and one.city == other.city else Place.ELSEWHERE


def _one_plot(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Town and numbers agree as far as both go, and where they part no number stands against a number."""
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    numbers = sum(part.isdigit() for part in one[:shared])
    if not shared or one[0].isdigit() or not numbers:
        return False
    left, right = one[shared : shared + 1], other[shared : shared + 1]
    if left and right and left[0].isdigit() and right[0].isdigit():
        return False  # 1-2 and 1-3
    further = any(part.isdigit() for part in left + right)
    return numbers > 1 or not further  # 1 and 1-2: too little of the first is known


def _value(run: str) -> int:
    """二十三 and 二三 are 23."""
    if not set(run) & set("十百"):
        return int(run.translate(_DIGITS))
    total = 0
    for unit, weight in (("百", 100), ("十", 10)):
        head, found, run = run.rpartition(unit) if unit in run else ("", "", run)
        if found:
            total += (int(head.translate(_DIGITS)) if head.translate(_DIGITS).isdigit() else 1) * weight
    return total + (int(run.translate(_DIGITS)) if run.translate(_DIGITS).isdigit() else 0)
