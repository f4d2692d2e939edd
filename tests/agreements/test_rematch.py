"""Another section for a case: asked for from the dialogue, by either side, with a reason (GL2-3)."""

from typing import Any

import pytest

from chassis.decider import NotYours
from contracts.actors import Actor
from contracts.agreements import DialogueOpened, RematchRequested
from contracts.confidential import Confidential
from services.agreements.domain.dialogue import GoalsAreFixed, PastDialogue
from services.agreements.domain.standing import CaseIsOver, NotInDialogue, NotLeadSection
from tests.agreements.sample import (
    CLOSED,
    DIALOGUE,
    LEAD,
    OTHER,
    PARTNER,
    PREPARED,
    PROCUREMENT,
    READY,
    RUNNING,
    SHARED,
    SIGNED,
    SUPPORT,
    TO_EVALUATE,
    WINDOW,
    case,
    classify,
    goals,
    open_dialogue,
    record,
    release,
    rematch,
    skip,
)
from tests.deciding import Deciding


@pytest.mark.parametrize("actor", [LEAD, PARTNER])
def test_v23_either_side_asks_for_another_section_with_a_reason(actor: Actor) -> None:
    asked = RematchRequested(section="S14", reason=Confidential("所管が異なる"))
    assert DIALOGUE.when(rematch(actor)) == [asked]


@pytest.mark.parametrize("actor", [OTHER, SUPPORT])
def test_no_other_section_asks_for_it(actor: Actor) -> None:
    with pytest.raises(NotLeadSection):
        DIALOGUE.when(rematch(actor))
    with pytest.raises(NotYours):
        DIALOGUE.when(rematch(WINDOW))


@pytest.mark.parametrize("stream", [PREPARED, RUNNING, TO_EVALUATE, READY, PROCUREMENT])
def test_past_the_dialogue_the_section_stays(stream: Deciding[Any, Any, Any]) -> None:
    with pytest.raises(PastDialogue):
        stream.when(rematch())


@pytest.mark.parametrize("stream", [SIGNED, CLOSED])
def test_a_case_that_is_over_finds_no_other_section(stream: Deciding[Any, Any, Any]) -> None:
    with pytest.raises(CaseIsOver):
        stream.when(rematch())


def test_meanwhile_nobody_talks_and_nobody_asks_again() -> None:
    waiting = SHARED.after(rematch())
    for command in (record(), goals(), skip(), rematch(LEAD), rematch(PARTNER)):
        with pytest.raises(NotInDialogue):
            waiting.when(command)


def test_what_was_agreed_with_the_former_section_binds_no_other() -> None:
    anew = SHARED.after(classify(), rematch(), open_dialogue("S12")).state
    assert anew.opened is not None
    assert anew.opened.lead == "S12"
    assert (anew.goals, anew.cost) == (None, None)


def test_what_matching_makes_of_it_comes_back_and_changes_nothing() -> None:
    asked = DIALOGUE.after(rematch())
    assert asked.when(release()) == []
    anew = asked.after(open_dialogue("S12"))
    assert anew.when(release()) == []  # told late, of the section that is gone
    assert isinstance(anew.history[-1], DialogueOpened)


def test_a_lead_released_by_matching_alone_is_released() -> None:
    assert DIALOGUE.when(release())
    assert case.when(release()) == []
    assert PREPARED.when(release()) == []


def test_goals_of_a_planned_pilot_are_fixed_which_is_why_nobody_leaves_it() -> None:
    with pytest.raises(GoalsAreFixed):
        PREPARED.when(goals())
