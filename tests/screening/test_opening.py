"""A received proposal opens a screening, bound to its edition; a withdrawn one ends it."""

from contracts.confidential import Confidential
from contracts.intake import GuidelineMigrated, ProposalReceived, RelatedParty, Withdrawn
from contracts.screening import ScreeningClosed
from services.screening.consumers import close_screening, follow_guideline, open_screening
from services.screening.domain import CloseScreening, FollowGuideline, OpenScreening
from tests.intake.sample import recorded
from tests.screening.sample import (
    ELIGIBLE,
    JULY_31,
    OPENED,
    PARTNER,
    case,
    close,
    opened,
)
from tests.screening.sample import open_screening as opening

RECEIVED = ProposalReceived(
    edition="tokorozawa/2023-07",
    municipality="112089",
    received_on=OPENED.received_on,
    receipt_number="R2024-0031",
    partner=PARTNER,
    proposers=("P-04",),
)


def test_a_received_proposal_is_screened_by_its_edition() -> None:
    [(id_, command)] = open_screening(recorded(RECEIVED, case_id="C04"), JULY_31)
    assert id_ == "C04"
    assert isinstance(command, OpenScreening)
    assert case.when(command) == [OPENED]


def test_a_screening_is_opened_once() -> None:
    assert opened.when(opening()) == []


def test_a_withdrawn_proposal_is_screened_no_further() -> None:
    [(id_, command)] = close_screening(recorded(Withdrawn(), case_id="C04"), JULY_31)
    assert id_ == "C04"
    assert isinstance(command, CloseScreening)
    assert opened.when(command) == [ScreeningClosed(reason="withdrawn")]
    assert ELIGIBLE.when(command) == [ScreeningClosed(reason="withdrawn")]


def test_closing_what_is_closed_or_was_never_open_changes_nothing() -> None:
    assert opened.after(close()).when(close()) == []
    assert case.when(close()) == []


def test_a_closed_screening_stays_closed() -> None:
    assert opened.after(close()).when(opening()) == []


def test_whoever_else_is_behind_a_proposal_is_kept_to_be_looked_up() -> None:
    member = RelatedParty(
        kind="joint_venture_member",
        name=Confidential("架空クリーンサービス株式会社"),
        corporate_number="1999901000114",
    )
    told = {
        "address": Confidential("埼玉県架空市"),
        "representative": Confidential("架空 建造"),
        "related": (member,),
    }
    received = RECEIVED.model_copy(update=told)
    [(_, command)] = open_screening(recorded(received, case_id="C04"), JULY_31)
    assert isinstance(command, OpenScreening)
    [fact] = case.when(command)
    assert fact == OPENED.model_copy(update=told)
    assert "架空クリーン" not in repr(fact)


def test_a_migrated_case_follows_its_new_edition() -> None:
    migrated = GuidelineMigrated(
        from_edition="tokorozawa/2023-07", to_edition="kakuu-minato/2024-04", reason="合併による"
    )
    [(id_, command)] = follow_guideline(recorded(migrated, case_id="C04"), JULY_31)
    assert id_ == "C04"
    assert isinstance(command, FollowGuideline)
    assert (command.edition, command.reconsideration_days, command.screening_days) == (
        "kakuu-minato/2024-04",
        30,
        15,
    )
    assert command.registers["bid_suspension"] == "KM5-P2"
