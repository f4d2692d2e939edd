"""How far a case has come, as other services tell, in whatever order their news arrive."""

from datetime import datetime, timedelta

from contracts.intake import PilotStand, Stage, Withdrawn
from services.intake.domain import Proposal, ReachStage
from tests.intake.sample import MONDAY, RECEIVED, SUBMITTED, case, reach, reached, resume, stop

LATER = MONDAY + timedelta(days=1)
AT_WORK = case.given(SUBMITTED, RECEIVED)


def test_acceptance_itself_reaches_the_screening() -> None:
    state = AT_WORK.state
    assert isinstance(state, Proposal)
    assert state.stage == Stage.SCREENING
    assert AT_WORK.when(reach(Stage.SCREENING)) == []


def test_a_further_stage_is_kept_with_the_time_it_was_reached() -> None:
    assert AT_WORK.when(reach(Stage.MATCHING, LATER)) == [reached(Stage.MATCHING, LATER)]


def test_the_same_stage_is_no_news() -> None:
    assert AT_WORK.given(reached(Stage.MATCHING)).when(reach(Stage.MATCHING, LATER)) == []


def test_older_news_that_arrive_later_change_nothing() -> None:
    in_dialogue = AT_WORK.given(reached(Stage.DIALOGUE, LATER))
    assert in_dialogue.when(reach(Stage.MATCHING, MONDAY)) == []


def test_a_case_may_go_back_when_that_is_newer() -> None:
    in_dialogue = AT_WORK.given(reached(Stage.DIALOGUE, MONDAY))
    assert in_dialogue.when(reach(Stage.MATCHING, LATER)) == [reached(Stage.MATCHING, LATER)]


def test_an_agreement_is_final() -> None:
    assert AT_WORK.given(reached(Stage.AGREED)).when(reach(Stage.DIALOGUE, LATER)) == []


def test_a_withdrawn_case_moves_no_more() -> None:
    assert AT_WORK.given(Withdrawn()).when(reach(Stage.MATCHING, LATER)) == []


def test_news_about_a_case_that_was_not_accepted_change_nothing() -> None:
    assert case.when(reach(Stage.MATCHING)) == []
    assert case.given(SUBMITTED).when(reach(Stage.MATCHING)) == []


def in_pilot(pilot: PilotStand, since: datetime = LATER) -> ReachStage:
    return reach(Stage.DIALOGUE, since).model_copy(update={"pilot": pilot})


def test_within_the_dialogue_a_proposer_is_told_how_far_the_pilot_is() -> None:
    stands = AT_WORK.given(reached(Stage.DIALOGUE))
    running = stands.after(in_pilot("running"))
    assert running.history[-1] == reached(Stage.DIALOGUE, LATER).model_copy(update={"pilot": "running"})
    assert running.when(in_pilot("running")) == []
    assert running.when(in_pilot("suspended"))
    over = running.after(reach(Stage.EVALUATION, LATER))
    assert over.state.pilot is None


def test_a_case_that_was_stopped_in_its_pilot_goes_on_in_its_pilot() -> None:
    running = AT_WORK.given(reached(Stage.DIALOGUE)).after(in_pilot("running", MONDAY))
    stopped = running.after(stop(LATER))
    assert stopped.when(in_pilot("running")) == []
    [suspended] = stopped.when(in_pilot("suspended"))
    assert (suspended.stage, suspended.remembers) == (Stage.SCREENING, Stage.DIALOGUE)
    [resumed] = stopped.given(suspended).when(resume(LATER))
    assert (resumed.stage, resumed.pilot) == (Stage.DIALOGUE, "suspended")
    ineligible = stopped.after(reach(Stage.INELIGIBLE, LATER))
    assert ineligible.when(reach(Stage.INELIGIBLE, LATER)) == []
