"""A case in which an adverse fact is found stands still, and goes on where it was, or ends; another edition (V32)."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.decider import Command
from contracts.agreements import (
    GuidelineFollowed,
    PartnershipClosed,
    PartnershipEnded,
    PartnershipResumed,
    PartnershipSuspended,
)
from services.agreements.domain.standing import CaseIsOver, CaseStopped
from services.agreements.policies import ScreeningTooOld
from tests.agreements.sample import (
    CLOSED,
    DIALOGUE,
    EVALUATED,
    FINANCE,
    LEAD,
    NOON,
    NOT_ESTABLISHED,
    PREPARED,
    PROCUREMENT,
    RUNNING,
    SCORING,
    SHARED,
    SIGNED,
    TO_EVALUATE,
    TODAY,
    abort,
    case,
    classify,
    close,
    complete,
    conclude,
    confirm,
    decide_on,
    end,
    follow,
    goals,
    grant,
    note,
    open_dialogue,
    open_evaluation,
    plan,
    record,
    recuse,
    rematch,
    resume,
    score,
    share,
    sign,
    skip,
    start,
    suspend,
)
from tests.deciding import Deciding

UNDER_WAY = [DIALOGUE, SHARED, PREPARED, RUNNING, TO_EVALUATE, SCORING, EVALUATED, PROCUREMENT]
OVER = [SIGNED, NOT_ESTABLISHED, CLOSED]
ASKED: list[Command] = [
    rematch(),
    classify("none", actor=LEAD),
    classify("none", actor=FINANCE),
    record(),
    confirm(),
    goals(),
    share(),
    plan(),
    grant(),
    start(),
    complete(),
    skip(),
    abort(),
    open_evaluation(),
    score(),
    recuse(),
    conclude(),
    decide_on(),
    sign(),
]


@pytest.mark.parametrize("stream", UNDER_WAY)
def test_an_adverse_fact_stops_a_case_wherever_it_is(stream: Deciding[Any, Any, Any]) -> None:
    stopped = stream.after(suspend())
    assert stopped.history[-1] == PartnershipSuspended()
    assert stopped.when(suspend()) == []
    for command in ASKED:
        with pytest.raises(CaseStopped):
            stopped.when(command)


@pytest.mark.parametrize("stream", UNDER_WAY)
def test_found_eligible_again_it_goes_on_where_it_was(stream: Deciding[Any, Any, Any]) -> None:
    again = stream.after(suspend(), resume())
    assert again.history[-1] == PartnershipResumed()
    assert again.state == stream.state


@pytest.mark.parametrize("stream", UNDER_WAY)
def test_found_ineligible_it_ends(stream: Deciding[Any, Any, Any]) -> None:
    ended = stream.after(suspend(), end("GL7-A2", "GL7-A3"))
    assert ended.history[-1] == PartnershipEnded(clauses=("GL7-A2", "GL7-A3"))
    assert ended.when(suspend()) == ended.when(end()) == []
    for command in ASKED:
        with pytest.raises(CaseIsOver):
            ended.when(command)


@pytest.mark.parametrize("stream", UNDER_WAY)
def test_v34_an_end_that_was_revoked_is_none(stream: Deciding[Any, Any, Any]) -> None:
    assert stream.after(suspend(), end(), resume()).state == stream.state


@pytest.mark.parametrize("stream", OVER)
def test_what_is_over_is_stopped_no_more(stream: Deciding[Any, Any, Any]) -> None:
    assert stream.when(suspend()) == stream.when(resume()) == stream.when(end()) == []


def test_the_first_decision_of_a_screening_neither_resumes_nor_ends() -> None:
    for stream in (case, DIALOGUE):
        assert stream.when(resume()) == stream.when(end()) == []


def test_a_stop_told_before_the_match_stops_the_talks_that_open_after_it() -> None:
    early = case.after(suspend())
    opened = early.after(open_dialogue())
    with pytest.raises(CaseStopped):
        opened.when(goals())
    assert opened.after(resume()).when(goals())


@pytest.mark.parametrize("stream", UNDER_WAY)
def test_v33_a_case_that_is_stopped_can_be_withdrawn(stream: Deciding[Any, Any, Any]) -> None:
    withdrawn = stream.after(suspend(), close())
    assert withdrawn.history[-1] == PartnershipClosed(reason="withdrawn")
    assert withdrawn.when(end()) == []


def test_v32_a_case_keeps_its_edition_until_it_is_migrated() -> None:
    assert DIALOGUE.state.opened is not None
    assert DIALOGUE.state.opened.edition == "tokorozawa/2023-07"
    migrated = SHARED.after(follow("tokorozawa/2025-04", valid_days=14))
    assert isinstance(migrated.history[-1], GuidelineFollowed)
    assert migrated.state.opened is not None
    assert (migrated.state.opened.edition, migrated.state.opened.lead) == ("tokorozawa/2025-04", "S14")
    assert migrated.when(follow("tokorozawa/2025-04", valid_days=14)) == []


def test_v32_what_the_new_edition_says_holds_from_then_on() -> None:
    ready = EVALUATED.after(classify(), decide_on(), note(TODAY - timedelta(days=20)))
    assert ready.when(sign())
    with pytest.raises(ScreeningTooOld):
        ready.after(follow(valid_days=14)).when(sign(NOON))


def test_v32_a_migration_told_before_the_match_is_kept() -> None:
    opened = case.after(follow("tokorozawa/2025-04"), open_dialogue()).state.opened
    assert opened is not None
    assert opened.edition == "tokorozawa/2025-04"


def test_v32_a_migration_while_its_end_is_looked_at_again_is_kept() -> None:
    ended = DIALOGUE.after(suspend(), end())
    [followed] = ended.when(follow())
    assert ended.given(followed).after(resume()).state.opened == DIALOGUE.after(follow()).state.opened


@pytest.mark.parametrize("stream", OVER)
def test_v32_what_is_over_follows_no_other_edition(stream: Deciding[Any, Any, Any]) -> None:
    assert stream.when(follow()) == []
