"""Addresses and representatives, as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.screening.firms import addresses, people
from services.screening.firms.addresses import Place, address
from services.screening.firms.people import Who


def place(one: str | None, other: str | None) -> Place:
    assert addresses.compared(address(one), address(other)) is addresses.compared(
        address(other), address(one)
    )
    return addresses.compared(address(one), address(other))


def who(one: str | None, other: str | None) -> Who:
    assert people.compared(people.people(one), people.people(other)) is people.compared(
        people.people(other), people.people(one)
    )
    return people.compared(people.people(one), people.people(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("埼玉県所沢市並木一丁目1番地の1", "所沢市並木1-1-1"),
        ("〒359-8501 所沢市並木１－１－１", "埼玉県所沢市並木1丁目1番1号"),
        ("北海道幻市雛町3条2丁目1-8", "北海道幻市雛町三条二丁目1番8号"),
        ("東京都架空区空町6-6 ダミービル2F", "東京都架空区空町6-6"),
        ("架空区試丘1-2-3-901", "架空区試丘1丁目2-3 モシモタワー901号室"),
        ("例市大字中原字上26 5階", "例市中原上26番地"),
        ("例市緑ヶ丘3-4", "例市緑が丘3-4"), ("例市丸ノ内二十三番地", "例市丸の内23"),
        ("札幌市中央区北一条西2丁目", "札幌市中央区北1条西二丁目"),
        ("三重県四日市市諏訪町1-5", "四日市市諏訪町1番5号"),
        ("入間郡三芳町藤久保1100-1", "埼玉県三芳町藤久保1100番地1"),
        ("例市龍澤町7", "例市竜沢町７番地（令和2年当時）"),
    ],
)  # fmt: skip
def test_one_plot_however_it_is_written(one: str, other: str) -> None:
    assert place(one, other) is Place.SAME


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("例市空町1-2", "例市空町1-3", Place.NEAR), ("例市空町1", "例市空町1-3", Place.NEAR),
        ("例市空町1-2", "例市海町9", Place.NEAR), ("例市空町", "例市海町", Place.NEAR),
        ("埼玉県例市", "例市", Place.NEAR),
        ("例市空町1-2", "夢市空町1-2", Place.ELSEWHERE),
        ("長野県例市空町1-2", "秋田県例市空町1-2", Place.ELSEWHERE),
        ("東京都町田市森野2", "東京都田市森野2", Place.ELSEWHERE),
        ("", "例市空町1", Place.UNKNOWN), (None, None, Place.UNKNOWN), ("大阪府", "大阪府例市空町1", Place.UNKNOWN),
        ("（不明）", "例市空町1", Place.UNKNOWN),
    ],
)  # fmt: skip
def test_other_places(one: str | None, other: str | None, said: Place) -> None:
    assert place(one, other) is said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("工藤 想一", "工藤想一"), ("代表取締役社長　髙橋　想子", "高橋 想子"), ("大庭 例外", "おおば れいがい"),
        ("学長 越野 架学", "越野 架学"), ("齊藤 例蔵", "斎藤 例蔵"), ("佐々木 一", "佐佐木 一"),
        ("取締役 原 一、取締役 森 二", "森 二"), ("アオキ タロウ", "青木太郎"),
        ("代表理事・玉城 空和", "玉城空和（理事長）"),
    ],
)  # fmt: skip
def test_one_person_however_written(one: str, other: str) -> None:
    assert who(one, other) is Who.SAME


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("出口 模吾", "出口 模恵", Who.FAMILY), ("出口模吾", "出口 模恵", Who.FAMILY),
        ("出口模吾", "出口模恵", Who.FAMILY), ("原 一", "森 二", Who.DIFFERENT),
        ("トマス・ノーワン", "森 二", Who.DIFFERENT),
        ("支店長 原 一", "代表取締役 森 二", Who.UNKNOWN), (None, "森 二", Who.UNKNOWN), ("", "", Who.UNKNOWN),
        ("代表取締役", "森 二", Who.UNKNOWN),
    ],
)  # fmt: skip
def test_other_people(one: str | None, other: str | None, said: Who) -> None:
    assert who(one, other) is said


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.characters(codec=None), max_size=40),
    st.text("例市空町一二三十百丁目番地号の-1０ 県都", max_size=20),
)
def test_any_text_is_an_address_and_a_person(any_text: str, like_an_address: str) -> None:
    for text in (any_text, like_an_address, any_text + like_an_address):
        assert place(text, text) in (Place.SAME, Place.NEAR, Place.UNKNOWN, Place.ELSEWHERE)
        assert who(text, text) in (Who.SAME, Who.UNKNOWN)
