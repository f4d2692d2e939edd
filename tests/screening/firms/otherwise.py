"""Firms, and how else people write them: each way takes a record and gives another that is still the same firm.

And the other way round: sisters and namesakes, which are not. All of it follows a seed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from contracts.text import check_digit
from services.screening.firms import FirmRecord
from services.screening.firms.characters import VARIANTS

STEMS = (
    "架空 仮想 見本 模擬 夢路 空見 星野 青葉 山彦 渡辺 斎藤 浜島 高沢 滝本 朝日 大和 未来 光風 若葉 千歳 桜庭 日向 "
    "ソラミネ ユメカイ ミホン カソウ ダミー ホシゾラ ミライエ カモメ ヒバリ アカツキ まごころ ひだまり こもれび SORANE YUMEJI"
).split()
LINES = (
    "建設 工業 商事 運輸 電機 食品 印刷 設計 不動産 警備 造園 塗装 産業 製作所 工務店 測量 化学 水産 酒造 交通 "
    "システム サービス エンジニアリング コンサルタント メンテナンス クリーニング ホームズ フーズ テクノロジー"
).split()
FORMS = ("株式会社{}", "{}株式会社", "有限会社{}", "合同会社{}", "{}有限会社")
CITIES = ("埼玉県例市", "東京都架空区", "大阪府夢市", "北海道仮市", "福岡県想市", "愛媛県見本市", "岩手県模擬市", "長野県空市")
TOWNS = ("本町", "西町", "桜台", "並木", "旭町", "大手町", "港町", "緑が丘", "三条町", "字中原")
FAMILIES = ("佐藤", "高橋", "渡辺", "斎藤", "小林", "山崎", "吉田", "広瀬", "浜田", "大庭", "五十嵐", "清水")
GIVEN = ("太郎", "健一", "花子", "誠", "明美", "光", "洋介", "直樹", "恵", "正義", "和子", "千尋")
Way = Callable[[FirmRecord, Random], FirmRecord]

_SHORT = {"株式会社": ("(株)", "㈱", "（株）", "株式會社 ", "カブシキガイシャ"), "有限会社": ("(有)", "㈲", "（有）"), "合同会社": ("(同)", "（同）")}
_OLD = {new: chr(old) for old, new in VARIANTS.items() if chr(old) < "豈"}
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_FULL = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォッャュョー"
_HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｯｬｭｮｰ"
_NARROW = str.maketrans(_FULL, _HALF)
_LOOK_ALIKE = {"ニ": "二", "カ": "力", "ロ": "口", "エ": "工", "タ": "夕", "ト": "卜", "ハ": "八", "ー": "一", "ミ": "三", "工": "エ"}
_KANJI_DIGITS = "〇一二三四五六七八九"


def firm(luck: Random) -> FirmRecord:
    name = luck.choice(STEMS) + (luck.choice(STEMS) if luck.random() < 0.5 else "") + luck.choice(LINES)
    plot = "-".join(str(luck.randrange(1, 30)) for _ in range(luck.choice((1, 2, 2, 3))))
    return FirmRecord(
        luck.choice(FORMS).format(name),
        number(luck) if luck.random() < 0.5 else None,
        luck.choice(CITIES) + luck.choice(TOWNS) + plot,
        f"{luck.choice(FAMILIES)} {luck.choice(GIVEN)}",
    )


def number(luck: Random) -> str:
    body = str(luck.randrange(999_900_000_000, 1_000_000_000_000))
    return f"{check_digit(body)}{body}"


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
        return text and "".join(_OLD.get(letter, letter) if luck.random() < 0.7 else letter for letter in text)

    return replace(record, name=old(record.name) or "", representative=old(record.representative))


def with_variation_selectors(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, name=re.sub("([辺渡葛沢路])", "\\1\U000e0101", record.name))


def in_other_kana(record: FirmRecord, luck: Random) -> FirmRecord:
    turned = "".join(
        chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in record.name
    )
    return replace(record, name=turned)


def with_large_kana(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, name=record.name.translate(str.maketrans("ァィゥェォッャュョ", "アイウエオツヤユヨ")))


def with_other_long_vowels(record: FirmRecord, luck: Random) -> FirmRecord:
    name = record.name
    return replace(record, name=name.replace("ー", "") if luck.random() < 0.5 else name.replace("ー", luck.choice("－―‐─")))


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
    return replace(record, name=f"{record.name} {luck.choice(('東北', '大阪', '第二', '関東'))}{luck.choice(('支店', '営業所', '工場', '事業所'))}")


def with_its_former_name(record: FirmRecord, luck: Random) -> FirmRecord:
    told = luck.choice(("{}（旧商号：{}）", "{}【旧社名 {}】", "{}(旧{})", "{}（令和3年4月「{}」から商号変更）", "{} 旧社名:{}"))
    return replace(record, name=told.format(f"株式会社{luck.choice(STEMS)}ネクスト", record.name))


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
    return replace(record, address=f"{record.address} {luck.choice(('夢ビル3F', '第２空ビル', 'ミホンタワー1201号室', '5階'))}")


def with_a_title(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, representative=f"{luck.choice(('代表取締役', '代表取締役社長 ', '代表社員　'))}{record.representative}".replace(" ", "　"))


def without_a_space(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, representative=(record.representative or "").replace(" ", ""))


def without_a_number(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, corporate_number=None)


def with_a_wrong_digit(record: FirmRecord, luck: Random) -> FirmRecord:
    if record.corporate_number is None:
        return record
    at = luck.randrange(1, 13)
    digit = (int(record.corporate_number[at]) + luck.randrange(1, 8)) % 9
    return replace(record, corporate_number=record.corporate_number[:at] + str(digit) + record.corporate_number[at + 1 :])


def without_the_check_digit(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, corporate_number=record.corporate_number and record.corporate_number[1:])


def moved(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, address=luck.choice(CITIES) + luck.choice(TOWNS) + "99")


def headed_by_another(record: FirmRecord, luck: Random) -> FirmRecord:
    return replace(record, representative=f"{luck.choice(FAMILIES)} 新{luck.choice(GIVEN)}")


HARMLESS: tuple[Way, ...] = (
    abbreviated, form_on_the_other_side, spaced, widened, narrowed, in_old_characters, with_variation_selectors, in_other_kana,
    with_large_kana, with_other_long_vowels, with_an_address_in_words, without_the_prefecture, with_a_building, with_a_title,
    without_a_space, without_a_number,
)  # fmt: skip
HEAVY: tuple[Way, ...] = (
    with_letters_that_look_alike, with_a_slip, as_a_branch, with_its_former_name, with_a_wrong_digit, without_the_check_digit,
    moved, headed_by_another,
)  # fmt: skip


def sister(record: FirmRecord, luck: Random) -> FirmRecord:
    """Another line of business at the same place under the same head, with a number of its own or none that is known."""
    line = next(line for line in sorted(LINES, key=len, reverse=True) if line in record.name)
    other = luck.choice([each for each in LINES if each != line])
    return replace(record, name=record.name.replace(line, other), corporate_number=luck.choice((None, number(luck))))


def namesake(record: FirmRecord, luck: Random) -> FirmRecord:
    """The same name somewhere else, under somebody else."""
    other = firm(luck)
    while other.address[:4] == record.address[:4] or other.representative == record.representative:  # type: ignore[index]
        other = firm(luck)
    return replace(other, name=record.name)


def subsidiary(record: FirmRecord, luck: Random) -> FirmRecord:
    """The same name and a word more, at the same place."""
    form = next(form for form in _SHORT if form in record.name)
    bare = record.name.replace(form, "")
    more = luck.choice(("{}販売", "{}ホールディングス", "{}東日本", "新{}", "{}リース", "{}第二"))
    return replace(record, name=record.name.replace(bare, more.format(bare)), corporate_number=luck.choice((None, number(luck))))


OTHERS: tuple[Way, ...] = (sister, namesake, subsidiary)
