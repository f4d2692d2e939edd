"""How a matching ends without a match: a reasoned conclusion, or a withdrawal."""

from datetime import date
from typing import Any

import pytest

from chassis.decider import NotYours
from contracts.confidential import Confidential
from contracts.matching import Candidate, Declined, LeadFreed, MatchingClosed, NoMatchConcluded
from services.matching.domain import MatchingNotOpen
from services.matching.policies import CandidatesLeft, ClauseMissing, NobodyAsked, NoSuchClause
from tests.deciding import by
from tests.matching.sample import (
    EDITION,
    EXHAUSTED,
    MATCHED,
    NO_STAFF,
    OFFERED,
    RANKED,
    RANKING,
    S05,
    S12,
    S14,
    WINDOW,
    case,
    close,
    conclude,
    decline,
    end,
    free,
    note_partner,
    open_matching,
    propose,
    rank,
    reopen,
    settle,
    suspend,
)

CLOSED = MatchingClosed(reason="withdrawn")


def test_v23_a_case_ends_without_a_match_only_after_every_candidate_declined() -> None:
    for stream in (OFFERED, OFFERED.after(decline(S14)), OFFERED.after(decline(S14), decline(S12))):
        with pytest.raises(CandidatesLeft):
            stream.when(conclude())


REASONS = Confidential("引き受ける課がない")
RESTING_ON: dict[str, Any] = {
    "reasons": REASONS,
    "clauses": ("GL2-3",),
    "edition": EDITION.id,
    "decided_by": "H-01",
    "reconsider_by": date(2023, 9, 18),
}


def test_v23_the_conclusion_lists_candidates_declines_and_reasons() -> None:
    declined = tuple(Declined(section=section, reason=NO_STAFF) for section in ("S14", "S12", "S05"))
    assert EXHAUSTED.when(conclude()) == [
        NoMatchConcluded(candidates=RANKING, declined=declined, **RESTING_ON)
    ]


@pytest.mark.parametrize("candidates", [RANKING, ()], ids=["below the threshold", "no candidate"])
def test_v23_where_none_fits_the_head_concludes_with_reasons_though_nobody_was_asked(
    candidates: tuple[Candidate, ...],
) -> None:
    stuck = case.after(rank(*candidates, none_fits=True), open_matching())
    assert stuck.when(conclude()) == [
        NoMatchConcluded(candidates=candidates, declined=(), none_fits=True, **RESTING_ON)
    ]


def test_v07_the_conclusion_rests_on_a_clause_that_the_head_names_or_on_the_usual_ones() -> None:
    [named] = EXHAUSTED.when(conclude(clauses=("GL4-3a",)))
    assert isinstance(named, NoMatchConcluded)
    assert named.clauses == ("GL4-3a",)
    with pytest.raises(ClauseMissing):
        EXHAUSTED.when(conclude(usual_clauses=()))


def test_v08_the_conclusion_cites_only_what_stands_in_the_edition_of_the_case() -> None:
    with pytest.raises(NoSuchClause, match="GL9-9"):
        EXHAUSTED.when(conclude(clauses=("GL9-9",)))


def test_v23_only_the_head_concludes() -> None:
    with pytest.raises(NotYours):
        EXHAUSTED.when(conclude().model_copy(update={"actor": WINDOW}))


def test_v23_a_section_named_by_hand_answers_before_the_end_though_none_fits_by_the_ranking() -> None:
    asked = case.after(rank(*RANKING, none_fits=True), open_matching(), propose("S30"))
    with pytest.raises(CandidatesLeft):
        asked.when(conclude())
    [concluded] = asked.after(decline(by("section:U-30:S30"))).when(conclude())
    assert isinstance(concluded, NoMatchConcluded)
    assert [each.section for each in concluded.declined] == ["S30"]
    assert {each.section for each in concluded.candidates} == {"S30", "S14", "S12", "S05"}


def test_v23_a_case_does_not_end_before_it_was_ranked_or_anybody_was_asked() -> None:
    with pytest.raises(NobodyAsked):
        case.after(note_partner(), open_matching()).when(conclude())


def test_a_case_of_which_all_is_decided_frees_its_section() -> None:
    assert MATCHED.when(free("signed")) == [LeadFreed(section="S14", reason="signed")]
    done = MATCHED.after(free("not_established"))
    for late in (free(), close(), reopen(), open_matching(), suspend(), end("GL7-A2"), settle()):
        assert done.when(late) == []


def test_who_leads_nothing_frees_nobody() -> None:
    for stream in (case, OFFERED, EXHAUSTED, MATCHED.after(reopen())):
        assert stream.when(free()) == []


def test_a_lead_that_gave_the_case_back_counts_as_asked() -> None:
    assert MATCHED.after(reopen(), decline(S12), decline(S05)).when(conclude())


def test_nothing_is_concluded_before_matching_opens_or_twice() -> None:
    for stream in (case, case.given(RANKED), MATCHED, EXHAUSTED.after(conclude())):
        with pytest.raises(MatchingNotOpen):
            stream.when(conclude())


def test_v33_a_withdrawn_case_is_closed_at_any_time_once() -> None:
    for stream in (case.given(RANKED), OFFERED, EXHAUSTED, MATCHED):
        assert stream.when(close()) == [CLOSED]
        assert stream.after(close()).when(close()) == []


def test_a_case_that_was_never_here_or_is_over_needs_no_closing() -> None:
    assert case.when(close()) == []
    assert EXHAUSTED.after(conclude()).when(close()) == []


def test_a_case_withdrawn_before_it_was_eligible_is_not_opened_any_more() -> None:
    assert case.given(RANKED, CLOSED).when(open_matching()) == []
    assert case.after(open_matching(), close()).when(rank(*RANKING)) == []
