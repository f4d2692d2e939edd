"""What waits in the talks longer than it should is told to the office (V22)."""

from datetime import date
from typing import Any

import pytest

from chassis.deadlines import Cancel, Set
from contracts.agreements import EscalationRaised, PilotStarted
from contracts.days import end_of
from services.agreements.deadlines import in_talks
from services.agreements.domain.commands import EscalateTalks
from tests.agreements.sample import (
    DIALOGUE,
    LEAD,
    PARTNER,
    RUNNING,
    STANDS_STILL,
    abort,
    close,
    complete,
    end,
    grant_resource,
    recorded,
    refuse_resource,
    resume_pilot,
    suspend,
    suspend_pilot,
)
from tests.agreements.test_environment import ASKED
from tests.deciding import Deciding

REPORT_BY = date(2024, 4, 26)  # 20 office days after the last day of the plan
REVIEW_BY = date(2023, 10, 24)


def left(stream: Deciding[Any, Any, Any]) -> dict[str, EscalateTalks]:
    """The deadlines that stand after these facts, each due when its last day is over."""
    stands: dict[str, EscalateTalks] = {}
    for fact in stream.history:
        for deadline in in_talks(recorded(fact)):
            if isinstance(deadline, Cancel):
                stands.pop(deadline.name, None)
            else:
                assert isinstance(deadline, Set)
                assert isinstance(deadline.command, EscalateTalks)
                assert deadline.due_at == end_of(deadline.command.due)
                stands[deadline.name] = deadline.command
    return stands


@pytest.mark.parametrize(
    ("stream", "fact"),
    [
        (RUNNING, EscalationRaised(waiting_for="pilot_end", due=REPORT_BY, section="S14")),
        (STANDS_STILL, EscalationRaised(waiting_for="pilot_suspended", due=REVIEW_BY, section="S14")),
        (STANDS_STILL, EscalationRaised(waiting_for="pilot_end", due=REPORT_BY, section="S14")),
        (ASKED, EscalationRaised(waiting_for="resource", due=REVIEW_BY, number=1, section="S27")),
    ],
    ids=lambda value: getattr(value, "waiting_for", ""),
)
def test_v22_what_waits_past_its_last_day_is_escalated(
    stream: Deciding[Any, Any, Any], fact: EscalationRaised
) -> None:
    [command] = [each for each in left(stream).values() if each.waiting_for == fact.waiting_for]
    assert stream.when(command) == [fact]
    assert stream.after(suspend()).when(command) == [fact]  # a case that is stopped waits as well
    assert stream.after(close()).when(command) == []
    assert stream.after(suspend(), end()).when(command) == []


@pytest.mark.parametrize(
    ("before", "after", "remains"),
    [
        (RUNNING, RUNNING.after(complete()), set()),
        (RUNNING, RUNNING.after(abort()), set()),
        (STANDS_STILL, STANDS_STILL.after(abort()), set()),
        (STANDS_STILL, STANDS_STILL.after(resume_pilot(LEAD), resume_pilot(PARTNER)), {"pilot_end"}),
        (ASKED, ASKED.after(grant_resource()), set()),
        (ASKED, ASKED.after(refuse_resource()), set()),
    ],
)
def test_what_came_in_time_is_not_escalated(
    before: Deciding[Any, Any, Any], after: Deciding[Any, Any, Any], remains: set[str]
) -> None:
    assert left(after).keys() == remains
    for name, command in left(before).items():
        assert bool(after.when(command)) == (name in remains)


def test_a_later_standstill_has_its_own_last_day() -> None:
    again = STANDS_STILL.after(resume_pilot(LEAD), resume_pilot(PARTNER), suspend_pilot())
    late = left(STANDS_STILL)["pilot_suspended"].model_copy(update={"due": date(2023, 10, 1)})
    assert again.when(late) == []


def test_a_pilot_that_was_started_before_there_were_last_days_waits_for_none() -> None:
    assert in_talks(recorded(PilotStarted())) == []
    assert left(DIALOGUE) == {}
