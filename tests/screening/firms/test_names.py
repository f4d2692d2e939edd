"""Taking names apart: forms, characters, branches, former names; and any text at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.screening.firms import normalise
from services.screening.firms.characters import NAMES, OFFICIAL, key, plain
from services.screening.firms.forms import FAMILIES, SPELLINGS, Change, change

WORDS = (
    "株式会社 有限会社 ㈱ (株) カ) （ ） 【旧 】 ・ . 支店 東北 ソラ 夢 株 式 会社 "
    "Co. Ltd K.K. 法人 一般社団 改め 旧社名 : - ー 々 １ ①"
)
PIECES = st.sampled_from([*WORDS.split(" "), " ", "　", "\ud800", "\U000e0100"])
ANYTHING = st.text(st.characters(codec=None), max_size=30) | st.lists(PIECES, max_size=9).map("".join)


def first(written: str) -> tuple[str, str | None]:
    name = normalise(written).own[0]
    return name.key, name.form


@pytest.mark.parametrize(
    "written",
    [
        "株式会社ソラミネ", "ソラミネ株式会社", "㈱ソラミネ", "ソラミネ㈱", "（株）ソラミネ", "カ）ソラミネ",
        "ソラミネ（カ", "ｶ)ｿﾗﾐﾈ", "㍿ソラミネ",
        "株式會社ソラミネ", "株式 会社　ソラ・ミネ", "かぶしきがいしゃそらみね", "株式合社ソラミネ", "株）ソラミネ",
        "株.式.会.社ソラミネ", "㏍ソラミネ",
        "ソラミネ Kabushiki Kaisha", "「株式会社ソラミネ」", "株式会社ソラミネ（本社）",
    ],
)  # fmt: skip
def test_a_form_is_known_however_it_is_written(written: str) -> None:
    assert first(written) == ("ソラミネ", "株式会社")


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("NPO法人ソラ", "特定非営利活動法人"), ("特非）ソラ", "特定非営利活動法人"),
        ("認定ＮＰＯ法人ソラ", "特定非営利活動法人"), ("（一社）ソラ", "一般社団法人"),
        ("医療法人社団ソラ", "医療法人社団"), ("国立大学法人 ソラ", "国立大学法人"), ("学）ソラ", "学校法人"),
        ("(福)ソラ", "社会福祉法人"), ("ソラ LLC", "合同会社"),
        ("ソラ Co., Ltd.", "会社"), ("ソラ事業協同組合", "事業協同組合"), ("ソラ", None),
    ],
)  # fmt: skip
def test_other_forms_are_known_too(written: str, form: str | None) -> None:
    assert first(written) == ("ソラ", form)


def test_a_form_within_a_word_is_no_form() -> None:
    assert first("Inca Colt") == ("incacolt", None)
    assert first("公益社団法人所沢法人会")[0] == "所沢法人会"


def test_no_form_is_in_two_families() -> None:
    lines = [
        line.split("=")[0].strip() for text in FAMILIES.values() for line in text.splitlines() if "=" in line
    ]
    assert len(lines) == len(set(lines)) == len(SPELLINGS.family)
    assert set(SPELLINGS.written.values()) | set(SPELLINGS.short.values()) | {"会社"} == set(SPELLINGS.family)


def test_what_two_forms_say() -> None:
    assert change("株式会社", "株式会社") is Change.SAME
    assert change("有限会社", "株式会社") is Change.POSSIBLE
    assert change("会社", "合同会社") is Change.UNKNOWN
    assert change("医療法人", "医療法人社団") is Change.UNKNOWN
    assert change(None, "一般社団法人") is Change.UNKNOWN
    assert change("一般社団法人", "公益社団法人") is Change.POSSIBLE
    assert change("一般社団法人", "一般財団法人") is Change.IMPOSSIBLE
    assert change("国立大学法人", "公立大学法人") is Change.IMPOSSIBLE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋", "高橋"), ("山﨑", "山崎"), ("神代", "神代"), ("葛󠄀原", "葛原"), ("濵田", "浜田"),
        ("濱田", "浜田"), ("齋藤", "斉藤"), ("齊藤", "斎藤"), ("渡邉󠄂", "渡辺"),
        ("國際商會", "国際商会"), ("𠮷川", "吉川"), ("⻑谷川", "長谷川"), ("佐々木", "佐佐木"),
        ("ﾏﾎﾞﾛｼ", "マボロシ"), ("ＡＢＣ２１", "abc21"), ("キヤノン", "キャノン"),
        ("みほん", "ミホン"), ("①", "1"), ("Ａ＆Ｂ", "AアンドB"), ("コンピュ－タ", "コンピュータ"),
        ("コンピュ―タ", "コンピュータ"), ("ソラ\u200b", "ソラ"),
    ],
)  # fmt: skip
def test_ways_of_writing_one_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_each_character_stands_in_one_group_and_none_stands_for_one_that_is_replaced() -> None:
    groups = (OFFICIAL + NAMES).split()
    members = [letter for group in groups for letter in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 for group in groups)
    assert all(plain(group) == group[0] * len(group) for group in groups)


def test_a_branch_is_left_out() -> None:
    for written in (
        "夢路観光株式会社 札見営業所",
        "夢路観光(株)函仮支店",
        "株式会社夢路観光 東北事業所",
        "株式会社夢路観光　本社",
    ):
        name = normalise(written).own[0]
        assert (name.key, name.branch) == ("夢路観光", True)


def test_what_may_be_a_part_of_the_name_is_kept_as_well() -> None:
    assert [name.key for name in normalise("株式会社仮想 センター").own] == [
        "仮想",
        "仮想センター",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "株式会社トワイロ【旧社名 永遠彩色㈱】", "株式会社トワイロ（令和3年4月「永遠彩色株式会社」から商号変更）",
        "株式会社トワイロ(旧 株式会社永遠彩色)",
        "株式会社トワイロ（旧商号：永遠彩色株式会社）", "株式会社トワイロ 旧社名:永遠彩色",
        "トワイロ㈱〔元・㈱永遠彩色〕", "永遠彩色改め株式会社トワイロ",
        "トワイロ（永遠彩色株式会社から2021年4月1日商号変更・組織変更）", "トワイロ株式会社旧㈱永遠彩色",
        "トワイロ（formerly 永遠彩色）", "トワイロ（旧　永遠彩色、旧々商号 無限彩色）",
    ],
)  # fmt: skip
def test_other_names_beside_the_name_are_found(written: str) -> None:
    name = normalise(written)
    assert name.own[0].key == "トワイロ"
    assert name.others[0].key == "永遠彩色"


def test_the_same_name_in_another_form_is_another_name() -> None:
    name = normalise("一般社団法人モギ環境ネット（現 公益社団法人モギ環境ネット）")
    assert [each.form for each in name.all] == ["一般社団法人", "公益社団法人"]


def test_what_stands_beside_a_name_and_is_none_is_left() -> None:
    for written in ("株式会社ソラ（東京都）", "株式会社ソラ(本店)", "株式会社ソラ", "株式会社ソラ（旧）"):
        assert normalise(written).others == ()
    assert normalise("株式会社ソラ 現代美術").own[0].key == "ソラ現代美術"


@settings(max_examples=500, deadline=None)
@given(ANYTHING)
def test_what_is_normalised_stays_as_it_is(written: str) -> None:
    once = normalise(written).own[0].key
    assert normalise(once).own[0].key == once
    assert key(key(written)) == key(written)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("仮想・見本特定建設工事共同企業体", "仮想・見本JV"),
        ("仮想市管工事業協同組合", "仮想市管工事業(協)"),
        ("見本農業協同組合", "JA見本"),
        ("見本農協", "ＪＡ見本"),
        ("見本漁業協同組合", "JF見本"),
        ("消費生活協同組合架空", "架空生協"),
        ("(労協)架空", "労働者協同組合架空"),
        ("大野塗装店こと大野 仮之", "大野塗装店"),
        ("大野塗装店こと大野 仮之", "大野仮之"),
        ("屋号 ひばり工房(代表 藤井例子)", "ひばり工房"),
        ("学校法人架空学園 架空大学", "学校法人架空学園"),
        ("社会福祉法人例示会 例示保育園", "社会福祉法人例示会"),
    ],
)
def test_partnerships_cooperatives_houses_and_traders_have_one_key_however_they_are_called(
    one: str, other: str
) -> None:
    keys = [{(name.key, name.form) for name in normalise(each).all} for each in (one, other)]
    assert {key for key, _ in keys[0]} & {key for key, _ in keys[1]}
    forms = [{form for _, form in each} - {None} for each in keys]
    assert not all(forms) or forms[0] & forms[1]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("農協観光株式会社", "農協観光"),
        ("株式会社ABJV", "abjv"),
        ("株式会社まこと商事", "マコト商事"),
        ("有限会社やまことり", "ヤマコトリ"),
        ("JAPAN架空株式会社", "japan架空"),
        ("株式会社大野 架空大学", "大野架空大学"),
    ],
)
def test_what_only_looks_like_a_form_or_an_alias_is_a_part_of_the_name(written: str, key: str) -> None:
    assert normalise(written).own[0].key == key
    assert not normalise(written).others
