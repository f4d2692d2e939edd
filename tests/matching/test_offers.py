"""Who is asked, in which order, and who may answer."""

import pytest

from chassis.decider import Refused
from contracts.actors import Actor
from contracts.confidential import Confidential
from contracts.matching import Declined, MatchDeclined, MatchProposed
from services.matching.domain import MatchingNotOpen, RankSections
from services.matching.policies import (
    DeclinedBefore,
    LeadSupportsItself,
    NotOffered,
    SectionNamedTwice,
    UnknownSection,
)
from tests.deciding import at, by
from tests.matching.sample import (
    DIGITAL,
    ELDERLY,
    EXHAUSTED,
    HEAD,
    MATCHED,
    NO_STAFF,
    NOTED,
    OFFERED,
    OPENED,
    PROPOSED,
    RANKED,
    RANKING,
    S05,
    S12,
    S14,
    S17,
    SAFETY,
    accept,
    case,
    close,
    decline,
    declined,
    gave_back,
    matched,
    note_partner,
    offered,
    open_matching,
    propose,
    rank,
    reopen,
    to_office,
)


def test_a_ranking_alone_asks_nobody() -> None:
    assert case.when(rank(*RANKING)) == [NOTED, RANKED]


def test_opening_a_ranked_case_asks_the_best_candidate() -> None:
    assert case.given(RANKED).when(open_matching()) == [OPENED, PROPOSED]


def test_a_ranking_that_comes_after_the_opening_asks_just_the_same() -> None:
    assert case.given(OPENED).when(rank(*RANKING)) == [NOTED, RANKED, PROPOSED]


def test_a_case_without_its_words_is_not_ranked_and_the_office_names_a_section() -> None:
    old = case.after(note_partner(), open_matching())
    assert old.history == (NOTED, OPENED)
    assert old.after(propose("S30")).state.offered_to == "S30"


def test_who_proposes_is_noted_once() -> None:
    assert case.given(NOTED).when(note_partner()) == []
    assert case.given(NOTED).when(rank(*RANKING)) == [RANKED]


def test_ranked_or_opened_twice_is_asked_once() -> None:
    assert OFFERED.when(rank(DIGITAL)) == []
    assert OFFERED.when(open_matching()) == []


def test_a_section_has_ten_office_days_to_answer() -> None:
    [_, proposed] = case.given(RANKED).when(open_matching(at("2023-12-27 23:30")))
    assert isinstance(proposed, MatchProposed)
    assert str(proposed.respond_by) == "2024-01-17"  # without the turn of the year, a weekend and 1/8


@pytest.mark.parametrize("said", [rank(), rank(*RANKING, none_fits=True)], ids=["no candidate", "none fits"])
def test_where_none_fits_nobody_is_asked_and_the_office_is_told(said: RankSections) -> None:
    for stream in (case.after(said, open_matching()), case.after(open_matching(), said)):
        assert stream.history[-1] == to_office("none_fits")
        assert stream.state.offered_to is None
        [proposed] = stream.when(propose("S30"))
        assert isinstance(proposed, MatchProposed)
        assert [(each.section, each.score) for each in proposed.candidates] == [("S30", 0)]
        assert proposed.reason


def test_v23_what_the_ranking_said_stays_with_a_section_that_the_office_names_though_none_fits() -> None:
    stuck = case.after(rank(*RANKING, none_fits=True), open_matching(), propose("S12"))
    [fact] = stuck.when(accept(S12))
    assert fact == matched("S12", candidates=(SAFETY, ELDERLY, DIGITAL))


def test_a_section_that_the_pinned_edition_does_not_have_is_not_asked() -> None:
    gone = ELDERLY.model_copy(update={"section": "S77"})
    [_, proposed] = case.after(rank(gone, SAFETY)).when(open_matching())
    assert isinstance(proposed, MatchProposed)
    assert proposed.candidates == (SAFETY,)


def test_the_section_that_was_asked_takes_the_case_on_with_others() -> None:
    assert OFFERED.when(accept(S14, "S07", "S09")) == [matched("S14", supporting=("S07", "S09"))]


@pytest.mark.parametrize("actor", [S12, by("section:U-99")], ids=["another section", "of no section"])
def test_only_the_section_that_was_asked_answers(actor: Actor) -> None:
    for answer in (accept(actor), decline(actor)):
        with pytest.raises(NotOffered):
            OFFERED.when(answer)


def test_nobody_answers_before_being_asked_or_after_the_answer() -> None:
    for stream in (case, case.given(RANKED), MATCHED, EXHAUSTED, OFFERED.after(close())):
        with pytest.raises(NotOffered):
            stream.when(accept(S14))


@pytest.mark.parametrize(
    ("supporting", "refusal"),
    [(("S14",), LeadSupportsItself), (("S99",), UnknownSection), (("S07", "S07"), SectionNamedTwice)],
)
def test_supporting_sections_are_others_of_the_city(
    supporting: tuple[str, ...], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        OFFERED.when(accept(S14, *supporting))


def test_v23_a_decline_has_a_reason_and_leads_to_the_next_candidate() -> None:
    assert OFFERED.when(decline(S14)) == [declined("S14"), offered("S12")]
    assert OFFERED.after(decline(S14)).when(decline(S12)) == [declined("S12"), offered("S05")]


def test_v23_when_the_last_candidate_declines_the_office_is_told() -> None:
    last = OFFERED.after(decline(S14), decline(S12))
    assert last.when(decline(S05)) == [declined("S05"), to_office("nobody_left")]


def test_a_decline_says_in_a_word_what_it_is_for() -> None:
    [fact, _] = OFFERED.when(decline(S14, ground="no_room"))
    assert isinstance(fact, MatchDeclined)
    assert fact.ground == "no_room"


def test_v23_a_match_lists_everybody_considered_and_who_declined() -> None:
    asked_twice = OFFERED.after(decline(S14))
    assert asked_twice.when(accept(S12)) == [
        matched("S12", declined=(Declined(section="S14", reason=NO_STAFF),))
    ]


def test_the_office_asks_somebody_else_and_says_why() -> None:
    by_hand = OFFERED.after(propose("S17", "S12", actor=HEAD))
    proposed = by_hand.history[-1]
    assert isinstance(proposed, MatchProposed)
    assert proposed.offered_to == "S17"
    assert proposed.reason == Confidential("事業の中身はこちらに近い")
    assert by_hand.when(decline(S17)) == [declined("S17"), offered("S12")]


def test_v23_who_was_considered_before_the_office_named_others_is_still_listed() -> None:
    [fact] = OFFERED.after(propose("S12")).when(accept(S12))
    assert fact == matched("S12", candidates=(SAFETY, ELDERLY, DIGITAL))


def test_v23_who_declined_is_not_asked_again() -> None:
    with pytest.raises(DeclinedBefore):
        EXHAUSTED.when(propose("S30", "S14"))


@pytest.mark.parametrize(
    ("sections", "refusal"), [(("S99",), UnknownSection), (("S30", "S30"), SectionNamedTwice)]
)
def test_the_office_names_sections_of_the_city_once(
    sections: tuple[str, ...], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        OFFERED.when(propose(*sections))


def test_the_office_names_a_section_only_while_the_case_looks_for_one() -> None:
    for stream in (case, case.given(RANKED), MATCHED, OFFERED.after(close())):
        with pytest.raises(MatchingNotOpen):
            stream.when(propose("S30"))


def test_a_late_ranking_does_not_take_back_what_the_office_asked() -> None:
    assert case.after(open_matching(), propose("S30")).when(rank(*RANKING)) == [NOTED]


def test_a_case_whose_talks_are_over_asks_the_next_candidate() -> None:
    assert MATCHED.when(reopen("S14")) == [gave_back("S14"), offered("S12")]


def test_a_case_whose_talks_are_over_waits_for_the_office_where_no_candidate_is_left() -> None:
    only = case.after(rank(ELDERLY), open_matching(), accept())
    assert only.when(reopen("S14")) == [gave_back("S14"), to_office("nobody_left")]


def test_what_is_told_late_about_another_lead_changes_nothing() -> None:
    for stream in (case, OFFERED, EXHAUSTED, MATCHED.after(close())):
        assert stream.when(reopen("S14")) == []
    assert MATCHED.when(reopen("S12")) == []
    assert MATCHED.after(reopen("S14")).when(reopen("S14")) == []


def test_v23_who_gave_the_case_back_is_not_asked_again() -> None:
    with pytest.raises(DeclinedBefore):
        MATCHED.after(reopen()).when(propose("S14"))


def test_a_reopened_case_finds_another_lead() -> None:
    assert MATCHED.after(reopen()).when(accept(S12)) == [matched("S12")]
    assert MATCHED.after(reopen(), decline(S12)).when(accept(S05, "S14"))
