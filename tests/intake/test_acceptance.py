"""Accepting a proposal pins the edition of the guideline (V32)."""

import pytest

from contracts.intake import ProposalLapsed, ProposalReceived
from services.intake.domain import AlreadyReceived, CaseIsOver, CorrectionPending, NotSubmitted
from tests.deciding import at
from tests.intake.sample import ASKED, DUE, RECEIVED, SUBMITTED, accept, case, correct


def test_acceptance_keeps_edition_receipt_number_and_partner() -> None:
    assert case.given(SUBMITTED).when(accept()) == [RECEIVED]


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
