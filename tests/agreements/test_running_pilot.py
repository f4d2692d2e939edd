"""A pilot that runs: what happens in it is reported, either side stops it, both let it go on."""

from datetime import date, timedelta

import pytest

from chassis.decider import NotYours
from contracts.agreements import (
    CauseRemoved,
    IncidentReported,
    PartnershipClosed,
    PartnershipSuspended,
    PilotAborted,
    PilotResumed,
    PilotSuspended,
    ProgressReported,
)
from contracts.confidential import Confidential
from services.agreements.domain.pilot.running import (
    IncidentNotReported,
    NoIncidentMeant,
    NoSuchKpi,
    NotHappenedYet,
    NothingReported,
    PilotNotRunning,
    PilotNotSuspended,
    PilotStandsStill,
)
from services.agreements.domain.standing import CaseIsOver, CaseStopped, NotLeadSection
from tests.agreements.sample import (
    FINANCE,
    LEAD,
    OTHER,
    PARTNER,
    PREPARED,
    RUNNING,
    STANDS_STILL,
    TO_EVALUATE,
    TODAY,
    abort,
    close,
    complete,
    end,
    plan,
    report_incident,
    report_progress,
    resume,
    resume_pilot,
    suspend,
    suspend_pilot,
)

REVIEW_BY = date(2023, 10, 24)  # ten office days on
WHY, HOW = Confidential("誤検知が続く"), Confidential("機器を取り替えた")


def suspended(**fields: object) -> PilotSuspended:
    return PilotSuspended.model_validate(
        {"cause": "stop_rule", "reason": WHY, "by": "city", "review_by": REVIEW_BY, **fields}
    )


def test_either_side_reports_an_incident_and_they_are_counted() -> None:
    first = IncidentReported(number=1, occurred_on=TODAY, what=Confidential("機器が発熱した"), by="partner")
    assert RUNNING.when(report_incident(PARTNER)) == [first]
    [second] = RUNNING.given(first).when(report_incident(LEAD))
    assert second == first.model_copy(update={"number": 2, "by": "city"})
    with pytest.raises(NotLeadSection):
        RUNNING.when(report_incident(OTHER))


def test_nothing_is_reported_that_has_not_happened() -> None:
    tomorrow = TODAY + timedelta(days=1)
    for command in (report_incident(on=tomorrow), report_progress(on=tomorrow)):
        with pytest.raises(NotHappenedYet):
            RUNNING.when(command)


def test_nothing_is_reported_of_a_pilot_that_does_not_run() -> None:
    for stream in (PREPARED, TO_EVALUATE):
        for command in (report_incident(), report_progress(), suspend_pilot()):
            with pytest.raises(PilotNotRunning):
                stream.when(command)


def test_progress_is_said_by_the_kpis_of_the_plan() -> None:
    [said] = RUNNING.when(report_progress(連絡までの時間=12))
    assert said == ProgressReported(
        number=1, as_of=TODAY, values=Confidential({"連絡までの時間": 12}), by="partner"
    )
    assert "12" not in repr(said)
    assert STANDS_STILL.when(report_progress(連絡までの時間="集計中"))
    with pytest.raises(NoSuchKpi):
        RUNNING.when(report_progress(売上=1))
    with pytest.raises(NothingReported):
        RUNNING.when(report_progress().model_copy(update={"values": Confidential({})}))


@pytest.mark.parametrize(("actor", "side"), [(LEAD, "city"), (PARTNER, "partner")])
def test_either_side_suspends_the_pilot_by_its_stop_rule(actor: object, side: str) -> None:
    command = suspend_pilot().model_copy(update={"actor": actor})
    assert RUNNING.when(command) == [suspended(by=side)]
    assert STANDS_STILL.state.phase == "pilot_suspended"
    assert STANDS_STILL.when(command) == []


def test_a_pilot_is_suspended_for_an_incident_that_was_reported() -> None:
    with pytest.raises(IncidentNotReported):
        RUNNING.when(suspend_pilot(cause="incident"))
    reported = RUNNING.after(report_incident(), report_incident())
    assert reported.when(suspend_pilot(cause="incident")) == [suspended(cause="incident", incident=2)]
    assert reported.when(suspend_pilot(cause="incident", incident=1)) == [
        suspended(cause="incident", incident=1)
    ]
    with pytest.raises(IncidentNotReported):
        reported.when(suspend_pilot(cause="incident", incident=3))
    with pytest.raises(NoIncidentMeant):
        reported.when(suspend_pilot(cause="stop_rule", incident=1))


@pytest.mark.parametrize(("first", "second"), [(LEAD, PARTNER), (PARTNER, LEAD)])
def test_a_suspended_pilot_goes_on_when_both_sides_say_that_the_cause_is_removed(
    first: object, second: object
) -> None:
    one, other = (resume_pilot().model_copy(update={"actor": actor}) for actor in (first, second))
    [said] = STANDS_STILL.when(one)
    assert isinstance(said, CauseRemoved)
    half = STANDS_STILL.given(said)
    assert half.state.phase == "pilot_suspended"
    assert half.when(one) == []  # said twice, one side has still said it alone
    [resumed] = half.when(other)
    assert isinstance(resumed, PilotResumed)
    assert half.given(resumed).state.phase == "pilot_running"
    assert {said.by, resumed.by} == {"city", "partner"}


def test_a_further_incident_is_not_the_cause_that_was_removed() -> None:
    half = STANDS_STILL.after(resume_pilot(LEAD), report_incident())
    assert half.when(resume_pilot(PARTNER)) == [CauseRemoved(how=HOW, by="partner")]


def test_what_was_said_of_one_suspension_does_not_count_for_the_next() -> None:
    again = STANDS_STILL.after(resume_pilot(LEAD), resume_pilot(PARTNER), suspend_pilot())
    assert again.when(resume_pilot(PARTNER)) == [CauseRemoved(how=HOW, by="partner")]


def test_only_a_suspended_pilot_is_resumed() -> None:
    for stream in (PREPARED, RUNNING, TO_EVALUATE):
        with pytest.raises(PilotNotSuspended):
            stream.when(resume_pilot())


def test_a_suspended_pilot_is_aborted_but_neither_completed_nor_planned_anew() -> None:
    aborted = [PilotAborted(reason=Confidential("機器の不具合"), by="partner")]
    assert STANDS_STILL.when(abort(PARTNER)) == aborted
    assert STANDS_STILL.after(abort()).state.phase == "evaluation"
    with pytest.raises(PilotStandsStill):
        STANDS_STILL.when(complete())
    with pytest.raises(PilotNotRunning):
        TO_EVALUATE.when(abort())
    with pytest.raises(PilotStandsStill):
        STANDS_STILL.when(complete())


def test_what_keeps_people_from_harm_waits_for_no_screening() -> None:
    stopped = RUNNING.after(suspend())
    assert stopped.when(report_incident())
    still = stopped.after(suspend_pilot())
    for command in (resume_pilot(), report_progress(), abort()):
        with pytest.raises(CaseStopped):
            still.when(command)
    for command in (plan(), complete()):
        with pytest.raises(CaseStopped):
            stopped.when(command)


def test_a_case_stopped_in_a_suspended_pilot_goes_on_there_or_ends_there() -> None:
    assert STANDS_STILL.when(suspend()) == [PartnershipSuspended()]
    stopped = STANDS_STILL.after(suspend())
    assert stopped.after(resume()).state.phase == "pilot_suspended"
    assert stopped.after(resume()).when(resume_pilot())
    ended = stopped.after(end())
    for command in (report_incident(), suspend_pilot(), abort()):
        with pytest.raises(CaseIsOver):
            ended.when(command)


def test_v33_a_proposal_is_withdrawn_from_a_suspended_pilot() -> None:
    assert STANDS_STILL.when(close()) == [PartnershipClosed(reason="withdrawn")]
    with pytest.raises(CaseIsOver):
        STANDS_STILL.after(close()).when(resume_pilot())


def test_only_the_two_sides_speak_of_a_pilot() -> None:
    for command in (report_incident(), report_progress(), suspend_pilot(), resume_pilot()):
        with pytest.raises(NotYours):
            STANDS_STILL.when(command.model_copy(update={"actor": FINANCE}))


def test_a_cause_that_comes_up_while_the_pilot_stands_still_is_not_swallowed() -> None:
    for_an_incident = RUNNING.after(report_incident(), suspend_pilot(cause="incident"))
    assert for_an_incident.when(suspend_pilot(cause="incident")) == []
    with pytest.raises(PilotStandsStill):
        for_an_incident.when(suspend_pilot(cause="stop_rule"))
    with pytest.raises(PilotStandsStill):
        for_an_incident.after(report_incident()).when(suspend_pilot(cause="incident", incident=2))
    gone_on = for_an_incident.after(resume_pilot(LEAD), resume_pilot(PARTNER))
    assert [fact.cause for fact in gone_on.when(suspend_pilot(cause="stop_rule"))] == ["stop_rule"]
