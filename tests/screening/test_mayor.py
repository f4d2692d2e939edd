"""What is left to the mayor (GL7-A4, GL7-B6) only the mayor or a delegate finds (V13)."""

import pytest

from chassis.decider import NotYours
from contracts.screening import MayorFound, PartnerScreened
from services.screening.policies import MayorFindingLeftOut, MayorFindingMissing, UnknownClause
from tests.screening.sample import (
    DELEGATE,
    HEAD,
    about_partner,
    about_project,
    confirm,
    declare,
    find,
    found,
    opened,
    screen_partner,
    screen_project,
)


def test_v13_staff_alone_cannot_find_a_partner_unfit() -> None:
    with pytest.raises(MayorFindingMissing, match="GL7-A4"):
        opened.when(screen_partner(about_partner("GL7-A4")))


def test_v13_staff_alone_cannot_find_a_project_unfit() -> None:
    with pytest.raises(MayorFindingMissing, match="GL7-B6"):
        opened.when(screen_project(about_project("GL7-B6")))


def test_after_the_finding_they_can() -> None:
    [fact] = opened.after(find("GL7-A4")).when(screen_partner(about_partner("GL7-A4")))
    assert isinstance(fact, PartnerScreened)
    assert not fact.clear


def test_a_finding_that_applies_cannot_be_left_out() -> None:
    with pytest.raises(MayorFindingLeftOut, match="GL7-A4"):
        opened.given(found("GL7-A4")).when(screen_partner())


def test_a_finding_about_the_project_does_not_hold_up_the_partner() -> None:
    assert len(opened.given(found("GL7-B6")).when(screen_partner())) == 1


def test_a_finding_after_the_answers_counts_for_the_decision() -> None:
    screened = opened.after(screen_partner(), screen_project(), find("GL7-B6"))
    with pytest.raises(MayorFindingLeftOut):
        screened.when(confirm())
    again = screened.after(screen_project(about_project("GL7-B6")))
    assert len(again.when(declare())) == 1


def test_a_finding_taken_back_carries_no_exclusion() -> None:
    screened = opened.after(find("GL7-A4"), screen_partner(about_partner("GL7-A4")))
    with pytest.raises(MayorFindingMissing):
        screened.after(find("GL7-A4", applies=False)).when(declare())


def test_a_finding_that_a_clause_does_not_apply_is_no_ground() -> None:
    with pytest.raises(MayorFindingMissing):
        opened.after(find("GL7-A4", applies=False)).when(screen_partner(about_partner("GL7-A4")))


def test_a_delegate_may_find_and_is_named() -> None:
    [fact] = opened.when(find("GL7-A4", actor=DELEGATE))
    assert isinstance(fact, MayorFound)
    assert fact.found_by == "D-01"


def test_the_head_of_the_office_may_not() -> None:
    with pytest.raises(NotYours):
        opened.when(find("GL7-A4", actor=HEAD))


def test_other_clauses_are_not_the_mayors() -> None:
    with pytest.raises(UnknownClause, match="GL7-A4, GL7-B6"):
        opened.when(find("GL7-B1"))
