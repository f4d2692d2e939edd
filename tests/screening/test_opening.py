"""A received proposal opens a screening, bound to its edition; a withdrawn one ends it."""

from contracts.intake import ProposalReceived, Withdrawn
from contracts.screening import ScreeningClosed
from services.screening.consumers import reactions
from services.screening.domain import CloseScreening, OpenScreening
from tests.intake.sample import recorded
from tests.screening.sample import (
    ELIGIBLE,
    JULY_31,
    OPENED,
    PARTNER,
    case,
    close,
    open_screening,
    opened,
)

RECEIVED = ProposalReceived(
    edition="tokorozawa/2023-07",
    municipality="112089",
    received_on=OPENED.received_on,
    receipt_number="R2024-0031",
    partner=PARTNER,
)


def test_a_received_proposal_is_screened_by_its_edition() -> None:
    [(id_, command)] = reactions()[ProposalReceived](recorded(RECEIVED, case_id="C04"), JULY_31)
    assert id_ == "C04"
    assert isinstance(command, OpenScreening)
    assert case.when(command) == [OPENED]


def test_a_screening_is_opened_once() -> None:
    assert opened.when(open_screening()) == []


def test_a_withdrawn_proposal_is_screened_no_further() -> None:
    [(id_, command)] = reactions()[Withdrawn](recorded(Withdrawn(), case_id="C04"), JULY_31)
    assert id_ == "C04"
    assert isinstance(command, CloseScreening)
    assert opened.when(command) == [ScreeningClosed(reason="withdrawn")]
    assert ELIGIBLE.when(command) == [ScreeningClosed(reason="withdrawn")]


def test_closing_what_is_closed_or_was_never_open_changes_nothing() -> None:
    assert opened.after(close()).when(close()) == []
    assert case.when(close()) == []


def test_a_closed_screening_stays_closed() -> None:
    assert opened.after(close()).when(open_screening()) == []
