"""Reconsideration: within its period, by somebody else (V34)."""

from datetime import date

import pytest

from chassis.decider import NotYours
from contracts.screening import (
    DecisionRevoked,
    DecisionUpheld,
    EligibilityDecided,
    ReconsiderationRequested,
)
from services.screening.domain import (
    NoteProposers,
    NothingToReconsider,
    NotTheProposer,
    NotUnderReconsideration,
    ReconsiderationOverdue,
    SameDecider,
)
from tests.deciding import at, by
from tests.screening.sample import (
    CONTRACT_SECTION,
    DELEGATE,
    ELIGIBLE,
    HEAD,
    INELIGIBLE,
    MAYOR,
    SERVICE,
    WINDOW,
    about_partner,
    about_project,
    ask_again,
    confirm,
    declare,
    dismiss_flag,
    find,
    flag_partner,
    opened,
    revoke,
    screen_partner,
    screen_project,
    uphold,
)

ASKED = INELIGIBLE.after(ask_again())


def test_the_proposer_may_ask_until_the_end_of_the_last_day() -> None:
    [fact] = INELIGIBLE.when(ask_again(at("2024-08-14 23:59")))
    assert isinstance(fact, ReconsiderationRequested)


def test_on_the_next_day_it_is_too_late() -> None:
    with pytest.raises(ReconsiderationOverdue, match="2024-08-14"):
        INELIGIBLE.when(ask_again(at("2024-08-15 00:00")))


def test_v35_the_period_counts_days_and_not_office_days_so_that_its_last_may_be_a_holiday() -> None:
    """Fourteen days after 2024-09-09 is Monday 9/23, a substitute holiday; on the web it is taken all the same."""
    screened = opened.after(screen_partner(), screen_project(about_project("GL7-B1")))
    [decided] = screened.when(declare(on=at("2024-09-09 10:00")))
    assert isinstance(decided, EligibilityDecided)
    assert decided.reconsider_by == date(2024, 9, 23)
    refused = screened.given(decided)
    assert refused.when(ask_again(at("2024-09-23 23:59")))
    with pytest.raises(ReconsiderationOverdue):
        refused.when(ask_again(at("2024-09-24 00:00")))


def test_only_an_adverse_decision_is_reconsidered() -> None:
    with pytest.raises(NothingToReconsider):
        ELIGIBLE.when(ask_again())
    with pytest.raises(NothingToReconsider):
        opened.when(ask_again())


def test_gl5_04_another_proposer_asks_for_nothing() -> None:
    stranger = ask_again().model_copy(update={"actor": by("proposer:P-99")})
    for stream in (INELIGIBLE, ELIGIBLE, opened):
        with pytest.raises(NotTheProposer):
            stream.when(stranger)
    joined = INELIGIBLE.after(NoteProposers(actor=SERVICE, at=at("2024-08-01 10:00"), persons=("P-99",)))
    assert joined.when(stranger)


def test_another_head_may_uphold_it() -> None:
    [fact] = ASKED.when(uphold())
    assert isinstance(fact, DecisionUpheld)


def test_an_upheld_decision_is_final() -> None:
    upheld = ASKED.after(uphold())
    with pytest.raises(NothingToReconsider):
        upheld.when(ask_again())
    with pytest.raises(NotUnderReconsideration):
        upheld.when(revoke())


def test_v34_whoever_decided_does_not_look_at_it_again() -> None:
    with pytest.raises(SameDecider):
        ASKED.when(uphold(HEAD))
    with pytest.raises(SameDecider):
        ASKED.when(revoke(HEAD))


def test_v34_whoever_made_the_finding_it_stands_on_does_not_either() -> None:
    unfit = opened.after(find("GL7-A4"), screen_partner(about_partner("GL7-A4")), declare(), ask_again())
    with pytest.raises(SameDecider):
        unfit.when(uphold(MAYOR))
    assert len(unfit.when(uphold(DELEGATE))) == 1


def test_staff_do_not_decide_it() -> None:
    with pytest.raises(NotYours):
        ASKED.when(uphold(WINDOW))


def test_nothing_is_upheld_that_nobody_questioned() -> None:
    with pytest.raises(NotUnderReconsideration):
        INELIGIBLE.when(uphold())


def test_a_revoked_decision_opens_the_screening_again() -> None:
    again = ASKED.after(revoke())
    assert isinstance(again.history[-1], DecisionRevoked)
    assert len(again.after(screen_partner(), screen_project()).when(confirm())) == 1


def test_grounds_and_reasons_are_confidential() -> None:
    assert "営業" not in repr(ASKED.history[-1])
    assert "販売" not in repr(ASKED.when(uphold()))


def test_v34_whoever_answered_a_clause_or_looked_at_an_entry_took_part_in_the_decision() -> None:
    """Somebody of the office may have become its head meanwhile."""
    promoted = by("window_head:W-01:S01")
    with pytest.raises(SameDecider):
        ASKED.when(uphold(promoted))
    k01 = by("window_head:K-01:S01")
    assert len(ASKED.when(uphold(k01))) == 1
    looked_at = opened.after(
        flag_partner(),
        dismiss_flag(actor=CONTRACT_SECTION),
        screen_partner(),
        screen_project(about_project("GL7-B1")),
        declare(),
        ask_again(),
    )
    with pytest.raises(SameDecider):
        looked_at.when(revoke(k01))
