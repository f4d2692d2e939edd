"""What sections said to earlier cases moves later ones like them, a little, and the record keeps what moved them."""

import json
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.matching import Lesson, Verdict
from services.matching.ranking import PastCase, rerun
from services.matching.ranking.lessons import FARTHEST, KEPT_AT_MOST, LIKE_ENOUGH, shifts
from tests.matching.ranking.sample import FLOWERS, WATCHING, WATCHING_TOO, rank, score


@cache
def like_it() -> str:
    return rank(WATCHING).fingerprint


def said(section: str, verdict: Verdict, case: str = "case-1", fingerprint: str | None = None) -> PastCase:
    return PastCase(case, section, verdict, like_it() if fingerprint is None else fingerprint)


def test_a_section_that_took_a_case_on_is_ranked_higher_for_the_next_like_it() -> None:
    before, after = rank(WATCHING_TOO), rank(WATCHING_TOO, said("S16", "accepted"))
    assert score(before, "S16") < score(after, "S16") <= score(before, "S16") + FARTHEST
    assert all(score(before, other) == score(after, other) for other in ("S14", "S05", "S11"))


def test_a_section_that_declined_is_ranked_lower_for_the_next_like_it() -> None:
    before, after = rank(WATCHING_TOO), rank(WATCHING_TOO, said("S14", "declined"))
    assert score(before, "S14") - FARTHEST <= score(after, "S14") < score(before, "S14")


def test_a_case_unlike_it_teaches_nothing() -> None:
    taught = rank(FLOWERS, said("S14", "accepted"))
    assert taught == rank(FLOWERS)
    assert taught.lessons == ()


def test_however_often_it_is_said_a_score_moves_no_farther_than_the_bound() -> None:
    before = rank(WATCHING)
    thirty = [said("S16", "accepted", f"case-{n:02d}") for n in range(30)]
    after = rank(WATCHING, *thirty)
    assert score(after, "S16") == pytest.approx(score(before, "S16") + FARTHEST)
    assert len(after.lessons) == KEPT_AT_MOST


def test_a_close_second_that_takes_such_cases_on_becomes_the_first() -> None:
    ranking = rank(WATCHING_TOO)
    first, second = (candidate.section for candidate in ranking.candidates[:2])
    gap = score(ranking, first) - score(ranking, second)
    past = [said(second, "accepted", f"yes-{n}") for n in range(6)]
    past += [said(first, "declined", f"no-{n}") for n in range(6)]
    assert (rank(WATCHING_TOO, *past).candidates[0].section == second) is (gap < 2 * FARTHEST)


def test_lessons_for_sections_that_the_edition_does_not_have_are_passed_over() -> None:
    assert rank(WATCHING, said("S99", "accepted")) == rank(WATCHING)


def test_the_order_in_which_it_was_learnt_makes_no_difference() -> None:
    past = [said("S14", "accepted", "b"), said("S16", "declined", "a"), said("S12", "accepted", "a")]
    assert rank(WATCHING_TOO, *past) == rank(WATCHING_TOO, *reversed(past))


def test_what_moved_a_score_is_recorded_and_makes_the_same_bytes_again() -> None:
    ranking = rank(WATCHING_TOO, said("S16", "accepted"), said("S14", "declined", "case-2"))
    assert {(each.case, each.section, each.verdict) for each in ranking.lessons} == {
        ("case-1", "S16", "accepted"),
        ("case-2", "S14", "declined"),
    }
    recorded = json.loads(ranking.basis.inputs)["lessons"]
    assert [Lesson.model_validate(each) for each in recorded] == list(ranking.lessons)
    assert rerun(ranking.basis, WATCHING_TOO) == ranking.basis
    assert rank(WATCHING_TOO).basis != ranking.basis


def test_a_fingerprint_is_not_in_what_everybody_may_read() -> None:
    ranking = rank(WATCHING_TOO, said("S16", "accepted"))
    assert ranking.fingerprint not in ranking.basis.model_dump_json()
    assert like_it() not in ranking.basis.model_dump_json()


@pytest.mark.parametrize("broken", ["", "AAAA", "not base64!"])
def test_a_broken_fingerprint_is_an_error(broken: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - binascii and our own share this class alone
        rank(WATCHING, said("S14", "accepted", fingerprint=broken))


lessons = st.builds(
    Lesson,
    case=st.sampled_from(["a", "b", "c"]),
    section=st.sampled_from(["S01", "S14"]),
    verdict=st.sampled_from(["accepted", "declined"]),
    likeness=st.floats(LIKE_ENOUGH, 1),
)


@given(st.lists(lessons, max_size=40))
def test_no_lessons_move_a_score_beyond_the_bound(past: list[Lesson]) -> None:
    assert all(abs(by) <= FARTHEST for by in shifts(past).values())
    assert shifts(past).keys() <= {lesson.section for lesson in past}


@given(st.lists(lessons, max_size=10), lessons)
def test_a_further_yes_never_lowers_and_a_further_no_never_lifts(past: list[Lesson], one: Lesson) -> None:
    before, after = (shifts(each).get(one.section, 0) for each in (past, [*past, one]))
    assert after >= before if one.verdict == "accepted" else after <= before
