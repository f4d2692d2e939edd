"""A case keeps the edition of its acceptance, unless the head of the window takes it to a newer one (V32)."""

import pytest

from chassis.decider import NotYours
from contracts.intake import GuidelineMigrated, Stage, Withdrawn
from services.intake.domain import (
    AlreadyAgreed,
    AlreadyUnderEdition,
    CaseIsOver,
    EditionNotInForce,
    NotReceived,
    NotSubmitted,
)
from tests.intake.sample import ASKED, RECEIVED, SUBMITTED, WINDOW, case, migrate, reached

AT_WORK = case.given(SUBMITTED, RECEIVED)


def test_v32_a_case_is_taken_to_the_edition_in_force_with_a_reason() -> None:
    [fact] = AT_WORK.when(migrate())
    assert fact == GuidelineMigrated(
        from_edition="tokorozawa/2023-07", to_edition="tokorozawa/2024-10", reason=migrate().reason
    )
    assert AT_WORK.given(fact).state.edition == "tokorozawa/2024-10"


def test_v32_nothing_else_changes_the_edition_of_a_case() -> None:
    later = AT_WORK.given(reached(Stage.MATCHING), reached(Stage.DIALOGUE))
    assert later.state.edition == RECEIVED.edition


def test_v32_only_to_the_edition_in_force() -> None:
    with pytest.raises(EditionNotInForce):
        AT_WORK.when(migrate("tokorozawa/2025-04"))
    with pytest.raises(AlreadyUnderEdition):
        AT_WORK.when(migrate("tokorozawa/2023-07", in_force="tokorozawa/2023-07"))


def test_v32_only_the_head_of_the_window_decides_it() -> None:
    with pytest.raises(NotYours):
        AT_WORK.when(migrate().model_copy(update={"actor": WINDOW}))


def test_only_a_case_that_is_running_is_migrated() -> None:
    with pytest.raises(NotSubmitted):
        case.when(migrate())
    for waiting in (case.given(SUBMITTED), case.given(SUBMITTED, ASKED)):
        with pytest.raises(NotReceived):
            waiting.when(migrate())
    with pytest.raises(CaseIsOver):
        AT_WORK.given(Withdrawn()).when(migrate())
    with pytest.raises(CaseIsOver):
        AT_WORK.given(reached(Stage.INELIGIBLE)).when(migrate())
    with pytest.raises(AlreadyAgreed):
        AT_WORK.given(reached(Stage.AGREED)).when(migrate())


def test_a_case_that_is_stopped_may_be_migrated_too() -> None:
    stopped = AT_WORK.given(reached(Stage.SCREENING, remembers=Stage.DIALOGUE))
    assert len(stopped.when(migrate())) == 1
