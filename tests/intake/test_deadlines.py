"""What becomes due at the window (V22), counted in office days (V35)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chassis.deadlines import Cancel, Set
from contracts.fact import Fact
from contracts.intake import (
    ConsultationConverted,
    ConversionUndone,
    CorrectionRequested,
    CorrectionSubmitted,
    EscalationRaised,
    ProposalSubmitted,
    ThemeCancelled,
    ThemeClosed,
    Withdrawn,
)
from services.intake.deadlines import due
from services.intake.domain import AcceptanceNotDueYet
from tests.deciding import Deciding, at
from tests.intake.sample import ASKED, RECEIVED, SUBMITTED, case, escalate, recorded
from tests.intake.sample_consultation import ANSWERED, OPENED, consultation
from tests.intake.sample_theme import ANSWER, DRAFTED, PUBLISHED, QUESTION, theme

LAST = date(2023, 8, 24)  # three office days after a Monday
KINDS = {"Consultation": "consultation", "Conversion": "consultation", "Theme": "theme"}


def set_by(fact: Fact) -> dict[str, Set]:
    """The deadlines that a fact sets, by name."""
    return {each.name: each for each in changes(fact) if isinstance(each, Set)}


def called_off_by(fact: Fact) -> set[str]:
    return {each.name for each in changes(fact) if isinstance(each, Cancel)}


def changes(fact: Fact) -> Any:
    kind = next((kind for word, kind in KINDS.items() if type(fact).__name__.startswith(word)), "proposal")
    return due(recorded(fact, kind))


def what_follows(stream: Deciding[Any, Any, Any], deadline: Set) -> list[Fact]:
    return stream.when(deadline.command)


def test_a_correction_falls_due_on_midnight_in_the_city() -> None:
    deadline = set_by(ASKED)["correction"]
    assert deadline.due_at == at("2023-08-29 00:00")
    [fact] = what_follows(case.given(SUBMITTED, ASKED), deadline)
    assert type(fact).__name__ == "ProposalLapsed"


def test_a_correction_or_a_withdrawal_calls_it_off() -> None:
    for fact in (CorrectionSubmitted(), Withdrawn()):
        assert "correction" in called_off_by(fact)


def test_v22_a_proposal_that_nobody_accepts_is_escalated_after_its_last_office_day() -> None:
    deadline = set_by(SUBMITTED)["acceptance"]
    assert deadline.due_at == at("2023-08-25 00:00")
    waiting = case.given(SUBMITTED)
    escalated = EscalationRaised(waiting_for="acceptance", due=LAST)
    assert what_follows(waiting, deadline) == [escalated]
    assert what_follows(waiting.given(escalated), deadline) == []


def test_v35_the_days_until_then_are_those_of_the_office() -> None:
    friday_before_new_year = SUBMITTED.model_copy(update={"submitted_on": date(2023, 12, 28)})
    assert set_by(friday_before_new_year)["acceptance"].due_at == at("2024-01-10 00:00")  # 4, 5 and 9 January


def test_it_is_not_escalated_early_or_when_it_is_accepted() -> None:
    with pytest.raises(AcceptanceNotDueYet):
        case.given(SUBMITTED).when(escalate(at("2023-08-24 23:59"), LAST))
    assert case.given(SUBMITTED, RECEIVED).when(escalate(at("2023-08-25 00:00"), LAST)) == []
    assert "acceptance" in called_off_by(RECEIVED)


def test_while_a_correction_is_out_the_office_waits_and_then_has_its_days_again() -> None:
    assert "acceptance" in called_off_by(ASKED)
    assert case.given(SUBMITTED, ASKED).when(escalate(at("2023-08-25 00:00"), LAST)) == []
    assert set_by(CorrectionSubmitted())["acceptance"].due_at == at("2023-08-25 00:00")


def test_v22_no_submission_waits_without_a_deadline() -> None:
    for fact in (SUBMITTED, CorrectionRequested(items=ASKED.items, due=LAST), CorrectionSubmitted(), OPENED):
        assert len(set_by(fact)) == 1


def test_before_any_guideline_was_in_force_days_are_counted_as_usual() -> None:
    early = ProposalSubmitted.model_validate(
        {**SUBMITTED.model_dump(context={"seal": str}), "submitted_on": date(2019, 4, 1)}
    )
    assert set_by(early)["acceptance"].due_at == at("2019-04-05 00:00")


def test_v22_a_question_that_nobody_answers_is_escalated() -> None:
    deadline = set_by(OPENED)["answer"]
    assert deadline.due_at == at("2023-09-05 00:00")
    [fact] = what_follows(consultation.given(OPENED), deadline)
    assert fact == EscalationRaised(waiting_for="consultation_answer", due=date(2023, 9, 4))
    assert what_follows(consultation.given(OPENED, ANSWERED), deadline) == []


def test_an_answer_or_a_proposal_calls_it_off_and_a_conversion_undone_sets_it_again() -> None:
    assert called_off_by(ANSWERED) == {"answer"}
    assert called_off_by(ConsultationConverted.model_construct()) == {"answer"}
    assert set(set_by(ConversionUndone(case="C01"))) == {"answer"}
    assert set_by(ConversionUndone(case="C01", answered=True)) == {}


def test_a_theme_closes_by_itself_after_its_last_day() -> None:
    deadline = set_by(PUBLISHED)["close"]
    assert deadline.due_at == at("2023-09-01 00:00")
    assert what_follows(theme.given(DRAFTED, PUBLISHED), deadline) == [ThemeClosed()]
    assert called_off_by(ThemeCancelled(reason="中止")) == {"close"}


def test_v22_a_question_about_a_theme_that_waits_too_long_is_escalated() -> None:
    deadline = set_by(QUESTION)["question-1"]
    asked = theme.given(DRAFTED, PUBLISHED, QUESTION)
    [fact] = what_follows(asked, deadline)
    assert fact == EscalationRaised(waiting_for="theme_answer", due=QUESTION.answer_by, number=1)
    assert what_follows(asked.given(fact), deadline) == []
    assert called_off_by(ANSWER) == {"question-1"}
    assert what_follows(asked.given(ANSWER), deadline) == []


def test_nothing_else_has_a_deadline() -> None:
    assert changes(DRAFTED) == []
