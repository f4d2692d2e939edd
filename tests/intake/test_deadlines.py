"""The end of the last day for a correction (V22)."""

from chassis.deadlines import Cancel, Set
from contracts.intake import CorrectionSubmitted, Withdrawn
from services.intake.deadlines import due
from tests.deciding import at
from tests.intake.sample import ASKED, SUBMITTED, case, recorded


def test_it_falls_on_midnight_in_the_city() -> None:
    [deadline] = due(recorded(ASKED))
    assert isinstance(deadline, Set)
    assert deadline.due_at == at("2023-08-29 00:00")


def test_what_it_issues_lets_the_proposal_lapse() -> None:
    [deadline] = due(recorded(ASKED))
    assert isinstance(deadline, Set)
    [fact] = case.given(SUBMITTED, ASKED).when(deadline.command)  # type: ignore[arg-type]  # any command may be due
    assert type(fact).__name__ == "ProposalLapsed"


def test_a_correction_or_a_withdrawal_calls_it_off() -> None:
    [set_] = due(recorded(ASKED))
    for fact in (CorrectionSubmitted(), Withdrawn()):
        assert due(recorded(fact)) == [Cancel(set_.name)]


def test_nothing_else_has_a_deadline() -> None:
    assert due(recorded(SUBMITTED)) == []
