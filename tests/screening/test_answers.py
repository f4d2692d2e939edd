"""Answering the clauses: each once, all of them, none of another edition (V08)."""

import pytest

from contracts.screening import Answer, PartnerScreened, ProjectScreened
from services.screening.domain import AlreadyDecided, ScreeningNotOpen
from services.screening.policies import ClauseAnsweredTwice, ClauseUnanswered, UnknownClause
from tests.screening.sample import (
    ELIGIBLE,
    INELIGIBLE,
    about_partner,
    about_project,
    case,
    close,
    opened,
    screen_partner,
    screen_project,
)


def test_a_partner_without_any_measure_is_clear() -> None:
    [fact] = opened.when(screen_partner())
    assert isinstance(fact, PartnerScreened)
    assert fact.clear
    assert str(fact.as_of) == "2024-07-31"


def test_every_clause_about_the_partner_is_answered() -> None:
    with pytest.raises(ClauseUnanswered, match="GL7-A3"):
        opened.when(screen_partner(answer for answer in about_partner() if answer.clause != "GL7-A3"))


def test_every_clause_about_the_project_is_answered() -> None:
    with pytest.raises(ClauseUnanswered, match="GL7-B6"):
        opened.when(screen_project(about_project()[:-1]))


def test_no_clause_is_answered_twice() -> None:
    contradiction = Answer(clause="GL7-B1", applies=True, evidence="審査票 7-2")
    with pytest.raises(ClauseAnsweredTwice, match="GL7-B1"):
        opened.when(screen_project((*about_project(), contradiction)))


def test_v08_a_clause_the_edition_does_not_have_is_not_answered() -> None:
    invented = Answer(clause="GL7-B7", applies=False, evidence="審査票 7-2")
    with pytest.raises(UnknownClause, match="GL7-B7"):
        opened.when(screen_project((*about_project(), invented)))


def test_the_project_is_not_answered_for_the_partner() -> None:
    with pytest.raises(UnknownClause):
        opened.when(screen_partner(about_project()))


def test_every_clause_that_applies_is_kept_not_only_the_first() -> None:
    [fact] = opened.when(screen_project(about_project("GL7-B1", "GL7-B4")))
    assert isinstance(fact, ProjectScreened)
    assert [answer.clause for answer in fact.answers if answer.applies] == ["GL7-B1", "GL7-B4"]


def test_nothing_is_screened_before_the_proposal_was_received_or_after_it_was_withdrawn() -> None:
    with pytest.raises(ScreeningNotOpen):
        case.when(screen_partner())
    with pytest.raises(ScreeningNotOpen):
        opened.after(close()).when(screen_project())


def test_a_partner_is_screened_again_before_the_signature() -> None:
    [fact] = ELIGIBLE.when(screen_partner())
    assert isinstance(fact, PartnerScreened)


def test_a_decided_case_is_not_screened_again_otherwise() -> None:
    with pytest.raises(AlreadyDecided):
        ELIGIBLE.when(screen_project())
    with pytest.raises(AlreadyDecided):
        INELIGIBLE.when(screen_partner())
