"""The talks: who speaks for which side, what both sides have to confirm, and what it costs the city."""

from typing import Any

import pytest

from chassis.decider import NotYours, Refused
from contracts.actors import Actor
from contracts.agreements import CostClassified, DialogueHeld, GoalsProposed, GoalsShared, MinutesDrafted
from contracts.intake import CostClass
from services.agreements.domain.dialogue import (
    DialogueOver,
    GoalsAreFixed,
    GoalsChanged,
    NoGoalsProposed,
    NoSuchMinutes,
    NotHeldYet,
    OwnWords,
)
from services.agreements.domain.standing import CaseIsOver, NotInDialogue, NotLeadSection
from services.agreements.policies import AmountMissing, AmountOfNoCost
from tests.agreements.sample import (
    CLOSED,
    DIALOGUE,
    FINANCE,
    LEAD,
    NOT_ESTABLISHED,
    OTHER,
    PARTNER,
    PREPARED,
    RUNNING,
    SHARED,
    SIGNED,
    STANDS_STILL,
    SUPPORT,
    TO_EVALUATE,
    TODAY,
    WINDOW,
    case,
    classify,
    confirm,
    goals,
    note,
    open_dialogue,
    plan,
    record,
    release,
    share,
    skip,
)
from tests.deciding import Deciding


def test_a_match_opens_the_talks_once() -> None:
    assert [type(fact).__name__ for fact in case.when(open_dialogue())] == ["DialogueOpened"]
    assert DIALOGUE.when(open_dialogue("S12")) == []


def test_a_screening_may_be_noted_before_the_match() -> None:
    assert case.after(note()).when(open_dialogue())


@pytest.mark.parametrize("stream", [case, case.after(note()), DIALOGUE.after(release())])
def test_nobody_talks_without_a_lead_section(stream: Deciding[Any, Any, Any]) -> None:
    for command in (record(), goals(), classify(), plan(), skip()):
        with pytest.raises(NotInDialogue):
            stream.when(command)


def test_minutes_count_when_the_other_side_confirms_them() -> None:
    [minutes] = DIALOGUE.when(record(LEAD))
    assert isinstance(minutes, MinutesDrafted)
    assert (minutes.number, minutes.by) == (1, "city")
    drafted = DIALOGUE.given(minutes)
    assert drafted.when(confirm(1, PARTNER)) == [DialogueHeld(number=1, held_on=TODAY)]


def test_minutes_of_the_partner_are_confirmed_by_the_lead_section() -> None:
    drafted = DIALOGUE.after(record(LEAD), record(PARTNER))
    assert drafted.when(confirm(2, LEAD)) == [DialogueHeld(number=2, held_on=TODAY)]


@pytest.mark.parametrize("actor", [LEAD, PARTNER])
def test_no_side_confirms_its_own_minutes(actor: Actor) -> None:
    with pytest.raises(OwnWords):
        DIALOGUE.after(record(actor)).when(confirm(1, actor))


def test_minutes_are_confirmed_once_and_have_to_be_there() -> None:
    assert DIALOGUE.after(record(), confirm()).when(confirm()) == []
    with pytest.raises(NoSuchMinutes):
        DIALOGUE.after(record()).when(confirm(2))


def test_no_minutes_are_written_of_a_talk_to_come() -> None:
    with pytest.raises(NotHeldYet):
        DIALOGUE.when(record(held_on=TODAY.replace(day=11)))


@pytest.mark.parametrize("actor", [OTHER, SUPPORT])
def test_for_the_city_speaks_its_lead_section(actor: Actor) -> None:
    for command in (record(actor), goals(actor), classify(actor=actor)):
        with pytest.raises(NotLeadSection):
            DIALOGUE.when(command)


def test_goals_are_shared_when_the_other_side_confirms_them() -> None:
    [proposed] = DIALOGUE.when(goals(PARTNER))
    assert isinstance(proposed, GoalsProposed)
    assert (proposed.number, proposed.by) == (1, "partner")
    assert DIALOGUE.given(proposed).when(share(LEAD)) == [GoalsShared(number=1)]
    assert SHARED.when(share(LEAD)) == []


def test_no_side_shares_goals_with_itself() -> None:
    with pytest.raises(OwnWords):
        DIALOGUE.after(goals(LEAD)).when(share(LEAD))


def test_there_is_nothing_to_share_before_a_proposal() -> None:
    with pytest.raises(NoGoalsProposed):
        DIALOGUE.when(share())


def test_what_is_confirmed_is_what_was_read() -> None:
    changed = DIALOGUE.after(goals(PARTNER), goals(PARTNER))
    with pytest.raises(GoalsChanged):
        changed.when(share(LEAD, number=1))
    assert changed.when(share(LEAD, number=2)) == [GoalsShared(number=2)]


def test_new_goals_have_to_be_shared_anew() -> None:
    state = SHARED.after(goals(LEAD)).state
    assert state.goals is not None
    assert not state.goals.shared


def test_goals_stand_once_a_pilot_is_planned_on_them() -> None:
    for command in (goals(), share()):
        with pytest.raises(GoalsAreFixed):
            PREPARED.when(command)


def test_minutes_are_kept_of_a_running_pilot_and_no_longer() -> None:
    for stream in (RUNNING, STANDS_STILL):
        assert stream.when(record())
    with pytest.raises(DialogueOver):
        TO_EVALUATE.when(record())


def test_a_lead_that_is_released_binds_no_other() -> None:
    again = SHARED.after(classify(), release(), open_dialogue("S12"))
    assert (again.state.goals, again.state.cost) == (None, None)
    with pytest.raises(NotLeadSection):
        again.when(record(LEAD))
    assert again.when(record(OTHER))


def test_a_lead_is_released_from_the_dialogue_only() -> None:
    for stream in (case, PREPARED, RUNNING, TO_EVALUATE, SIGNED, CLOSED):
        assert stream.when(release()) == []


@pytest.mark.parametrize(
    ("class_", "amount"),
    [
        ("none", None),
        ("none", 0),
        ("actual_expense", 12_000),
        ("revenue_waiver", 24_000),
        ("expenditure", 5_280_000),
        ("undetermined", None),
    ],
)
def test_the_lead_section_classifies_and_finance_approves(class_: CostClass, amount: int | None) -> None:
    def classified(by_finance: bool) -> CostClassified:
        return CostClassified(class_=class_, amount_yen=amount, approved_by_finance=by_finance)

    assert DIALOGUE.when(classify(class_, amount)) == [classified(False)]
    assert DIALOGUE.when(classify(class_, amount, FINANCE)) == [classified(True)]


@pytest.mark.parametrize(
    ("class_", "amount", "refusal"),
    [
        ("none", 1, AmountOfNoCost),
        ("expenditure", None, AmountMissing),
        ("revenue_waiver", None, AmountMissing),
        ("actual_expense", None, AmountMissing),
    ],
)
def test_amount_and_class_go_together(class_: CostClass, amount: int | None, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        DIALOGUE.when(classify(class_, amount))


def test_what_the_section_says_anew_finance_has_not_seen() -> None:
    state = DIALOGUE.after(classify("revenue_waiver", 1, FINANCE), classify("revenue_waiver", 9)).state
    assert state.cost is not None
    assert not state.cost.approved_by_finance


def test_the_cost_is_classified_at_any_time_before_the_end() -> None:
    for stream in (DIALOGUE, PREPARED, RUNNING, STANDS_STILL, TO_EVALUATE):
        assert stream.when(classify())
    for stream in (SIGNED, NOT_ESTABLISHED, CLOSED):
        with pytest.raises(CaseIsOver):
            stream.when(classify())


def test_others_do_not_speak_in_the_talks() -> None:
    for command in (record(WINDOW), goals(FINANCE), classify(actor=PARTNER)):
        with pytest.raises(NotYours):
            DIALOGUE.when(command)
