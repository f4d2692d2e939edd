"""Accepting a proposal pins the edition of the guideline (V32)."""

import pytest

from contracts.intake import ProposalLapsed, ProposalReceived, TurnedFree
from services.intake.domain import AlreadyReceived, CaseIsOver, CorrectionPending, NotSubmitted
from tests.deciding import at
from tests.intake.sample import ASKED, DUE, RECEIVED, SUBMITTED, TO_THEME, accept, case, correct


def test_v32_acceptance_keeps_the_edition_with_receipt_number_partner_and_text() -> None:
    assert case.given(SUBMITTED).when(accept()) == [RECEIVED]


def test_the_text_is_taken_as_it_was_corrected_last() -> None:
    related = [{"kind": "joint_venture_member", "name": "架空組", "corporate_number": "3999901000104"}]
    parts = {"title": "改めた題名", "requested_resources": ["公民館"], "related": related}
    twice = (
        case.given(SUBMITTED, ASKED).after(correct(**parts)).given(ASKED).after(correct(body="改めた内容"))
    )
    [fact] = twice.when(accept())
    assert isinstance(fact, ProposalReceived)
    assert fact.title
    assert fact.title.reveal() == "改めた題名"
    assert fact.body
    assert fact.body.reveal() == "改めた内容"
    assert [resource.reveal() for resource in fact.requested_resources] == ["公民館"]
    assert [party.kind for party in fact.related] == ["joint_venture_member"]


def test_who_was_here_before_is_linked() -> None:
    [fact] = case.given(SUBMITTED).when(accept(earlier_cases=("C-1", "C-2")))
    assert isinstance(fact, ProposalReceived)
    assert fact.earlier_cases == ("C-1", "C-2")


def test_what_answers_a_theme_says_so() -> None:
    [fact] = case.given(TO_THEME).when(accept())
    assert isinstance(fact, ProposalReceived)
    assert (fact.theme, fact.theme_section, fact.criteria_version) == ("T-2024-01", "S17", "c" * 64)


def test_what_came_while_its_theme_was_cancelled_is_accepted_as_a_free_proposal() -> None:
    freed, fact = case.given(TO_THEME).when(accept(theme_cancelled="予算がなくなったため"))
    assert freed == TurnedFree(theme="T-2024-01", reason="予算がなくなったため")
    assert isinstance(fact, ProposalReceived)
    assert (fact.theme, fact.theme_section, fact.criteria_version) == (None, None, None)


def test_the_day_of_acceptance_is_that_of_the_city() -> None:
    [fact] = case.given(SUBMITTED).when(accept(at("2023-08-22 08:00")))
    assert isinstance(fact, ProposalReceived)
    assert str(fact.received_on) == "2023-08-22"


def test_what_was_not_submitted_is_not_accepted() -> None:
    with pytest.raises(NotSubmitted):
        case.when(accept())


def test_nothing_is_accepted_while_a_correction_is_out() -> None:
    with pytest.raises(CorrectionPending):
        case.given(SUBMITTED, ASKED).when(accept())
    assert case.given(SUBMITTED, ASKED).after(correct(note="書類")).when(accept()) == [RECEIVED]


def test_a_proposal_is_accepted_once() -> None:
    with pytest.raises(AlreadyReceived):
        case.given(SUBMITTED, RECEIVED).when(accept())


def test_what_lapsed_is_not_accepted() -> None:
    with pytest.raises(CaseIsOver):
        case.given(SUBMITTED, ASKED, ProposalLapsed(due=DUE)).when(accept())
