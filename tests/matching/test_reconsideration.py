"""A case that found no section, looked at again: within its period, by somebody else (V34)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chassis.decider import NotYours
from contracts.matching import (
    ConflictFound,
    DecisionRevoked,
    DecisionUpheld,
    EscalationRaised,
    LeadFreed,
    LeadResumed,
    Matched,
    MatchingClosed,
    MatchProposed,
    NoMatchConcluded,
    ReconsiderationRequested,
)
from services.matching.domain import (
    MatchingNotOpen,
    NoteProposers,
    NothingToReconsider,
    NotTheProposer,
    NotUnderReconsideration,
    ReconsiderationOverdue,
    SameDecider,
)
from services.matching.policies import OfficerInConflict
from tests.deciding import at, by
from tests.matching.sample import (
    EXHAUSTED,
    FRIDAY,
    HEAD,
    MATCHED,
    NOT_DONE,
    OFFERED,
    RANKING,
    S05,
    S12,
    S14,
    SERVICE,
    WINDOW,
    accept,
    ask_again,
    case,
    close,
    conclude,
    declare,
    decline,
    escalate,
    follow,
    free,
    interest,
    note_conflicts,
    open_matching,
    propose,
    rank,
    reopen,
    resume_lead,
    revoke,
    uphold,
)

OTHER_HEAD = by("window_head:H-02:S01")
LAST_MOMENT, TOO_LATE = at("2023-09-18 23:59"), at("2023-09-19 00:00")  # 9/18 is a holiday; days are days
ANSWER_BY = date(2023, 10, 2)  # ten office days after 9/15: 9/18 is a holiday

CONCLUDED = EXHAUSTED.after(conclude())
ASKED = CONCLUDED.after(ask_again())


def test_the_conclusion_says_until_when_it_can_be_asked_for() -> None:
    [concluded] = EXHAUSTED.when(conclude())
    assert isinstance(concluded, NoMatchConcluded)
    assert concluded.reconsider_by == date(2023, 9, 18)


def test_not_established_leads_to_reconsideration_until_the_end_of_the_last_day_though_it_be_a_holiday() -> (
    None
):
    [asked] = CONCLUDED.when(ask_again(LAST_MOMENT))
    assert isinstance(asked, ReconsiderationRequested)


def test_on_the_next_day_it_is_too_late() -> None:
    with pytest.raises(ReconsiderationOverdue, match="2023-09-18"):
        CONCLUDED.when(ask_again(TOO_LATE))


def test_v35_the_answer_is_due_in_office_days() -> None:
    assert CONCLUDED.when(ask_again()) == [
        ReconsiderationRequested(grounds=ask_again().grounds, decide_by=ANSWER_BY)
    ]


def test_v32_the_period_is_that_of_the_edition_the_case_was_migrated_to() -> None:
    moved = EXHAUSTED.after(follow(edition="kakuu-minato/2024-04"))
    [concluded] = moved.when(conclude(clauses=("KM2-2",)))
    assert isinstance(concluded, NoMatchConcluded)
    assert concluded.edition == "kakuu-minato/2024-04"
    assert concluded.reconsider_by == date(2023, 10, 4), "thirty days there"


def test_only_a_case_that_found_no_section_is_looked_at_again_here() -> None:
    for stream in (case, OFFERED, EXHAUSTED, MATCHED, MATCHED.after(free("not_established")), ASKED):
        with pytest.raises(NothingToReconsider):
            stream.when(ask_again())


def test_gl5_04_another_proposer_asks_for_nothing_until_they_join() -> None:
    stranger = ask_again().model_copy(update={"actor": by("proposer:P-99")})
    for stream in (CONCLUDED, OFFERED):
        with pytest.raises(NotTheProposer):
            stream.when(stranger)
    joined = CONCLUDED.after(NoteProposers(actor=SERVICE, at=FRIDAY, persons=("P-99",)))
    assert joined.when(stranger)


def test_only_its_proposer_asks_for_it() -> None:
    with pytest.raises(NotYours):
        CONCLUDED.when(ask_again().model_copy(update={"actor": WINDOW}))


def test_reconsideration_upholds_the_conclusion_with_its_clauses_and_that_is_final() -> None:
    """V07: what is adverse cites what it rests on."""
    [upheld] = ASKED.when(uphold())
    assert upheld == DecisionUpheld(
        reasons=NOT_DONE, clauses=("GL2-3",), edition="tokorozawa/2023-07", decided_by="M-01"
    )
    after = ASKED.after(uphold())
    with pytest.raises(NothingToReconsider):
        after.when(ask_again())
    with pytest.raises(NotUnderReconsideration):
        after.when(revoke())
    with pytest.raises(MatchingNotOpen):
        after.when(propose("S17"))


def test_reconsideration_revokes_the_conclusion_and_every_section_is_asked_anew() -> None:
    revoked, proposed = ASKED.when(revoke())
    assert isinstance(revoked, DecisionRevoked)
    assert isinstance(proposed, MatchProposed)
    assert proposed.candidates == RANKING
    assert proposed.offered_to == "S14", "which had declined"
    [matched] = ASKED.after(revoke()).when(accept(S14))
    assert isinstance(matched, Matched)


def test_a_section_that_led_the_case_and_gave_it_back_is_not_asked_anew() -> None:
    gave_up = MATCHED.after(reopen(), decline(S12), decline(S05), conclude(), ask_again())
    _, proposed = gave_up.when(revoke())
    assert isinstance(proposed, MatchProposed)
    assert [each.section for each in proposed.candidates] == ["S12", "S05"]


def test_where_none_fits_by_the_ranking_the_office_names_a_section() -> None:
    stuck = case.after(rank(*RANKING, none_fits=True), open_matching(), conclude(), ask_again(), revoke())
    assert stuck.state.left_to_office == "none_fits"
    assert stuck.when(propose("S17"))


def test_v22_where_only_the_office_ever_asked_its_sections_are_asked_anew() -> None:
    """No ranking came, or it came after: none is waited for."""
    by_hand = case.after(open_matching(), propose("S14"), decline(S14), rank(), conclude(), ask_again())
    _, proposed = by_hand.when(revoke())
    assert isinstance(proposed, MatchProposed)
    assert proposed.offered_to == "S14"


def test_a_case_that_found_none_again_can_be_looked_at_again() -> None:
    again = ASKED.after(revoke(), decline(S14), decline(S12), decline(S05), conclude())
    assert again.when(ask_again())


@pytest.mark.parametrize("decide", [uphold, revoke])
def test_v34_whoever_concluded_does_not_look_at_it_again(decide: Any) -> None:
    with pytest.raises(SameDecider):
        ASKED.when(decide(HEAD))
    assert ASKED.when(decide(OTHER_HEAD))


def test_v34_whoever_declined_or_put_sections_in_their_order_does_not_either() -> None:
    """Somebody may have become head of the window meanwhile."""
    with pytest.raises(SameDecider):
        ASKED.when(uphold(by("window_head:U-14:S01")))
    by_hand = OFFERED.after(propose("S14", "S12", "S05", actor=by("window:W-09:S01")))
    asked = by_hand.after(decline(S14), decline(S12), decline(S05), conclude(), ask_again())
    with pytest.raises(SameDecider):
        asked.when(uphold(by("window_head:W-09:S01")))


def test_v34_who_decided_again_after_a_revocation_does_not_look_at_that() -> None:
    again = ASKED.after(revoke(OTHER_HEAD), decline(S14), decline(S12), decline(S05))
    asked = again.after(conclude(actor=OTHER_HEAD), ask_again())
    with pytest.raises(SameDecider):
        asked.when(uphold(OTHER_HEAD))


def test_v19_nobody_partial_looks_at_it() -> None:
    with pytest.raises(OfficerInConflict):
        ASKED.after(declare("S01", person="M-01")).when(uphold())


def test_v19_what_the_register_says_by_now_keeps_a_section_out_when_the_conclusion_falls() -> None:
    _, _, proposed = ASKED.after().when(revoke(conflicts=(interest("S14"),)))
    assert isinstance(proposed, MatchProposed)
    assert proposed.offered_to == "S12"
    assert ASKED.after(note_conflicts(interest("S14"))).state.partial_sections == {"S14"}


def test_nothing_is_decided_that_nobody_questioned() -> None:
    with pytest.raises(NotUnderReconsideration):
        CONCLUDED.when(uphold())


def test_v33_a_case_under_reconsideration_can_be_withdrawn() -> None:
    assert ASKED.when(close()) == [MatchingClosed(reason="withdrawn")]
    with pytest.raises(NotUnderReconsideration):
        ASKED.after(close()).when(revoke())


def test_v22_an_answer_that_does_not_come_is_escalated_once() -> None:
    late = EscalationRaised(waiting_for="reconsideration", due=ANSWER_BY)
    assert ASKED.when(escalate(ANSWER_BY)) == [late]
    assert ASKED.after(escalate(ANSWER_BY)).when(escalate(ANSWER_BY)) == []
    assert ASKED.after(uphold()).when(escalate(ANSWER_BY)) == []


def test_a_section_leads_again_when_the_outcome_that_freed_it_falls() -> None:
    freed = MATCHED.after(free("not_established"))
    assert freed.when(resume_lead()) == [LeadResumed(section="S14")]
    again = freed.after(resume_lead())
    assert again.when(resume_lead()) == []
    assert again.when(free("signed")) == [LeadFreed(section="S14", reason="signed")]
    assert MATCHED.after(free("signed")).when(resume_lead()) == []


def test_v19_what_was_entered_meanwhile_is_known_when_a_section_leads_again() -> None:
    found = interest("S12", person="U-12")
    assert MATCHED.after(free("not_established")).when(resume_lead(conflicts=(found,))) == [
        LeadResumed(section="S14"),
        ConflictFound.model_validate(found.model_dump()),
    ]


def test_grounds_and_reasons_are_confidential() -> None:
    assert "条件" not in repr(ASKED.history[-1])
    assert "調整" not in repr(ASKED.when(uphold()))
