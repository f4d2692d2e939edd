"""Correcting what is missing, until the end of the last day and not longer."""

import pytest

from contracts.intake import CorrectionRequested, CorrectionSubmitted, ProposalLapsed, Withdrawn
from services.intake.domain import (
    AlreadyReceived,
    CaseIsOver,
    CorrectionNotDueYet,
    CorrectionOverdue,
    CorrectionPending,
    NoCorrectionAskedFor,
    NothingCorrected,
    NotSubmitted,
)
from tests.deciding import at
from tests.intake.sample import ASKED, DUE, RECEIVED, SUBMITTED, case, correct, lapse, request_correction

WAITING = case.given(SUBMITTED, ASKED)
LAST_MINUTE = at("2023-08-28 23:59")
NEXT_DAY = at("2023-08-29 00:00")


def test_the_office_asks_for_what_is_missing_with_a_last_day() -> None:
    [fact] = case.given(SUBMITTED).when(request_correction())
    assert isinstance(fact, CorrectionRequested)
    assert fact == ASKED


def test_it_asks_once_at_a_time() -> None:
    with pytest.raises(CorrectionPending):
        WAITING.when(request_correction())
    again = WAITING.after(correct(note="書類を添付します")).when(request_correction())
    assert again == [ASKED]


def test_nothing_is_asked_about_what_is_not_there_or_accepted_or_over() -> None:
    with pytest.raises(NotSubmitted):
        case.when(request_correction())
    with pytest.raises(AlreadyReceived):
        case.given(SUBMITTED, RECEIVED).when(request_correction())
    with pytest.raises(CaseIsOver):
        case.given(SUBMITTED, Withdrawn()).when(request_correction())


def test_a_correction_counts_until_the_end_of_its_last_day() -> None:
    [fact] = WAITING.when(correct(LAST_MINUTE, title="改めた題名"))
    assert isinstance(fact, CorrectionSubmitted)
    assert fact.title is not None
    assert fact.title.reveal() == "改めた題名"
    assert fact.body is None


def test_a_correction_on_the_next_day_is_overdue() -> None:
    with pytest.raises(CorrectionOverdue):
        WAITING.when(correct(NEXT_DAY, title="改めた題名"))


def test_a_correction_after_the_lapse_is_overdue() -> None:
    with pytest.raises(CorrectionOverdue):
        WAITING.given(ProposalLapsed(due=DUE)).when(correct(NEXT_DAY, title="改めた題名"))


def test_a_correction_corrects_something() -> None:
    with pytest.raises(NothingCorrected):
        WAITING.when(correct())


def test_only_the_cost_may_be_corrected_too() -> None:
    [fact] = WAITING.when(correct(city_cost={"class": "revenue_waiver", "amount_yen": 24_000}))
    assert isinstance(fact, CorrectionSubmitted)
    assert fact.city_cost is not None
    assert fact.city_cost.class_ == "revenue_waiver"


def test_a_correction_nobody_asked_for_is_refused() -> None:
    with pytest.raises(NoCorrectionAskedFor):
        case.given(SUBMITTED).when(correct(note="念のため"))


def test_on_its_last_day_a_proposal_does_not_lapse() -> None:
    with pytest.raises(CorrectionNotDueYet):
        WAITING.when(lapse(LAST_MINUTE))


def test_after_its_last_day_a_proposal_lapses() -> None:
    assert WAITING.when(lapse(NEXT_DAY)) == [ProposalLapsed(due=DUE)]


def test_a_lapse_that_comes_again_or_too_late_changes_nothing() -> None:
    assert WAITING.after(lapse(NEXT_DAY)).when(lapse(NEXT_DAY)) == []
    assert WAITING.after(correct(note="書類")).when(lapse(NEXT_DAY)) == []
