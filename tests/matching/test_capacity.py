"""A section leads no more cases than it can."""

import pytest
from pydantic import ValidationError

from chassis.decider import NotYours
from contracts.matching import CapacitySet, MatchProposed, NoMatchConcluded, SectionsRanked
from services.matching.domain import SECTION, NotYourSection, SetCapacity
from services.matching.policies import CandidatesLeft, SectionFull, UnknownSection
from tests.deciding import Deciding
from tests.matching.sample import (
    DIGITAL,
    ELDERLY,
    MATCHED,
    MONDAY,
    OFFERED,
    RANKING,
    S05,
    S12,
    S14,
    SAFETY,
    WINDOW,
    accept,
    case,
    conclude,
    decline,
    declined,
    full,
    look_again,
    matched,
    offered,
    open_matching,
    propose,
    rank,
    reopen,
    to_office,
)

S14_FULL = full("S14", 10, 10)


def test_a_section_at_capacity_is_left_out_of_the_order_and_stays_among_those_considered() -> None:
    stream = case.after(rank(*RANKING, full=(S14_FULL,)), open_matching(full=(S14_FULL,)))
    ranked, proposed = stream.history[1], stream.history[-1]
    assert isinstance(ranked, SectionsRanked)
    assert (ranked.candidates, ranked.left_out) == (RANKING, (S14_FULL,))
    assert isinstance(proposed, MatchProposed)
    assert (proposed.offered_to, proposed.candidates) == ("S12", (SAFETY, DIGITAL))
    assert proposed.left_out == (S14_FULL,)
    assert stream.when(accept(S12)) == [matched("S12", candidates=(SAFETY, DIGITAL, ELDERLY))]


def test_who_had_room_when_it_was_ranked_is_left_out_if_it_has_none_when_it_would_be_asked() -> None:
    stream = case.after(rank(*RANKING), open_matching(full=(S14_FULL, full("S12"))))
    assert stream.state.offered_to == "S05"


def test_a_section_full_of_others_is_passed_over_for_the_next() -> None:
    assert OFFERED.when(decline(S14, full=(full("S12"),))) == [
        declined("S14"),
        offered("S05", full("S12")),
    ]


def test_who_was_passed_over_is_asked_last_once_there_is_room() -> None:
    late = case.after(rank(*RANKING), open_matching(full=(S14_FULL,)), decline(S12), decline(S05))
    assert late.state.offered_to == "S14"


def test_accepting_beyond_the_capacity_is_refused_with_both_numbers() -> None:
    with pytest.raises(SectionFull, match="12 of 10"):
        OFFERED.when(accept(S14, full=(full("S14", 12, 10),)))
    assert OFFERED.when(accept(S14, full=(full("S12"),)))


def test_a_full_section_still_declines() -> None:
    assert OFFERED.when(decline(S14, full=(S14_FULL,)))[0] == declined("S14")


def test_the_office_may_name_a_full_section_which_then_makes_room() -> None:
    asked = OFFERED.after(propose("S14", full=(S14_FULL,)))
    assert asked.state.offered_to == "S14"
    with pytest.raises(SectionFull):
        asked.when(accept(S14, full=(S14_FULL,)))
    assert asked.when(accept(S14))


ALL_FULL = tuple(full(section) for section in ("S14", "S12", "S05"))


def test_where_all_that_fit_are_full_the_office_is_told() -> None:
    stream = case.after(rank(*RANKING), open_matching(full=ALL_FULL))
    assert stream.history[-1] == to_office("no_room", *ALL_FULL)
    [concluded] = stream.when(conclude(full=ALL_FULL))
    assert isinstance(concluded, NoMatchConcluded)
    assert (concluded.left_out, concluded.none_fits) == (ALL_FULL, False)


def test_v23_who_has_room_again_is_asked_before_the_end() -> None:
    stream = case.after(rank(*RANKING), open_matching(full=ALL_FULL))
    with pytest.raises(CandidatesLeft, match="S05"):
        stream.when(conclude(full=ALL_FULL[:2]))


def test_a_case_that_waits_for_room_asks_as_soon_as_there_is_some() -> None:
    waiting = case.after(rank(*RANKING), open_matching(full=ALL_FULL))
    assert waiting.when(look_again(*ALL_FULL)) == []
    assert waiting.after(look_again(ALL_FULL[0], ALL_FULL[2])).state.offered_to == "S12"
    after_declines = OFFERED.after(decline(S14, full=ALL_FULL[1:]))
    assert after_declines.when(look_again(ALL_FULL[1])) == [offered("S05", ALL_FULL[1])]


def test_who_does_not_wait_for_room_is_not_asked_anew() -> None:
    for stream in (case, OFFERED, MATCHED, case.after(rank(), open_matching())):
        assert stream.when(look_again()) == []


def test_a_reopened_case_passes_over_who_is_full() -> None:
    assert MATCHED.when(reopen("S14", full=(full("S12"),)))[1] == offered("S05", full("S12"))


section = Deciding(SECTION)
SECTIONS = ("S05", "S14")


def set_capacity(capacity: int, stream: str = "S14", actor: object = S14) -> SetCapacity:
    fields = {"actor": actor, "at": MONDAY, "section": stream, "sections": SECTIONS}
    return SetCapacity.model_validate({**fields, "capacity": capacity})


def test_a_section_says_itself_how_many_cases_it_can_lead() -> None:
    assert section.when(set_capacity(3)) == [CapacitySet(section="S14", capacity=3)]
    assert section.after(set_capacity(3)).when(set_capacity(3)) == []
    assert section.after(set_capacity(3)).when(set_capacity(0)) == [CapacitySet(section="S14", capacity=0)]


def test_nobody_else_says_so() -> None:
    with pytest.raises(NotYourSection):
        section.when(set_capacity(3, actor=S05))
    with pytest.raises(NotYours):
        section.when(set_capacity(3, actor=WINDOW))


@pytest.mark.parametrize("stream", ["S99", "somewhere", "S1４"])
def test_a_section_that_is_not_there_has_no_capacity(stream: str) -> None:
    with pytest.raises(UnknownSection):
        section.when(set_capacity(3, stream))


@pytest.mark.parametrize("capacity", [-1, 10_001])
def test_a_capacity_is_a_number_of_cases(capacity: int) -> None:
    with pytest.raises(ValidationError):
        set_capacity(capacity)
