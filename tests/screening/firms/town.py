"""Firms that might be, and others beside them: sisters, subsidiaries and namesakes, which are not the same firm.

All of it follows a seed.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from contracts.text import check_digit
from services.screening.firms import FirmRecord

STEMS = (
    "架空 仮想 見本 模擬 夢路 空見 星野 青葉 山彦 渡辺 斎藤 浜島 高沢 滝本 朝日 大和 未来 光風 若葉 千歳 桜庭 日向 "
    "ソラミネ ユメカイ ミホン カソウ ダミー ホシゾラ ミライエ カモメ ヒバリ アカツキ "
    "まごころ ひだまり こもれび SORANE YUMEJI"
)
LINES = (
    "建設 工業 商事 運輸 電機 食品 印刷 設計 不動産 警備 造園 塗装 産業 製作所 工務店 測量 化学 水産 酒造 交通 "
    "システム サービス エンジニアリング コンサルタント メンテナンス クリーニング ホームズ フーズ テクノロジー"
)
FORMS = ("株式会社{}", "{}株式会社", "有限会社{}", "合同会社{}", "{}有限会社")
CITIES = (
    "埼玉県例市",
    "東京都架空区",
    "大阪府夢市",
    "北海道仮市",
    "福岡県想市",
    "愛媛県見本市",
    "岩手県模擬市",
    "長野県空市",
)
TOWNS = ("本町", "西町", "桜台", "並木", "旭町", "大手町", "港町", "緑が丘", "三条町", "字中原")
FAMILIES = ("佐藤", "高橋", "渡辺", "斎藤", "小林", "山崎", "吉田", "広瀬", "浜田", "大庭", "五十嵐", "清水")
GIVEN = ("太郎", "健一", "花子", "誠", "明美", "光", "洋介", "直樹", "恵", "正義", "和子", "千尋")


def firm(luck: Random) -> FirmRecord:
    name = word(STEMS, luck) + (word(STEMS, luck) if luck.random() < 0.5 else "") + word(LINES, luck)
    plot = "-".join(str(luck.randrange(1, 30)) for _ in range(luck.choice((1, 2, 2, 3))))
    return FirmRecord(
        luck.choice(FORMS).format(name),
        number(luck) if luck.random() < 0.5 else None,
        luck.choice(CITIES) + luck.choice(TOWNS) + plot,
        f"{luck.choice(FAMILIES)} {luck.choice(GIVEN)}",
    )


def word(words: str, luck: Random) -> str:
    return luck.choice(words.split())


def number(luck: Random) -> str:
    body = str(luck.randrange(999_900_000_000, 1_000_000_000_000))
    return f"{check_digit(body)}{body}"


def sister(record: FirmRecord, luck: Random) -> FirmRecord:
    """Another line of business, same place, same head; with a number of its own or none that is known."""
    line = next(line for line in sorted(LINES.split(), key=len, reverse=True) if line in record.name)
    other = luck.choice([each for each in LINES.split() if each != line])
    return replace(
        record, name=record.name.replace(line, other), corporate_number=luck.choice((None, number(luck)))
    )


def namesake(record: FirmRecord, luck: Random) -> FirmRecord:
    """The same name somewhere else, under somebody else."""
    other = firm(luck)
    while other.address[:4] == record.address[:4] or other.representative == record.representative:  # type: ignore[index]
        other = firm(luck)
    return replace(other, name=record.name)


def subsidiary(record: FirmRecord, luck: Random) -> FirmRecord:
    """The same name and a word more, at the same place."""
    form = next(form for form in ("株式会社", "有限会社", "合同会社") if form in record.name)
    bare = record.name.replace(form, "")
    more = luck.choice(("{}販売", "{}ホールディングス", "{}東日本", "新{}", "{}リース", "{}第二"))
    return replace(
        record,
        name=record.name.replace(bare, more.format(bare)),
        corporate_number=luck.choice((None, number(luck))),
    )


OTHERS = (sister, namesake, subsidiary)
