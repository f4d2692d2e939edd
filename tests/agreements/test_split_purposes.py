"""One purpose under several titles is one purpose (V04)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.agreements.domain.procurement.purposes import alike

ONE = "集団健診の受付"


@pytest.mark.parametrize(
    "other",
    [
        "集団健診の受付 その1",
        "集団健診の受付(その２)",
        "集団健診の受付その三",
        "集団健診受付業務委託 第1期",
        "第二期 集団健診の受付",
        "集団健診の受付①",
        "集団健診の受付㈡",
        "集団健診の受付 Ⅱ",
        "令和6年度集団健診受付業務",
        "集団健診の受付(前期)",
        "集団健診の受付・追加分",
        "ｼｭｳﾀﾞﾝ 集団健診 の 受付 一式",
        "集団健診会場の受付",
        "集団健診の受付補助",
        "集団健診に係る受付業務",
        "受付(集団健診)",
        "4月分の集団健診の受付",
    ],
)
def test_v04_numbers_of_parts_and_words_more_or_less_make_no_other_purpose(other: str) -> None:
    assert alike(ONE, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("集団健診の受付その1", "集団健診の受付その2"),
        ("清掃業務委託①", "清掃業務委託②"),
        ("業務委託その1", "業務委託その2"),
        ("高齢者見守り機器の購入", "高齢者見守りセンサー購入"),
        ("第一中学校の除草", "第二中学校の除草"),
    ],
)
def test_v04_two_parts_of_one_order_are_alike(one: str, other: str) -> None:
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ONE, "庁舎の清掃"),
        ("庁舎清掃業務委託 その1", "庁舎警備業務委託 その1"),
        ("公園の清掃", "庁舎の清掃"),
        ("鍵", "傘"),
        ("高齢者の見守り", "高齢者の配食"),
        ("令和6年度 健診の受付", "令和6年度 図書の購入"),
    ],
)
def test_v04_another_purpose_stays_another_though_its_form_is_the_same(one: str, other: str) -> None:
    assert not alike(one, other)


@given(st.text(), st.text())
def test_v04_which_of_two_orders_came_first_does_not_matter(one: str, other: str) -> None:
    assert alike(one, one)
    assert alike(one, other) == alike(other, one)
