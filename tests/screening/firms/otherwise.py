"""Firms, and how else people write them: each way takes a record and gives another that is still the same firm.
All of it follows a seed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from services.screening.firms import FirmRecord
from services.screening.firms.characters import VARIANTS
from tests.screening.firms.town import CITIES, FAMILIES, GIVEN, STEMS, TOWNS, word

Way = Callable[[FirmRecord, Random], FirmRecord]

_SHORT = {
    "株式会社": ("(株)", "㈱", "（株）", "株式會社 ", "カブシキガイシャ"),
    "有限会社": ("(有)", "㈲", "（有）"),
    "合同会社": ("(同)", "（同）"),
}
_OLD = {new: chr(old) for old, new in VARIANTS.items() if chr(old) < "豈"}
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_FULL = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
    "ァィゥェォッャュョー"
)
_HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｯｬｭｮｰ"
_NARROW = str.maketrans(_FULL, _HALF)
_LOOK_ALIKE = {
    "ニ": "二",
    "カ": "力",
    "ロ": "口",
    "エ": "工",
    "タ": "夕",
    "ト": "卜",
    "ハ": "八",
    "ー": "一",
    "ミ": "三",
    "工": "エ",
}
_KANJI_DIGITS = "〇一二三四五六七八九"


def abbreviated(record: FirmRecord, luck: Random) -> FirmRecord:
    form = next((form for form in _SHORT if form in record.name), None)
    return replace(record, name=record.name.replace(form, luck.choice(_SHORT[form]))) if form else record


def form_on_the_other_side(record: FirmRecord, luck: Random) -> FirmRecord:
    form = next((form for form in _SHORT if record.name.startswith(form)), None)
    return replace(record, name=record.name.removeprefix(form) + form) if form else record


def spaced(record: FirmRecord, luck: Random) -> FirmRecord:
    at = luck.randrange(1, len(record.name))
    return replace(record, name=record.name[:at] + luck.choice((" ", "　", "・", "･")) + record.name[at:])


def widened(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, name=record.name.translate(_WIDE), address=(record.address or "").translate(_WIDE))


def narrowed(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, name=record.name.translate(_NARROW))


def in_old_characters(record: FirmRecord, luck: Random) -> FirmRecord:
    def old(text: str | None) -> str | None:
        return text and "".join(
            _OLD.get(letter, letter) if luck.random() < 0.7 else letter for letter in text
        )

    return replace(record, name=old(record.name) or "", representative=old(record.representative))


def with_variation_selectors(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, name=re.sub("([辺渡葛沢路])", "\\1\U000e0101", record.name))


def in_other_kana(record: FirmRecord, luck: Random) -> FirmRecord:
    turned = "".join(
        chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c
        for c in record.name
    )
    return replace(record, name=turned)


def with_large_kana(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(
        record, name=record.name.translate(str.maketrans("ァィゥェォッャュョ", "アイウエオツヤユヨ"))
    )


def with_other_long_vowels(record: FirmRecord, luck: Random) -> FirmRecord:
    name = record.name
    return replace(
        record,
        name=name.replace("ー", "") if luck.random() < 0.5 else name.replace("ー", luck.choice("－―‐─")),
    )


def with_letters_that_look_alike(record: FirmRecord, luck: Random) -> FirmRecord:
    found = [at for at, letter in enumerate(record.name) if letter in _LOOK_ALIKE]
    if not found:
        return record
    at = luck.choice(found)
    return replace(record, name=record.name[:at] + _LOOK_ALIKE[record.name[at]] + record.name[at + 1 :])


def with_a_slip(record: FirmRecord, luck: Random) -> FirmRecord:
    """Two letters exchanged, one twice, one gone or another, within the name's own part."""
    form = next(form for form in _SHORT if form in record.name)
    bare = record.name.replace(form, "")
    at = luck.randrange(1, len(bare) - 2)
    slip = luck.choice(
        (
            bare[:at] + bare[at + 1] + bare[at] + bare[at + 2 :],
            bare[:at] + bare[at] + bare[at:],
            bare[:at] + bare[at + 1 :],
            bare[:at] + luck.choice("構講綱網微徴積績ルレソン") + bare[at + 1 :],
        )
    )
    return replace(record, name=record.name.replace(bare, slip))


def as_a_branch(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(
        record,
        name=f"{record.name} {word('東北 大阪 第二 関東', luck)}{word('支店 営業所 工場 事業所', luck)}",
    )


def with_its_former_name(record: FirmRecord, luck: Random) -> FirmRecord:
    told = luck.choice(
        (
            "{}（旧商号：{}）",
            "{}【旧社名 {}】",
            "{}(旧{})",
            "{}（令和3年4月「{}」から商号変更）",
            "{} 旧社名:{}",
        )
    )
    return replace(record, name=told.format(f"株式会社{word(STEMS, luck)}ネクスト", record.name))


def with_an_address_in_words(record: FirmRecord, luck: Random) -> FirmRecord:
    found = re.fullmatch(r"(.*?)([0-9]+)(?:-([0-9]+))?(?:-([0-9]+))?", record.address or "")
    if not found:
        return record
    place, first, *rest = filter(None, found.groups())
    words = "".join(_KANJI_DIGITS[int(digit)] for digit in first) if len(first) == 1 else first
    told = {0: "{}番地", 1: "{}番地{}", 2: "{}丁目{}番{}号"}[len(rest)].format(words, *rest)
    return replace(record, address=place.replace("が丘", "ヶ丘").replace("字中", "中") + told)


def without_the_prefecture(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, address=re.sub("^.+?[都道府県]", "", record.address or ""))


def with_a_building(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(
        record,
        address=f"{record.address} {luck.choice(('夢ビル3F', '第２空ビル', 'ミホンタワー1201号室', '5階'))}",
    )


def with_a_title(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(
        record,
        representative=f"{luck.choice(('代表取締役', '代表取締役社長 ', '代表社員　'))}{record.representative}".replace(
            " ", "　"
        ),
    )


def without_a_space(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, representative=(record.representative or "").replace(" ", ""))


def without_a_number(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, corporate_number=None)


def with_a_wrong_digit(record: FirmRecord, luck: Random) -> FirmRecord:
    if record.corporate_number is None:
        return record
    at = luck.randrange(1, 13)
    digit = (int(record.corporate_number[at]) + luck.randrange(1, 8)) % 9
    return replace(
        record, corporate_number=record.corporate_number[:at] + str(digit) + record.corporate_number[at + 1 :]
    )


def without_the_check_digit(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, corporate_number=record.corporate_number and record.corporate_number[1:])


def moved(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, address=luck.choice(CITIES) + luck.choice(TOWNS) + "99")


def headed_by_another(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, representative=f"{luck.choice(FAMILIES)} 新{luck.choice(GIVEN)}")


HARMLESS: tuple[Way, ...] = (
    abbreviated, form_on_the_other_side, spaced, widened, narrowed, in_old_characters, with_variation_selectors,
    in_other_kana, with_large_kana, with_other_long_vowels, with_an_address_in_words, without_the_prefecture,
    with_a_building, with_a_title, without_a_space, without_a_number,
)  # fmt: skip
HEAVY: tuple[Way, ...] = (
    with_letters_that_look_alike, with_a_slip, as_a_branch, with_its_former_name, with_a_wrong_digit,
    without_the_check_digit, moved, headed_by_another,
)  # fmt: skip
