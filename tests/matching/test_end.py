"""How a matching ends without a match: a reasoned conclusion, or a withdrawal."""

import pytest

from contracts.confidential import Confidential
from contracts.matching import Declined, MatchingClosed, NoMatchConcluded
from services.matching.domain import MatchingNotOpen
from services.matching.policies import CandidatesLeft, NobodyAsked
from tests.matching.sample import (
    EXHAUSTED,
    MATCHED,
    NO_STAFF,
    OFFERED,
    RANKED,
    RANKING,
    S05,
    S12,
    S14,
    case,
    close,
    conclude,
    decline,
    open_matching,
    rank,
    rematch,
)

CLOSED = MatchingClosed(reason="withdrawn")


def test_v23_a_case_ends_without_a_match_only_after_every_candidate_declined() -> None:
    for stream in (OFFERED, OFFERED.after(decline(S14)), OFFERED.after(decline(S14), decline(S12))):
        with pytest.raises(CandidatesLeft):
            stream.when(conclude())


def test_v23_the_conclusion_lists_candidates_declines_and_reasons() -> None:
    declined = tuple(Declined(section=section, reason=NO_STAFF) for section in ("S14", "S12", "S05"))
    assert EXHAUSTED.when(conclude()) == [
        NoMatchConcluded(reasons=Confidential("引き受ける課がない"), candidates=RANKING, declined=declined)
    ]


def test_v23_a_case_does_not_end_before_anybody_was_asked() -> None:
    with pytest.raises(NobodyAsked):
        case.after(rank(), open_matching()).when(conclude())


def test_a_lead_that_gave_the_case_back_counts_as_asked() -> None:
    assert MATCHED.after(rematch(), decline(S12), decline(S05)).when(conclude())


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
