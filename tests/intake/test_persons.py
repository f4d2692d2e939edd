"""Who acts for who proposed: who submitted on the web, and who showed the secret of the receipt (GL5-04, V33)."""

from __future__ import annotations

import pytest

from chassis.decider import Command, NotYours
from contracts.intake import CorrectionSubmitted, ProposalReceived, ProposerJoined, Withdrawn
from services.intake.policies import NotTheProposer, SecretDoesNotFit
from tests.deciding import by
from tests.intake.sample import (
    ASKED,
    PROPOSER,
    RECEIVED,
    SUBMITTED,
    WINDOW,
    accept,
    case,
    correct,
    join,
    submit,
    withdraw,
)

STRANGER, COLLEAGUE = by("proposer:P-99"), by("proposer:P-02")
AT_WORK = case.given(SUBMITTED, RECEIVED)
ON_PAPER = case.after(submit(WINDOW, channel="post"))


def of(actor: object, command: Command) -> Command:
    return command.model_copy(update={"actor": actor})


def test_gl5_04_nobody_else_withdraws_or_corrects_a_proposal() -> None:
    with pytest.raises(NotTheProposer):
        AT_WORK.when(withdraw(actor=STRANGER))
    with pytest.raises(NotTheProposer):
        case.given(SUBMITTED, ASKED).when(of(STRANGER, correct(note="出さない")))  # type: ignore[arg-type]


def test_v33_whoever_submitted_it_withdraws_it_and_so_does_the_office_for_them() -> None:
    for actor in (PROPOSER, WINDOW):
        assert isinstance(AT_WORK.when(withdraw(actor=actor))[0], Withdrawn)
    [corrected] = case.given(SUBMITTED, ASKED).when(correct(note="体制図を添える"))
    assert isinstance(corrected, CorrectionSubmitted)


def test_v33_who_came_to_the_counter_acts_on_the_web_with_the_secret_of_the_receipt() -> None:
    with pytest.raises(NotTheProposer):
        ON_PAPER.when(withdraw())
    assert ON_PAPER.when(join()) == [ProposerJoined(person="P-01")]
    joined = ON_PAPER.after(join())
    assert joined.when(join()) == []
    assert joined.when(withdraw())
    assert ON_PAPER.when(withdraw(actor=WINDOW)), "the office, for who comes to it again"


def test_a_colleague_acts_too_once_they_showed_it() -> None:
    with pytest.raises(NotTheProposer):
        AT_WORK.when(withdraw(actor=COLLEAGUE))
    assert AT_WORK.after(join(COLLEAGUE)).when(withdraw(actor=COLLEAGUE))


def test_nobody_joins_without_the_secret_and_no_case_is_told_of() -> None:
    for stream in (ON_PAPER, AT_WORK, case):
        with pytest.raises(SecretDoesNotFit):
            stream.when(join(STRANGER, secret="WRONG"))
    with pytest.raises(SecretDoesNotFit):
        case.when(join())
    with pytest.raises(NotYours):
        AT_WORK.when(join(WINDOW))


def test_with_the_acceptance_others_are_told_who_acts_for_the_partner() -> None:
    [received] = ON_PAPER.after(join(), join(COLLEAGUE)).when(accept())
    assert isinstance(received, ProposalReceived)
    assert received.proposers == ("P-01", "P-02")


def test_the_secret_is_in_no_fact() -> None:
    assert "ABCDEFGHIJ" not in repr(join())
    assert set(ProposerJoined.model_fields) == {"person"}
