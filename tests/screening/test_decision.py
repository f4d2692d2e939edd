"""Eligible or not: by every clause, on both screenings, with the edition and the evidence (GL7, V07)."""

from datetime import date

import pytest

from chassis.decider import NotYours
from contracts.screening import EligibilityDecided
from services.screening.domain import AlreadyDecided, ScreeningNotOpen
from services.screening.policies import ClauseApplies, NoClauseApplies, ScreeningIncomplete
from tests.screening.sample import (
    DELEGATE,
    ELIGIBLE,
    INELIGIBLE,
    SUSPENSION,
    WINDOW,
    A,
    B,
    about_partner,
    about_project,
    case,
    close,
    confirm,
    declare,
    opened,
    screen_partner,
    screen_project,
)

EXCLUDED = opened.after(screen_partner(about_partner("GL7-A2", measure="BS-2024-003"), measures=[SUSPENSION]))


def test_whoever_meets_every_requirement_is_eligible() -> None:
    fact = ELIGIBLE.history[-1]
    assert isinstance(fact, EligibilityDecided)
    assert fact.decision == "eligible"
    assert fact.clauses == ()
    assert [answer.clause for answer in fact.answers] == [*A, *B]
    assert fact.edition == "tokorozawa/2023-07"
    assert fact.as_of == date(2024, 7, 31)
    assert fact.reconsider_by is None
    assert fact.decided_by == "H-01"


def test_v07_an_adverse_decision_names_every_clause_in_the_order_of_the_edition() -> None:
    project = screen_project(reversed(about_project("GL7-B4", "GL7-B1")))
    [fact] = EXCLUDED.after(project).when(declare())
    assert isinstance(fact, EligibilityDecided)
    assert fact.decision == "ineligible"
    assert fact.clauses == ("GL7-A2", "GL7-B1", "GL7-B4")


def test_it_says_until_when_reconsideration_can_be_asked_for() -> None:
    fact = INELIGIBLE.history[-1]
    assert isinstance(fact, EligibilityDecided)
    assert fact.reconsider_by == date(2024, 8, 14)


def test_an_excluded_partner_needs_no_screening_of_the_project() -> None:
    [fact] = EXCLUDED.when(declare())
    assert isinstance(fact, EligibilityDecided)
    assert fact.clauses == ("GL7-A2",)
    assert [answer.clause for answer in fact.answers] == list(A)


def test_one_clause_is_enough_against_eligibility() -> None:
    with pytest.raises(ClauseApplies, match="GL7-A2"):
        EXCLUDED.after(screen_project()).when(confirm())


def test_v07_without_a_clause_nobody_is_excluded() -> None:
    with pytest.raises(NoClauseApplies):
        opened.after(screen_partner(), screen_project()).when(declare())


def test_eligibility_stands_on_both_screenings() -> None:
    with pytest.raises(ScreeningIncomplete):
        opened.after(screen_partner()).when(confirm())
    with pytest.raises(ScreeningIncomplete):
        opened.after(screen_project()).when(confirm())


def test_exclusion_stands_on_the_screening_that_excludes() -> None:
    with pytest.raises(ScreeningIncomplete):
        opened.after(screen_partner()).when(declare())
    with pytest.raises(ScreeningIncomplete):
        opened.after(screen_project(about_project("GL7-B1"))).when(declare())


def test_the_last_answers_count() -> None:
    corrected = opened.after(screen_partner(), screen_project(about_project("GL7-B1")), screen_project())
    assert len(corrected.when(confirm())) == 1


def test_a_case_is_decided_once() -> None:
    with pytest.raises(AlreadyDecided):
        ELIGIBLE.when(confirm())
    with pytest.raises(AlreadyDecided):
        ELIGIBLE.when(declare())


def test_a_withdrawn_case_is_not_decided() -> None:
    with pytest.raises(ScreeningNotOpen):
        opened.after(screen_partner(), screen_project(), close()).when(confirm())


def test_staff_prepare_and_do_not_decide() -> None:
    with pytest.raises(NotYours):
        EXCLUDED.when(declare(WINDOW))
    assert len(EXCLUDED.when(declare(DELEGATE))) == 1


def test_nothing_is_decided_about_a_case_that_was_not_received() -> None:
    with pytest.raises(ScreeningNotOpen):
        case.when(declare())
