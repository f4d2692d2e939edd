"""Corporate numbers (法人番号) as they are written, and what two of them say."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from rapidfuzz.distance import OSA

from contracts.text import check_digit

_LENGTH = 13
_BEFORE = re.compile(
    r"^(?:jp-?jcn-?|t)(?=\d)"
)  # Open Contracting's prefix, and the one of 適格請求書発行事業者
_BETWEEN = re.compile(r"[\s\-‐-―−ー,.]")


@dataclass(frozen=True, slots=True)
class Number:
    """The digits, and whether they are a corporate number: 13 of them, and the first one checks the others."""

    digits: str
    valid: bool


class Numbers(Enum):
    """What the numbers of two records say."""

    SAME = "same"
    UNKNOWN = "unknown"  # one is missing, or a number that cannot be right tells nothing
    SLIP = "slip"  # one digit wrong, missing, too many or two exchanged, and one of the two cannot be right
    DIFFERENT = "different"  # both can be right: in law two organisations


def number(written: str | None) -> Number | None:
    """None where nothing that looks like a number was written."""
    if not written:
        return None
    text = _BETWEEN.sub("", unicodedata.normalize("NFKC", written[:64])).lower()
    text = _BEFORE.sub("", text)
    if not re.fullmatch(r"[0-9]{1,32}", text):
        return None
    return Number(text, len(text) == _LENGTH and int(text[0]) == check_digit(text[1:]))


def compared(one: Number | None, other: Number | None) -> Numbers:
    """法人番号の指定等に関する省令 2条: the first digit checks the rest, so that one wrong digit mostly shows."""
    if one is None or other is None:
        return Numbers.UNKNOWN
    if one.valid and other.valid:
        return Numbers.SAME if one.digits == other.digits else Numbers.DIFFERENT
    close = min(len(one.digits), len(other.digits)) >= _LENGTH - 1
    return Numbers.SLIP if close and OSA.distance(one.digits, other.digits) <= 1 else Numbers.UNKNOWN
