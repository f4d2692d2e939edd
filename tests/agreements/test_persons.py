"""Who speaks for the partner: who proposed this very case, and nobody else (GL5-02, GL5-04)."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.decider import Command
from contracts.actors import Role
from contracts.agreements import ProposersNoted
from contracts.intake import ProposerJoined
from services.agreements.consumers import reactions, years
from services.agreements.domain import NoteProposers
from services.agreements.domain.agreement import AGREEMENT
from services.agreements.domain.partnership import PARTNERSHIP
from services.agreements.domain.persons import NoteAgreementProposers, NotTheProposer
from tests.agreements import years as over_years
from tests.agreements.sample import (
    DIALOGUE,
    NOON,
    NOT_ESTABLISHED,
    PARTNER,
    SERVICE,
    ask_again,
    case,
    goals,
    note_proposers,
    record,
    recorded,
    rematch,
)
from tests.deciding import Deciding, by

STRANGER = by("proposer:P-99")


def note_agreement_proposers(*persons: str) -> NoteAgreementProposers:
    return NoteAgreementProposers(actor=SERVICE, at=NOON, persons=persons)


@pytest.mark.parametrize("command", [record(STRANGER), goals(STRANGER), rematch(STRANGER)])
def test_gl5_04_another_proposer_says_nothing_in_these_talks(command: Any) -> None:
    with pytest.raises(NotTheProposer):
        DIALOGUE.when(command)
    assert DIALOGUE.when(command.model_copy(update={"actor": PARTNER}))


def test_v34_another_proposer_asks_for_no_reconsideration() -> None:
    with pytest.raises(NotTheProposer):
        NOT_ESTABLISHED.when(ask_again(actor=STRANGER))


def test_gl5_04_another_proposer_gives_no_notice_of_what_was_signed() -> None:
    with pytest.raises(NotTheProposer):
        over_years.EFFECTIVE.when(over_years.notice(STRANGER))
    assert over_years.EFFECTIVE.when(over_years.notice(PARTNER))


def test_every_command_of_a_proposer_is_held_to_it_before_anything_else() -> None:
    """Also those that come here later: it stands before them all."""
    for decider in (PARTNERSHIP, AGREEMENT):
        for command in decider.commands:
            if Role.PROPOSER in command.by:
                asked: Command = command.model_construct(actor=STRANGER, at=NOON)
                with pytest.raises(NotTheProposer):
                    decider.decide(asked, decider.initial)  # type: ignore[arg-type]


def test_who_joins_speaks_for_the_partner_of_the_talks_and_of_what_is_signed() -> None:
    joined = recorded(ProposerJoined(person="P-99"), "proposal/C01")
    told: list[type[Any]] = []
    for table in (reactions(), years(None)):  # type: ignore[arg-type]
        [(id_, command)] = table[ProposerJoined](joined, NOON)  # type: ignore[misc]
        assert id_ == "C01"
        assert isinstance(command, NoteProposers)
        assert command.persons == ("P-99",)
        told.append(type(command))
    assert told == [NoteProposers, NoteAgreementProposers], "each goes to its own stream"
    assert DIALOGUE.after(note_proposers("P-99")).when(record(STRANGER))
    assert over_years.EFFECTIVE.after(note_agreement_proposers("P-99")).when(over_years.notice(STRANGER))


def test_who_acts_is_kept_whole_and_once() -> None:
    assert case.when(note_proposers("P-02", "P-01")) == [ProposersNoted(persons=("P-01", "P-02"))]
    assert case.when(note_proposers("P-01")) == []


def test_who_joined_before_the_agreement_was_entered_is_not_forgotten() -> None:
    early: Any = Deciding(AGREEMENT).after(note_agreement_proposers("P-99"), over_years.enter())
    assert set(early.state.proposers) == {"P-01", "P-99"}
