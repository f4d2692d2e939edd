"""What the database finds an entry by is what firms are found by: nobody who would be flagged is missed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.screening.firms import FirmRecord, candidates
from services.screening.projections.keys import keys, keys_of_person, person_key

WAYS = [
    "株式会社架空みらい土木",
    "㈱架空みらい土木",
    "カクウミライ土木（株）",
    "架空未来土木株式会社",
    "架空みらい建設(株)",
    "髙島商店",
    "高嶋商店",
    "株式会社ABCシステム",
    "エービーシーシステム㈱",
    "架空 みらい 土木 株式会社 東京支店",
]
PLACES = [None, "埼玉県架空市土木四丁目4番4号", "架空市土木4-4-4", "東京都架空区1-1"]
HEADS = [None, "代表取締役 架空 建造", "架空建造", "髙橋 一郎", "高橋一郎"]
firms = st.builds(
    FirmRecord,
    st.sampled_from(WAYS) | st.text(min_size=1, max_size=20),
    st.none(),
    st.sampled_from(PLACES),
    st.sampled_from(HEADS),
)


@settings(max_examples=200, deadline=None)
@given(firms, firms)
def test_whoever_would_be_flagged_shares_a_key(applicant: FirmRecord, entry: FirmRecord) -> None:
    if candidates(applicant, {"BS-1": entry}):
        assert set(keys(applicant)) & set(keys(entry))


def test_keys_are_the_same_in_every_process() -> None:
    """They are kept: a hash that is seeded anew at each start would find nobody."""
    assert keys(FirmRecord("架空みらい土木株式会社")) == keys(FirmRecord("㈱架空みらい土木"))
    assert person_key("架空 次郎") == person_key("架空　次郎") == "ea734e8473dfff37"


@pytest.mark.parametrize(
    ("one", "other"),
    [("架空 次郎", "架空次郎"), ("髙橋 一郎", "高橋一郎"), ("代表取締役 架空 次郎", "架空 次郎")],
)
def test_a_person_is_found_however_the_name_is_written(one: str, other: str) -> None:
    assert set(keys_of_person(one)) & set(keys_of_person(other))


def test_whoever_is_only_read_alike_is_not_taken_for_the_same_in_a_link() -> None:
    assert person_key("架空 次郎") != person_key("架空 二郎")


@pytest.mark.parametrize("name", ["①", "(", "\udcff", "葛\U000e0100城", " ", "株式会社", "a" * 200])
def test_any_name_has_keys_or_none_and_breaks_nothing(name: str) -> None:
    assert keys(FirmRecord(name)) == keys(FirmRecord(name))
    assert person_key(name)
    assert isinstance(keys_of_person(name), list)


def test_a_table_of_keys_tells_no_name() -> None:
    assert not any(
        "架" in key for key in [*keys(FirmRecord("架空みらい土木株式会社")), *keys_of_person("架空 次郎")]
    )
