"""An entry that may be about the partner: a person says whether it is; nobody is excluded by a likeness."""

from datetime import date

import pytest

from chassis.decider import NotYours
from contracts.screening import (
    FlagConfirmed,
    FlagDismissed,
    PartnerFlagged,
    PartnerScreened,
    RescreenRequired,
)
from services.screening.domain import ScreeningNotOpen
from services.screening.policies import FlagIsCertain, FlagUnanswered, MeasureInForce, NoSuchFlag
from tests.deciding import at
from tests.screening.sample import (
    ELIGIBLE,
    HEAD,
    LIKELY,
    SUSPENSION,
    about_partner,
    about_project,
    case,
    close,
    confirm,
    confirm_flag,
    declare,
    dismiss_flag,
    flag,
    flag_partner,
    note,
    opened,
    screen_partner,
    screen_project,
)

FLAGGED = opened.after(flag_partner())
OVER = LIKELY.model_copy(update={"valid_to": date(2024, 7, 30)})
AHEAD = LIKELY.model_copy(update={"valid_from": date(2024, 8, 1)})


def test_what_is_alike_and_what_differs_is_kept_with_the_flag() -> None:
    fact = FLAGGED.history[-1]
    assert fact == PartnerFlagged(flags=(flag(),))
    assert (fact.flags[0].alike, fact.flags[0].differ) == (("商号が同じ",), ("所在地が違う",))


def test_an_entry_is_flagged_once() -> None:
    assert FLAGGED.when(flag_partner()) == []
    [fact] = FLAGGED.when(flag_partner(LIKELY, SUSPENSION))
    assert fact == PartnerFlagged(flags=(flag(SUSPENSION),))


def test_a_flag_that_becomes_certain_is_told_again() -> None:
    certain = LIKELY.model_copy(update={"automatic": True, "likeness": 1.0})
    [fact] = FLAGGED.when(flag_partner(certain))
    assert fact == PartnerFlagged(flags=(flag(certain),))


def test_a_likeness_alone_excludes_nobody() -> None:
    [fact] = FLAGGED.when(screen_partner(measures=[LIKELY]))
    assert isinstance(fact, PartnerScreened)
    assert fact.clear


@pytest.mark.parametrize("told", [True, False])
def test_no_decision_passes_over_a_flag(told: bool) -> None:
    """Whether it was told as a fact already, or is known only to the registers when the command comes."""
    stream = FLAGGED if told else opened
    screened = stream.after(screen_partner(measures=[LIKELY]), screen_project(about_project("GL7-B1")))
    with pytest.raises(FlagUnanswered, match="BS-2024-021"):
        screened.when(declare(measures=[LIKELY]))
    with pytest.raises(FlagUnanswered, match="BS-2024-021"):
        screened.after(screen_project()).when(confirm(measures=[LIKELY]))


def test_a_flag_told_before_waits_for_its_answer_also_when_the_entry_is_not_found_again() -> None:
    with pytest.raises(FlagUnanswered):
        FLAGGED.after(screen_partner(), screen_project()).when(confirm())


@pytest.mark.parametrize("measure", [OVER, AHEAD])
def test_an_entry_that_does_not_count_that_day_holds_up_nothing(measure: object) -> None:
    screened = FLAGGED.after(screen_partner(measures=[measure]), screen_project())
    assert len(screened.when(confirm(measures=[measure]))) == 1


def test_dismissed_it_counts_for_nothing() -> None:
    after = FLAGGED.after(dismiss_flag())
    assert after.history[-1] == FlagDismissed(
        measure="BS-2024-021", reason=dismiss_flag().reason, dismissed_by="W-01"
    )
    screened = after.after(screen_partner(measures=[LIKELY]), screen_project())
    [fact] = screened.when(confirm(measures=[LIKELY]))
    assert fact.flags == (flag(),)


def test_confirmed_its_clause_applies() -> None:
    after = FLAGGED.after(confirm_flag())
    assert isinstance(after.history[-1], FlagConfirmed)
    with pytest.raises(MeasureInForce, match="BS-2024-021"):
        after.when(screen_partner(measures=[LIKELY]))
    [screened] = after.when(screen_partner(about_partner("GL7-A2"), measures=[LIKELY]))
    assert isinstance(screened, PartnerScreened)
    assert [a.measure for a in screened.answers if a.applies] == ["BS-2024-021"]


def test_confirmed_after_the_answers_it_still_counts_for_the_decision() -> None:
    screened = FLAGGED.after(screen_partner(measures=[LIKELY]), screen_project(), confirm_flag())
    with pytest.raises(MeasureInForce):
        screened.when(confirm(measures=[LIKELY]))


def test_confirmed_and_over_it_excludes_no_longer() -> None:
    october = at("2024-10-01 10:00")
    after = FLAGGED.after(confirm_flag())
    answers = about_partner(as_of=october.date())
    [fact] = after.when(screen_partner(answers, october, measures=[LIKELY]))
    assert isinstance(fact, PartnerScreened)
    assert fact.clear


def test_the_last_word_counts() -> None:
    after = FLAGGED.after(confirm_flag(), dismiss_flag())
    screened = after.after(screen_partner(measures=[LIKELY]), screen_project())
    assert len(screened.when(confirm(measures=[LIKELY]))) == 1
    assert after.when(dismiss_flag()) == []
    assert FLAGGED.after(confirm_flag()).when(confirm_flag()) == []


def test_what_is_certain_is_neither_confirmed_nor_dismissed() -> None:
    certain = opened.after(flag_partner(SUSPENSION))
    with pytest.raises(FlagIsCertain):
        certain.when(dismiss_flag(SUSPENSION))
    with pytest.raises(FlagIsCertain):
        certain.when(confirm_flag(SUSPENSION))
    assert (
        len(certain.after(screen_partner(), screen_project()).when(confirm())) == 1
    )  # not in force any more


def test_only_what_was_flagged_is_answered() -> None:
    with pytest.raises(NoSuchFlag, match="BS-2024-021"):
        opened.when(dismiss_flag())


def test_staff_answer_and_whoever_decides_does_not() -> None:
    with pytest.raises(NotYours):
        FLAGGED.when(dismiss_flag(actor=HEAD))


def test_a_running_case_is_stopped_by_a_flag_that_is_confirmed_in_force() -> None:
    running = ELIGIBLE.after(flag_partner())
    confirmed, stopped = running.when(confirm_flag())
    assert isinstance(confirmed, FlagConfirmed)
    assert isinstance(stopped, RescreenRequired)
    assert (stopped.clause, stopped.measure) == ("GL7-A2", "BS-2024-021")
    [ahead] = running.when(confirm_flag(AHEAD))
    assert isinstance(ahead, FlagConfirmed)


def test_what_is_over_or_was_never_open_is_flagged_no_more() -> None:
    assert case.when(flag_partner()) == []
    assert opened.after(close()).when(flag_partner()) == []
    assert ELIGIBLE.after(note("not_established")).when(flag_partner()) == []
    with pytest.raises(ScreeningNotOpen):
        FLAGGED.after(close()).when(dismiss_flag())


def test_why_is_confidential() -> None:
    assert "登記" not in repr(FLAGGED.when(dismiss_flag()))
