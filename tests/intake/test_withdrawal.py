"""Withdrawing: at any time before the end, without a reason (V33)."""

import pytest

from contracts.intake import Stage, WithdrawalCameTooLate, Withdrawn
from services.intake.domain import AlreadyAgreed, CaseIsOver, NotSubmitted
from tests.intake.sample import ASKED, RECEIVED, SUBMITTED, case, learn_too_late, reached, withdraw

AT_WORK = case.given(SUBMITTED, RECEIVED)
ENDS = {Stage.AGREED, Stage.INELIGIBLE, Stage.NOT_ESTABLISHED}


def test_no_reason_is_needed() -> None:
    assert case.given(SUBMITTED).when(withdraw()) == [Withdrawn(reason=None)]


def test_a_reason_that_is_given_stays_confidential() -> None:
    [fact] = case.given(SUBMITTED).when(withdraw("他市で実施するため"))
    assert "他市" not in repr(fact)
    assert "他市" in fact.encoded().decode()


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in ENDS])
def test_it_is_possible_at_every_stage_before_the_end(stage: Stage) -> None:
    assert AT_WORK.given(reached(stage)).when(withdraw()) == [Withdrawn()]


def test_it_is_possible_while_a_correction_is_out() -> None:
    assert case.given(SUBMITTED, ASKED).when(withdraw()) == [Withdrawn()]


def test_after_the_signature_it_is_not() -> None:
    with pytest.raises(AlreadyAgreed):
        AT_WORK.given(reached(Stage.AGREED)).when(withdraw())


@pytest.mark.parametrize("stage", [Stage.INELIGIBLE, Stage.NOT_ESTABLISHED])
def test_after_an_end_it_is_not(stage: Stage) -> None:
    with pytest.raises(CaseIsOver):
        AT_WORK.given(reached(stage)).when(withdraw())


def test_once_is_enough() -> None:
    with pytest.raises(CaseIsOver):
        case.given(SUBMITTED, Withdrawn()).when(withdraw())


def test_there_has_to_be_a_proposal() -> None:
    with pytest.raises(NotSubmitted):
        case.when(withdraw())


def test_a_signature_that_was_faster_stands() -> None:
    late = AT_WORK.given(Withdrawn()).after(learn_too_late())
    assert late.history[-1] == WithdrawalCameTooLate()
    with pytest.raises(AlreadyAgreed):
        late.when(withdraw())
    assert late.when(learn_too_late()) == []


def test_news_of_a_signature_changes_nothing_where_nobody_withdrew() -> None:
    assert AT_WORK.when(learn_too_late()) == []
