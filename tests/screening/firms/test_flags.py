"""When two records are flagged for a person, and what the person reads (V10, V14)."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.screening.firms import FirmRecord, compare
from services.screening.firms.addresses import Place
from services.screening.firms.likeness import NUMBERS, PLACE, WHO
from services.screening.firms.numbers import Numbers
from services.screening.firms.people import Who
from tests.screening.firms import otherwise, town

ANY_TEXT = st.text(st.characters(codec=None), max_size=40)  # lone surrogates too
RECORDS = st.builds(FirmRecord, ANY_TEXT, st.none() | ANY_TEXT, st.none() | ANY_TEXT, st.none() | ANY_TEXT)

ONE, OTHER = "5999991018771", "7999953549745"
SORAMINE = FirmRecord("株式会社ソラミネ建設", ONE, "北海道幻市雛町3条2丁目1-8", "代表取締役 工藤 想一")


def beside(**changed: str | None) -> FirmRecord:
    return replace(SORAMINE, **changed)


def test_an_equal_and_valid_number_is_one_firm_whatever_else_differs() -> None:
    other = FirmRecord("ユメカイ水産有限会社", ONE, "沖縄県夢市海町9", "海野 夢")
    likeness = compare(SORAMINE, other)
    assert (likeness.score, likeness.same_number, likeness.flag) == (1.0, True, True)
    assert "法人番号が同じ" in likeness.alike
    assert {"名称が異なる", "所在地が異なる", "代表者が異なる"} <= set(likeness.differ)


def test_only_an_equal_number_says_that_it_is_one_firm() -> None:
    likeness = compare(beside(corporate_number=None), SORAMINE)
    assert likeness.score == 1.0
    assert likeness.flag
    assert not likeness.same_number


def test_an_equal_number_that_cannot_be_right_is_no_proof() -> None:
    wrong = "6999991018771"
    likeness = compare(beside(corporate_number=wrong), beside(corporate_number=wrong))
    assert likeness.flag
    assert not likeness.same_number


def test_two_valid_numbers_are_two_firms() -> None:
    """Sisters and namesakes have numbers of their own; so has who takes a business over."""
    other = beside(corporate_number=OTHER, name="株式会社ソラミネ建設工業", representative="佐藤 二")
    assert not compare(SORAMINE, other).flag
    assert not compare(SORAMINE, beside(corporate_number=OTHER, representative="佐藤 二")).flag
    assert not compare(SORAMINE, beside(corporate_number=OTHER, name="有限会社ソラミネ建設")).flag


def test_two_valid_numbers_are_looked_at_if_all_the_rest_is_the_same() -> None:
    """商業登記法 27条 forbids one name at one address twice: a slip, or a firm set up anew."""
    likeness = compare(SORAMINE, beside(corporate_number=OTHER))
    assert likeness.flag
    assert "法人番号が異なる(いずれも検査数字は正しい)" in likeness.differ


@pytest.mark.parametrize(
    "slip",
    ["5999991018772", "5999991081771", "999991018771", "59999910187711", "５９９９-９９１０-１８７７２"],
)
def test_a_slip_in_a_number_speaks_for_one_firm(slip: str) -> None:
    moved = beside(corporate_number=slip, address="沖縄県夢市海町9", representative="海野 夢")
    likeness = compare(SORAMINE, moved)
    assert likeness.flag
    assert not likeness.same_number
    assert "法人番号が1桁だけ違い、一方は検査数字が合わない(誤記の可能性)" in likeness.alike


def test_a_number_is_read_in_any_writing() -> None:
    for written in (
        "5999991018771",
        "５９９９９９１０１８７７１",
        "5-9999-9101-8771",
        "T5999991018771",
        "JP-JCN-5999991018771",
    ):
        assert compare(SORAMINE, beside(corporate_number=written, name="別の名")).same_number


def test_a_name_alone_is_enough_where_nothing_else_is_known() -> None:
    assert compare(FirmRecord("㈱ソラミネ建設"), SORAMINE).flag


def test_a_name_is_not_enough_where_the_rest_speaks_against_it() -> None:
    namesake = FirmRecord("株式会社ソラミネ建設", None, "沖縄県夢市海町9", "海野 夢")
    assert not compare(SORAMINE, namesake).flag


@pytest.mark.parametrize(
    "other",
    [
        "株式会社ソラミネ建設販売",
        "株式会社ソラミネ塗装",
        "新ソラミネ建設株式会社",
        "株式会社ソラミネ建設第二",
    ],
)
def test_a_sister_at_the_same_place_is_another_firm(other: str) -> None:
    assert not compare(SORAMINE, beside(corporate_number=None, name=other)).flag


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("夢倉庫第一株式会社", "夢倉庫第二株式会社"),
        ("東日本ミホン交通", "西日本ミホン交通"),
        ("例示システム東北", "例示システム東海"),
        ("ソラ3号", "ソラ4号"),
    ],
)
def test_what_tells_sisters_apart_is_no_slip(one: str, other: str) -> None:
    records = [beside(corporate_number=None, name=name) for name in (one, other)]
    assert not compare(*records).flag


def test_forms_that_no_law_turns_into_each_other_are_two_bodies() -> None:
    records = [beside(corporate_number=None, name=name) for name in ("医療法人ソラ会", "社会福祉法人ソラ会")]
    likeness = compare(*records)
    assert not likeness.flag
    assert any("医療法人と社会福祉法人" in ground for ground in likeness.differ)


def test_a_company_may_have_changed_its_form() -> None:
    records = [beside(corporate_number=None, name=name) for name in ("有限会社ソラミネ", "株式会社ソラミネ")]
    assert compare(*records).flag
    assert not compare(records[0], replace(records[1], address="沖縄県夢市海町9")).flag


def test_a_branch_has_a_place_of_its_own() -> None:
    branch = FirmRecord("株式会社ソラミネ建設 沖縄支店", None, "沖縄県夢市海町9")
    assert compare(branch, SORAMINE).flag
    assert not compare(replace(branch, name="株式会社ソラミネ建設"), SORAMINE).flag


def test_the_grounds_name_nobody_and_quote_no_address() -> None:
    luck = Random(3)
    for _ in range(200):
        one = town.firm(luck)
        other = luck.choice((*otherwise.HARMLESS, *otherwise.HEAVY, *town.OTHERS))(one, luck)
        likeness = compare(one, other)
        told = " ".join(likeness.alike + likeness.differ)
        for record in (one, other):
            family = (record.representative or "").split()[0]
            assert record.address not in told
            assert family not in told


def test_each_table_gives_more_for_more_likeness() -> None:
    assert PLACE[Place.SAME] > PLACE[Place.NEAR] > PLACE[Place.UNKNOWN] > PLACE[Place.ELSEWHERE]
    assert WHO[Who.SAME] > WHO[Who.FAMILY] > WHO[Who.UNKNOWN] > WHO[Who.DIFFERENT]
    assert NUMBERS[Numbers.SLIP] > NUMBERS[Numbers.UNKNOWN] > NUMBERS[Numbers.DIFFERENT]


@settings(max_examples=300, deadline=None)
@given(RECORDS, RECORDS)
def test_any_text_is_compared_and_it_is_all_the_same_which_comes_first(
    one: FirmRecord, other: FirmRecord
) -> None:
    there, back = compare(one, other), compare(other, one)
    assert 0 <= there.score <= 1
    assert (there.score, there.flag, there.same_number) == (back.score, back.flag, back.same_number)
    assert there.flag == (there.score >= 0.5)


def test_it_is_all_the_same_which_comes_first_also_for_firms() -> None:
    luck = Random(5)
    for _ in range(400):
        one = town.firm(luck)
        other = luck.choice((*otherwise.HARMLESS, *otherwise.HEAVY, *town.OTHERS))(one, luck)
        assert compare(one, other).score == compare(other, one).score


def test_any_record_with_a_name_is_like_itself() -> None:
    for name in ("㈱", "株式会社", "①", "葛󠄀", "\ud800x", "あ" * 70_000, "ー", "髙"):
        assert compare(FirmRecord(name), FirmRecord(name)).flag


def test_nothing_is_said_of_a_record_without_a_name() -> None:
    for name in ("", " ", "・", "()"):
        likeness = compare(replace(SORAMINE, corporate_number=None, name=name), SORAMINE)
        assert not likeness.flag
        assert "比べられる名称がない" in likeness.differ
