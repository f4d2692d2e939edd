"""Finding the entries that may be an applicant, without looking at all of them."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from services.screening.firms import FirmIndex, FirmRecord, candidates, compare, told
from tests.screening.firms import otherwise, town

ONE = FirmRecord("株式会社ソラミネ建設", "5999991018771", "北海道幻市雛町3条2丁目1-8", "工藤 想一")


def test_the_likeliest_comes_first_and_only_those_to_be_looked_at_come() -> None:
    register = {
        "moved": FirmRecord("㈱ソラミネ建設", None, "沖縄県夢市海町9", "工藤想一"),
        "another": FirmRecord("ユメカイ水産有限会社", None, "沖縄県夢市海町9", "海野 夢"),
        "renamed": FirmRecord("株式会社ミライエ", "5999991018771"),
        "namesake": FirmRecord("株式会社ソラミネ建設", None, "沖縄県夢市海町9", "海野 夢"),
    }
    found = candidates(ONE, register)
    assert [id_ for id_, _ in found] == ["renamed", "moved"]
    assert [likeness for _, likeness in found] == [compare(ONE, register[id_]) for id_, _ in found]


def test_entries_may_come_as_pairs_and_may_be_kept() -> None:
    index = FirmIndex([(1, ONE), (2, replace(ONE, name="㈱ソラミネ建設"))])
    assert len(index) == 2
    assert [id_ for id_, _ in candidates(ONE, index)] == [1, 2]
    assert candidates(ONE, []) == []
    assert FirmIndex[int]({}).candidates(replace(ONE, corporate_number="1")) == []


def test_who_is_flagged_is_found_among_many() -> None:
    """Whatever an applicant writes otherwise, looking through the keys finds what looking at every entry finds."""
    luck = Random(11)
    firms = [town.firm(luck) for _ in range(250)]
    ways = (*otherwise.HARMLESS, *otherwise.HEAVY, *town.OTHERS)
    register = dict(enumerate(luck.choice(ways)(firm, luck) for firm in firms))
    index = FirmIndex(register)
    for firm in firms[:60]:
        applicant = luck.choice(ways)(firm, luck)
        flagged = {
            id_: likeness for id_, entry in register.items() if (likeness := compare(applicant, entry)).flag
        }
        assert dict(index.candidates(applicant)) == flagged


def test_few_are_looked_at() -> None:
    luck = Random(12)
    index = FirmIndex({number: town.firm(luck) for number in range(3_000)})
    looked_at = [sum(1 for _ in index.near(town.firm(luck))) for _ in range(50)]
    assert sum(looked_at) / 50 < 150


def test_a_wrong_digit_is_found_on_either_side() -> None:
    for wrong in ("5999991018772", "5999991081771", "999991018771", "59999910187711", "5999991018071"):
        other = FirmRecord("ソラミネ建設", wrong, "沖縄県夢市海町9", "海野 夢")
        assert candidates(ONE, {1: other})
        assert candidates(other, {1: ONE})
        assert candidates(other, {1: replace(other, corporate_number=wrong[:-1] + "9")})


RECORDS = st.builds(
    FirmRecord,
    st.text("ソラ夢Yume株式会社㈱ （）旧1\ud800", max_size=8),
    st.none() | st.sampled_from([ONE.corporate_number, "5999991018772", "999991018771", "x"]),
    st.none() | st.text("例市空町123-丁目", max_size=8),
    st.none() | st.text("工藤 想一ソ", max_size=5),
)


@settings(max_examples=300, deadline=None)
@given(RECORDS, RECORDS)
def test_no_pair_is_flagged_that_shares_no_key(applicant: FirmRecord, entry: FirmRecord) -> None:
    assert bool(candidates(applicant, {1: entry})) == compare(applicant, entry).flag


def test_what_is_shared_can_be_told_and_kept() -> None:
    """A register in a database keeps these beside its entries, and asks for those that share one."""
    kept = set(told(FirmRecord("ミラージュワークス株式会社", None, "例市空町1-2-3", "工藤 想一")))
    for applicant in (
        FirmRecord("Mirage Works K.K."),
        FirmRecord("㈱ミラージュ・ワークス"),
        FirmRecord("別の名", None, "埼玉県例市空町1丁目2番"),
        FirmRecord("別の名", None, None, "くどう そういち"),
    ):
        assert kept & set(told(applicant)), applicant
    assert not kept & set(told(FirmRecord("別の名", None, "例市空町9", "海野 夢")))
