"""A case is stopped by an adverse fact, remembers where it was, and goes on there or ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contracts.intake import Stage, Withdrawn
from services.intake.domain import Proposal
from tests.deciding import Deciding
from tests.intake.sample import MONDAY, RECEIVED, SUBMITTED, case, reach, reached, resume, stop, withdraw

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
AT_WORK = case.given(SUBMITTED, RECEIVED)
PAST_SCREENING = [
    Stage.MATCHING,
    Stage.DIALOGUE,
    Stage.EVALUATION,
    Stage.PROCUREMENT,
    Stage.AGREEMENT_PREP,
]


def stopped_at(stage: Stage) -> Deciding:  # type: ignore[type-arg]
    return AT_WORK.given(reached(stage, MONDAY)).after(stop(TUESDAY))


@pytest.mark.parametrize("stage", PAST_SCREENING)
def test_a_case_that_is_stopped_is_at_its_screening_and_goes_on_where_it_was(stage: Stage) -> None:
    stopped = stopped_at(stage)
    assert stopped.history[-1] == reached(Stage.SCREENING, TUESDAY, remembers=stage)
    assert stopped.when(resume(WEDNESDAY)) == [reached(stage, WEDNESDAY)]


def test_the_first_screening_leads_to_matching() -> None:
    assert AT_WORK.when(resume(MONDAY)) == [reached(Stage.MATCHING, MONDAY)]


def test_a_case_that_is_found_ineligible_ends() -> None:
    ended = stopped_at(Stage.DIALOGUE).after(reach(Stage.INELIGIBLE, WEDNESDAY))
    assert ended.state.stage == Stage.INELIGIBLE


def test_revoked_and_found_eligible_after_all_it_goes_on_where_it_was() -> None:
    days = [MONDAY + timedelta(days=n) for n in range(2, 6)]
    again = stopped_at(Stage.DIALOGUE).after(
        reach(Stage.INELIGIBLE, days[0]),
        reach(Stage.RECONSIDERATION, days[1]),
        reach(Stage.SCREENING, days[2]),
    )
    assert again.state.stopped
    assert again.when(resume(days[3])) == [reached(Stage.DIALOGUE, days[3])]


def test_what_others_did_before_they_heard_of_the_stop_is_remembered() -> None:
    stopped = stopped_at(Stage.MATCHING).after(reach(Stage.DIALOGUE, WEDNESDAY))
    assert stopped.history[-1] == reached(Stage.SCREENING, WEDNESDAY, remembers=Stage.DIALOGUE)
    assert stopped.when(resume(TUESDAY)) == [reached(Stage.DIALOGUE, WEDNESDAY)]


def test_a_stop_counts_also_when_it_is_older_than_what_is_known() -> None:
    ahead = AT_WORK.given(reached(Stage.DIALOGUE, WEDNESDAY))
    assert ahead.when(stop(TUESDAY)) == [reached(Stage.SCREENING, WEDNESDAY, remembers=Stage.DIALOGUE)]


@pytest.mark.parametrize("stage", [Stage.AGREED, Stage.NOT_ESTABLISHED, Stage.INELIGIBLE])
def test_an_end_is_not_stopped_and_ends_a_stop(stage: Stage) -> None:
    assert AT_WORK.given(reached(stage)).when(stop(TUESDAY)) == []
    ended = stopped_at(Stage.DIALOGUE).after(reach(stage, WEDNESDAY))
    assert ended.state.stage == stage


def test_what_is_being_screened_is_stopped_already() -> None:
    assert AT_WORK.when(stop(TUESDAY)) == []
    assert stopped_at(Stage.DIALOGUE).when(stop(WEDNESDAY)) == []
    assert AT_WORK.given(reached(Stage.RECONSIDERATION)).when(stop(TUESDAY)) == []


def test_what_is_not_stopped_is_not_moved_by_an_old_decision() -> None:
    ahead = AT_WORK.given(reached(Stage.DIALOGUE, TUESDAY))
    assert ahead.when(resume(MONDAY)) == []


def test_v33_a_case_that_is_stopped_can_be_withdrawn() -> None:
    assert stopped_at(Stage.DIALOGUE).when(withdraw()) == [Withdrawn()]


def test_what_was_not_accepted_or_is_withdrawn_is_not_stopped() -> None:
    assert case.given(SUBMITTED).when(stop()) == []
    withdrawn = AT_WORK.given(Withdrawn())
    assert withdrawn.when(stop()) == []
    assert withdrawn.when(resume()) == []
    assert isinstance(withdrawn.state, Proposal)
