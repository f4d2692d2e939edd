"""A pilot starts with all that it needs, and with nothing less (V24)."""

from datetime import date
from typing import Any

import pytest

from chassis.decider import Refused
from contracts.agreements import (
    PermitGranted,
    PilotAborted,
    PilotCompleted,
    PilotJudgedUnnecessary,
    PilotPlanned,
    PilotStarted,
)
from contracts.confidential import Confidential
from services.agreements.domain.pilot.planning import (
    EndsBeforeItStarts,
    NoPilotPlanned,
    PermitNotPlanned,
    PilotPlannedAlready,
    PilotUnderWay,
)
from services.agreements.domain.pilot.running import DataNotFiled, PilotNotRunning
from services.agreements.domain.standing import NotInvolved, NotLeadSection
from services.agreements.policies import (
    START,
    DataTermsMissing,
    GoalsNotShared,
    InsuranceMissing,
    KeptForNothing,
    KpiMissing,
    OutsidePeriod,
    PeriodMissing,
    PermitMissing,
    PersonalDataTermsMissing,
    Start,
    StopRuleMissing,
    goals_shared_first,
)
from tests.agreements.sample import (
    DIALOGUE,
    LEAD,
    OTHER,
    PARTNER,
    PERMIT,
    PLAN,
    PREPARED,
    RUNNING,
    SHARED,
    SUPPORT,
    TO_EVALUATE,
    TODAY,
    abort,
    complete,
    goals,
    grant,
    plan,
    skip,
    start,
)
from tests.deciding import at

STARTED = PilotStarted(ends_on=date(2024, 3, 31), report_by=date(2024, 4, 26))  # 20 office days on


def test_either_side_plans_a_pilot_on_shared_goals() -> None:
    for actor in (LEAD, PARTNER):
        assert SHARED.when(plan(actor)) == [PilotPlanned.model_validate(PLAN)]


def test_v24_without_shared_goals_nothing_is_planned_or_skipped() -> None:
    for stream in (DIALOGUE, DIALOGUE.after(goals()), SHARED.after(goals())):
        for command in (plan(), skip()):
            with pytest.raises(GoalsNotShared):
                stream.when(command)


def test_v24_a_pilot_starts_with_all_that_it_needs() -> None:
    assert PREPARED.when(start()) == [STARTED]


@pytest.mark.parametrize(
    ("gap", "refusal"),
    [
        ({"kpis": []}, KpiMissing),
        ({"starts_on": None}, PeriodMissing),
        ({"ends_on": None}, PeriodMissing),
        ({"permits": [PERMIT, "道路占用許可"]}, PermitMissing),
        ({"insurance": "missing"}, InsuranceMissing),
        ({"stop_rule": None}, StopRuleMissing),
        ({"data_terms": None}, DataTermsMissing),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_v24_a_pilot_with_one_gap_does_not_start(gap: dict[str, Any], refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        PREPARED.after(plan(**gap)).when(start())


def test_v24_goals_are_among_the_preconditions_themselves() -> None:
    start_without = Start(PilotPlanned.model_validate(PLAN), frozenset({PERMIT}), False, TODAY)
    assert goals_shared_first in START
    with pytest.raises(GoalsNotShared):
        goals_shared_first(start_without)


def test_v24_a_waiver_stands_for_an_insurance() -> None:
    assert PREPARED.after(plan(insurance="waived")).when(start()) == [STARTED]


@pytest.mark.parametrize("on", ["2023-10-10 00:00", "2024-03-31 23:59"])
def test_v24_both_ends_of_the_period_count(on: str) -> None:
    assert PREPARED.when(start(on=at(on))) == [STARTED]


@pytest.mark.parametrize("on", ["2023-10-09 23:59", "2024-04-01 00:00"])
def test_v24_a_pilot_starts_within_its_period(on: str) -> None:
    with pytest.raises(OutsidePeriod):
        PREPARED.when(start(on=at(on)))


def test_a_later_plan_replaces_the_earlier_and_keeps_its_permits() -> None:
    assert PREPARED.after(plan(stop_rule=None), plan()).when(start()) == [STARTED]


def test_a_pilot_does_not_end_before_it_starts() -> None:
    with pytest.raises(EndsBeforeItStarts):
        SHARED.when(plan(starts_on="2023-10-10", ends_on="2023-10-09"))


def test_a_permit_is_noted_once_by_a_section_involved() -> None:
    planned = SHARED.after(plan())
    granted = [PermitGranted(permit=PERMIT, reference="財管第123号")]
    assert planned.when(grant(actor=LEAD)) == planned.when(grant(actor=SUPPORT)) == granted
    assert PREPARED.when(grant()) == []
    with pytest.raises(NotInvolved):
        planned.when(grant(actor=OTHER))


def test_only_a_permit_of_the_plan_is_noted() -> None:
    with pytest.raises(PermitNotPlanned):
        PREPARED.when(grant("道路占用許可"))
    with pytest.raises(NoPilotPlanned):
        SHARED.when(grant())


def test_the_lead_section_starts_completes_and_skips() -> None:
    for stream, command in ((PREPARED, start(OTHER)), (RUNNING, complete(OTHER)), (SHARED, skip(SUPPORT))):
        with pytest.raises(NotLeadSection):
            stream.when(command)


def test_nothing_starts_that_was_not_planned_and_nothing_ends_that_did_not_start() -> None:
    with pytest.raises(NoPilotPlanned):
        SHARED.when(start())
    for stream in (SHARED, PREPARED, TO_EVALUATE):
        for command in (complete(), abort()):
            with pytest.raises(PilotNotRunning):
                stream.when(command)


def test_a_running_pilot_is_not_planned_anew() -> None:
    with pytest.raises(PilotUnderWay):
        RUNNING.when(plan())


def test_a_pilot_ends_with_its_report_and_its_data() -> None:
    filed = PilotCompleted(report=Confidential("実証報告書"), data=Confidential("共有フォルダ 実証/2023-12"))
    assert RUNNING.when(complete()) == [filed]
    with pytest.raises(DataNotFiled):
        RUNNING.when(complete().model_copy(update={"data": None}))


TERMS: dict[str, Any] = {
    "purpose": "異常の連絡先を知るため",
    "lawful_basis": "本人の同意",
    "retain_days": 30,
}


def test_v37_personal_data_come_with_purpose_lawful_basis_and_retention() -> None:
    for retention in ({}, {"retain_days": None, "retain_until": "2024-04-30"}):
        planned = PREPARED.after(plan(personal_data={**TERMS, **retention}))
        assert planned.when(start()) == [STARTED.model_copy(update={"erase_by": date(2024, 4, 30)})]


@pytest.mark.parametrize(
    ("gap", "lacking"),
    [
        ({"purpose": None}, "purpose"),
        ({"lawful_basis": None}, "lawful_basis"),
        ({"retain_days": None}, "retain"),
        ({"retain_until": "2024-04-30"}, "retain"),  # both: which one counts?
    ],
)
def test_v37_without_one_of_them_no_pilot_starts(gap: dict[str, Any], lacking: str) -> None:
    with pytest.raises(PersonalDataTermsMissing, match=lacking):
        PREPARED.after(plan(personal_data={**TERMS, **gap})).when(start())


def test_v37_personal_data_are_not_kept_until_a_day_that_is_over() -> None:
    kept = PREPARED.after(plan(personal_data={**TERMS, "retain_days": None, "retain_until": "2023-10-10"}))
    assert kept.when(start(on=at("2023-10-10 23:59")))
    with pytest.raises(KeptForNothing):
        kept.when(start(on=at("2023-10-11 00:00")))


def test_either_side_aborts_a_pilot_with_a_reason() -> None:
    reason = Confidential("機器の不具合")
    assert RUNNING.when(abort(PARTNER)) == [PilotAborted(reason=reason, by="partner")]
    assert RUNNING.when(abort(LEAD)) == [PilotAborted(reason=reason, by="city")]


def test_a_pilot_is_run_only_as_needed() -> None:
    assert SHARED.when(skip()) == [PilotJudgedUnnecessary(reason=Confidential("他市での実績がある"))]
    with pytest.raises(PilotPlannedAlready):
        PREPARED.when(skip())


def test_v25_every_end_of_a_pilot_leads_to_the_evaluation() -> None:
    for stream, end in (
        (RUNNING.after(complete()), "completed"),
        (RUNNING.after(abort()), "aborted"),
        (TO_EVALUATE, "unnecessary"),
    ):
        assert (stream.state.phase, stream.state.pilot.end) == ("evaluation", end)
