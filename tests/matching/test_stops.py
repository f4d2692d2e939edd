"""A case that is stopped waits where it is; it goes on, ends, or follows another edition (GL7, V32)."""

from datetime import date

import pytest

from contracts.days import OfficeCalendar
from contracts.matching import (
    EscalationRaised,
    GuidelineFollowed,
    Matched,
    MatchingEnded,
    MatchingOpened,
    MatchingResumed,
    MatchingSuspended,
    SectionOffered,
)
from services.matching.domain import CaseStopped, MatchingCommand, MatchingNotOpen
from tests.deciding import at
from tests.matching.sample import (
    EXHAUSTED,
    MATCHED,
    OFFERED,
    PINNED,
    RANKED,
    RANKING,
    REPLY_BY,
    S14,
    accept,
    case,
    close,
    conclude,
    decline,
    end,
    escalate,
    follow,
    offered,
    open_matching,
    propose,
    rank,
    reopen,
    suspend,
)

OCTOBER = at("2023-10-02 09:00")
OCTOBER_REPLY = date(2023, 10, 17)  # ten office days on; 10/9 is a holiday
ANSWERS: list[MatchingCommand] = [accept(), decline(), propose("S30")]


@pytest.mark.parametrize("command", [*ANSWERS, conclude()])
def test_nobody_answers_or_is_asked_while_a_case_is_stopped(command: MatchingCommand) -> None:
    stream = EXHAUSTED if command == conclude() else OFFERED
    with pytest.raises(CaseStopped):
        stream.after(suspend()).when(command)


def test_a_stopped_case_goes_on_where_it_was_and_whoever_answers_has_the_full_time_again() -> None:
    stopped = OFFERED.after(suspend())
    assert stopped.history[-1] == MatchingSuspended()
    assert stopped.when(open_matching(OCTOBER)) == [MatchingResumed(respond_by=OCTOBER_REPLY)]
    again = stopped.after(open_matching(OCTOBER))
    assert (again.state.offered_to, again.state.respond_by) == ("S14", OCTOBER_REPLY)
    assert isinstance(again.when(accept())[0], Matched)


def test_a_matched_case_goes_on_with_its_lead() -> None:
    assert MATCHED.after(suspend()).when(open_matching(OCTOBER)) == [MatchingResumed()]
    assert MATCHED.after(suspend(), open_matching()).state.lead == "S14"


def test_what_waits_for_the_office_waits_on() -> None:
    again = EXHAUSTED.after(suspend(), open_matching(OCTOBER))
    assert again.state.left_to_office == "nobody_left"
    assert again.when(conclude())


def test_a_case_stopped_between_two_leads_asks_the_next_when_it_goes_on() -> None:
    stopped = MATCHED.after(suspend(), reopen("S14"))
    assert stopped.state.offered_to is None
    assert stopped.when(open_matching(OCTOBER)) == [
        MatchingResumed(respond_by=OCTOBER_REPLY),
        SectionOffered(section="S12", respond_by=OCTOBER_REPLY),
    ]


def test_v22_a_case_that_was_stopped_before_it_was_ranked_does_not_wait_for_ever() -> None:
    again = case.after(open_matching(), suspend(), open_matching(OCTOBER))
    assert again.when(escalate(OCTOBER_REPLY)) == [EscalationRaised(waiting_for="office", due=OCTOBER_REPLY)]


def test_a_case_that_is_not_eligible_any_more_ends() -> None:
    for stream in (OFFERED, MATCHED, OFFERED.after(suspend())):
        assert stream.when(end("GL7-A2")) == [MatchingEnded(clauses=("GL7-A2",))]
        ended = stream.after(end("GL7-A2"))
        assert ended.when(end("GL7-A2")) == ended.when(suspend()) == []
    with pytest.raises(MatchingNotOpen):
        OFFERED.after(end("GL7-A2")).when(accept())


def test_v34_a_case_whose_end_was_revoked_goes_on_where_it_was() -> None:
    again = OFFERED.after(suspend(), end("GL7-A2"), open_matching(OCTOBER))
    assert again.state.offered_to == "S14"


def test_what_is_not_here_or_is_over_is_not_stopped_and_does_not_end() -> None:
    over = OFFERED.after(close())
    for stream in (case, case.given(RANKED), over):
        assert stream.when(suspend()) == stream.when(end("GL7-A2")) == []
    assert OFFERED.after(suspend()).when(suspend()) == []


def test_v33_a_stopped_case_is_withdrawn_and_does_not_come_back() -> None:
    gone = OFFERED.after(suspend(), close())
    assert gone.state.status == "closed"
    assert gone.when(open_matching()) == []


def test_v22_a_day_that_passes_without_an_answer_is_said_once_and_the_offer_stays() -> None:
    raised = EscalationRaised(waiting_for="section_reply", section="S14", due=REPLY_BY)
    assert OFFERED.when(escalate()) == [raised]
    late = OFFERED.after(escalate())
    assert late.when(escalate()) == []
    assert late.when(accept())
    assert late.after(decline()).when(escalate())  # of the next section


def test_v22_what_waits_for_the_office_is_said_too() -> None:
    waits = EscalationRaised(waiting_for="office", due=REPLY_BY)
    for stream in (EXHAUSTED, case.after(rank(), open_matching()), case.after(open_matching())):
        assert stream.when(escalate()) == [waits]


def test_what_was_answered_or_is_stopped_is_not_late() -> None:
    for stream in (MATCHED, OFFERED.after(suspend()), OFFERED.after(close()), case, case.given(RANKED)):
        assert stream.when(escalate()) == []
    assert OFFERED.when(escalate(date(2023, 9, 18))) == []
    assert OFFERED.after(suspend(), open_matching(OCTOBER)).when(escalate()) == []


NEXT = "tokorozawa/2024-04"


def test_v32_a_migrated_case_answers_in_the_periods_and_with_the_sections_of_its_new_edition() -> None:
    quick = follow(edition=NEXT, sections=["S14", "S05"], reply_days=5)
    [followed] = OFFERED.when(quick)
    assert isinstance(followed, GuidelineFollowed)
    moved = OFFERED.after(quick)
    assert moved.when(accept(S14))[0].edition == NEXT  # type: ignore[union-attr]
    _, next_ = moved.when(decline(S14))
    assert next_ == SectionOffered(section="S05", respond_by=date(2023, 9, 11))


def test_v32_a_section_that_the_new_edition_does_not_have_is_asked_no_more() -> None:
    assert OFFERED.when(follow(edition=NEXT, sections=["S12", "S05"]))[1] == offered("S12")


def test_v32_a_case_migrated_before_it_is_eligible_opens_under_its_new_edition() -> None:
    stream = case.after(rank(*RANKING), follow(edition=NEXT, reply_days=5), open_matching())
    opened = stream.history[-2]
    assert isinstance(opened, MatchingOpened)
    assert (opened.edition, opened.reply_days) == (NEXT, 5)


def test_v32_a_case_keeps_its_edition_otherwise() -> None:
    assert OFFERED.state.pinned
    assert OFFERED.state.pinned.edition == PINNED["edition"]
    followed = OFFERED.after(follow(edition=NEXT))
    assert followed.when(follow(edition=NEXT)) == []
    assert OFFERED.after(close()).when(follow(edition=NEXT)) == []


def test_v35_each_city_counts_its_own_office_days() -> None:
    open_on_saturdays = OfficeCalendar(closed_weekdays=(6,), holidays=None, closed=())
    [_, proposed] = case.given(RANKED).when(open_matching(calendar=open_on_saturdays))
    assert proposed.respond_by == date(2023, 9, 15)  # type: ignore[union-attr]
