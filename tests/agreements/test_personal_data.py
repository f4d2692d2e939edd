"""Personal data of a pilot are kept until the day that was planned, and no longer (V37)."""

from datetime import date, timedelta

import pytest

from contracts.agreements import (
    EscalationRaised,
    PersonalDataErased,
    PilotAborted,
    PilotCompleted,
    PilotStarted,
)
from contracts.confidential import Confidential
from services.agreements.domain.pilot.personal_data import NotErasedYet, NothingToErase
from services.agreements.domain.standing import NotInDialogue, NotLeadSection
from tests.agreements.sample import (
    DIALOGUE,
    LEAD,
    OTHER,
    PARTNER,
    PERSONAL,
    PREPARED,
    RUNNING,
    TODAY,
    abort,
    case,
    close,
    complete,
    confirm_erasure,
    plan,
    start,
)
from tests.agreements.test_waiting import left

USED = PREPARED.after(plan(personal_data=PERSONAL), start())
KEPT_UNTIL = TODAY + timedelta(days=30)


def test_v37_the_days_count_from_the_end_of_the_pilot() -> None:
    assert USED.state.pilot.erase_by == date(2024, 4, 30)  # as planned
    [completed], [aborted] = USED.when(complete()), USED.when(abort())
    assert isinstance(completed, PilotCompleted)
    assert isinstance(aborted, PilotAborted)
    assert completed.erase_by == aborted.erase_by == KEPT_UNTIL
    until = {**PERSONAL, "retain_days": None, "retain_until": "2024-12-31"}
    fixed = PREPARED.after(plan(personal_data=until), start(), abort())
    assert fixed.state.pilot.erase_by == date(2024, 12, 31)


def test_v37_either_side_confirms_the_erasure_whatever_became_of_the_case() -> None:
    for stream in (USED, USED.after(complete()), USED.after(abort(), close()), USED.after(close())):
        for actor, side in ((PARTNER, "partner"), (LEAD, "city")):
            how = Confidential("サーバーから消去した")
            assert stream.when(confirm_erasure(actor)) == [
                PersonalDataErased.model_validate({"erased_on": TODAY, "how": how, "by": side})
            ]
    with pytest.raises(NotLeadSection):
        USED.when(confirm_erasure(OTHER))


def test_nothing_is_erased_that_is_not_there_or_not_yet() -> None:
    with pytest.raises(NotErasedYet):
        USED.when(confirm_erasure(on=TODAY + timedelta(days=1)))
    for stream in (
        RUNNING,
        DIALOGUE,
        USED.after(confirm_erasure()),
        USED.after(confirm_erasure(), complete()),
    ):
        with pytest.raises(NothingToErase):
            stream.when(confirm_erasure())
    with pytest.raises(NotInDialogue):
        case.when(confirm_erasure())


def test_v37_data_that_are_kept_longer_are_told_of_also_when_the_case_is_over() -> None:
    over = USED.after(abort(), close())
    command = left(over)["erasure"]
    assert over.when(command) == [EscalationRaised(waiting_for="erasure", due=KEPT_UNTIL, section="S14")]
    erased = over.after(confirm_erasure())
    assert "erasure" not in left(erased)
    assert erased.when(command) == []
    assert "erasure" not in left(RUNNING.after(complete()))


def test_v37_a_day_beyond_the_calendar_is_its_last() -> None:
    for_ever = {**PERSONAL, "retain_days": 36_525}
    far = plan(personal_data=for_ever, starts_on="2023-10-10", ends_on="9999-12-30")
    assert PREPARED.after(far).after(start()).state.pilot.erase_by == date.max


def test_v37_an_erasure_during_the_pilot_leaves_what_comes_in_later_to_be_erased() -> None:
    yesterday = USED.after(confirm_erasure(on=TODAY - timedelta(days=1)))
    assert yesterday.after(complete()).state.pilot.erase_by == KEPT_UNTIL
    assert yesterday.after(abort()).state.pilot.erase_by == KEPT_UNTIL
    assert USED.after(confirm_erasure(), complete()).state.pilot.erase_by is None


def test_v37_another_pilot_does_not_end_the_duty_of_the_one_before() -> None:
    tried = USED.after(abort())
    again = tried.given(PilotStarted(ends_on=TODAY, report_by=TODAY))
    assert again.state.pilot.erase_by == KEPT_UNTIL
    assert again.given(PilotCompleted(report=Confidential("報告"))).state.pilot.erase_by == KEPT_UNTIL
