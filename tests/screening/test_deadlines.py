"""What becomes due: a decision within office days (V22, V35), and the first day of an entry."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chassis.deadlines import Cancel, Set
from chassis.decider import NotYours
from contracts.fact import Fact
from contracts.screening import EscalationRaised
from services.screening.deadlines import due
from services.screening.domain import Escalate, OpenScreening, StartEmploymentLink, StartMeasure
from tests.deciding import at
from tests.intake.sample import recorded
from tests.screening.sample import (
    ELIGIBLE,
    INELIGIBLE,
    JULY_31,
    OPENED,
    PINNED,
    SERVICE,
    WINDOW,
    adverse,
    ask_again,
    case,
    close,
    confirm,
    escalate,
    note,
    opened,
    revoke,
    screen_partner,
    screen_project,
    uphold,
)
from tests.screening.test_links import link, links
from tests.screening.test_measures import SUSPENSION, correct, record, register

ASKED = INELIGIBLE.after(ask_again())
RECONSIDERED_BY = date(2024, 8, 15)


def following(fact: Fact, kind: str = "screening", id_: str = "C04") -> list[Any]:
    return list(due(recorded(fact, kind, id_)))


def test_v22_v35_a_decision_is_due_ten_office_days_after_the_receipt() -> None:
    """2024-07-30 and ten days on which the city hall is open; the 12th of August is a holiday, observed."""
    assert OPENED.decide_by == date(2024, 8, 14)
    [deadline] = following(OPENED)
    assert isinstance(deadline, Set)
    assert deadline.due_at == at("2024-08-15 00:00")
    assert isinstance(deadline.command, Escalate)
    assert (deadline.command.waiting_for, deadline.command.due) == ("eligibility", date(2024, 8, 14))


def test_v22_v35_new_year_does_not_count() -> None:
    late = {**PINNED, "received_on": date(2024, 12, 26), "actor": SERVICE, "at": JULY_31}
    [fact] = case.when(OpenScreening.model_validate(late))
    assert getattr(fact, "decide_by", None) == date(2025, 1, 17)  # over 12/29–1/3 and 成人の日 on 2025-01-13


def test_v22_a_screening_that_is_late_is_told_once() -> None:
    [fact] = opened.when(escalate())
    assert fact == EscalationRaised(waiting_for="eligibility", due=date(2024, 8, 14))
    assert opened.after(escalate()).when(escalate()) == []
    with pytest.raises(NotYours):
        opened.when(escalate().model_copy(update={"actor": WINDOW}))


def test_a_screening_that_is_decided_or_over_is_not_late() -> None:
    for over in (ELIGIBLE, INELIGIBLE, opened.after(close()), opened.after(note("not_established"))):
        assert over.when(escalate()) == []
    assert ASKED.when(escalate()) == []


def test_v22_a_reconsideration_that_is_late_is_told() -> None:
    [deadline] = following(ASKED.history[-1])
    assert deadline.command.waiting_for == "reconsideration"
    assert deadline.command.due == date(2024, 8, 15)
    [fact] = ASKED.when(escalate("reconsideration", RECONSIDERED_BY))
    assert fact == EscalationRaised(waiting_for="reconsideration", due=RECONSIDERED_BY)
    assert INELIGIBLE.when(escalate("reconsideration", RECONSIDERED_BY)) == []


def test_a_stop_and_a_revoked_decision_have_a_last_day_of_their_own() -> None:
    for fact in (ELIGIBLE.when(adverse("GL7-B2"))[-1], ASKED.when(revoke())[-1]):
        [deadline] = following(fact)
        assert (deadline.command.waiting_for, deadline.command.due) == ("eligibility", date(2024, 8, 15))
    stopped = opened.after(escalate(), screen_partner(), screen_project(), confirm(), adverse("GL7-B2"))
    assert len(stopped.when(escalate(due=date(2024, 8, 15)))) == 1  # late for the second time


def test_what_is_decided_or_over_is_waited_for_no_longer() -> None:
    facts = [
        opened.after(screen_partner(), screen_project()).when(confirm())[-1],
        INELIGIBLE.history[-1],
        ASKED.when(uphold())[-1],
        opened.when(close())[-1],
        opened.when(note("not_established"))[-1],
    ]
    for fact in facts:
        assert following(fact) == [Cancel("decision")]
    assert following(opened.when(note("agreed"))[-1]) == []


def test_an_entry_starts_at_the_first_moment_of_its_first_day_in_the_city() -> None:
    [fact] = register.when(record(SUSPENSION))
    [deadline] = following(fact, "measure", "BS-2024-003")
    assert deadline.due_at == at("2024-02-01 00:00")
    assert isinstance(deadline.command, StartMeasure)
    [used] = links.when(link())
    [deadline] = following(used, "link", "L-1")
    assert deadline.due_at == at("2024-04-01 00:00")
    assert isinstance(deadline.command, StartEmploymentLink)


def test_an_entry_that_is_corrected_has_a_start_of_its_own_though_it_be_the_same_day() -> None:
    """A deadline is issued once for one name and one moment."""
    [first] = register.when(record(SUSPENSION))
    [second] = register.given(first).when(correct(SUSPENSION, corporate_number="1999901000114"))
    names = set()
    for version, fact in enumerate((first, second), start=1):
        told = recorded(fact, "measure", "BS-2024-003")
        told = replace(told, envelope=replace(told.envelope, version=version))
        names |= {deadline.name for deadline in due(told) if isinstance(deadline, Set)}
    assert len(names) == 2


def test_other_facts_set_nothing() -> None:
    assert following(opened.when(screen_partner())[-1]) == []
