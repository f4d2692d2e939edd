"""The outcome that nothing is established, looked at again: within its period, by somebody else (V34)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chassis.decider import NotYours, Refused
from contracts.actors import Role
from contracts.agreements import (
    DecisionRevoked,
    DecisionUpheld,
    EscalationRaised,
    EvaluationOpened,
    OutcomeDecided,
    PartnershipClosed,
    PilotEvaluated,
    ReconsiderationRequested,
)
from services.agreements.domain import EscalateReconsideration
from services.agreements.domain.evaluation.scoring import AlreadyEvaluated
from services.agreements.domain.reconsideration import (
    NothingToReconsider,
    NotUnderReconsideration,
    ReconsiderationOverdue,
    SameDecider,
)
from services.agreements.domain.signing import NotEvaluated
from services.agreements.domain.standing import CaseIsOver
from tests.agreements.procuring import COMPETING, award_other
from tests.agreements.sample import (
    CLOSED,
    EVALUATED,
    HEAD,
    MAYOR,
    NOON,
    NOT_ESTABLISHED,
    PROCUREMENT,
    R2,
    R3,
    READY,
    SIGNED,
    WINDOW,
    ask_again,
    classify,
    close,
    conclude,
    decide_on,
    follow,
    note_conflict,
    open_evaluation,
    recuse,
    revoke,
    score,
    sign,
    uphold,
)
from tests.deciding import at, by

LAST_MOMENT, TOO_LATE = at("2023-10-24 23:59"), at("2023-10-25 00:00")
ASKED = NOT_ESTABLISHED.after(ask_again())
REVOKED = ASKED.after(revoke())


def escalate(due: date = date(2023, 10, 24)) -> EscalateReconsideration:
    return EscalateReconsideration(actor=by("timer:agreements"), at=NOON, due=due)


def test_the_outcome_says_until_when_it_can_be_asked_for() -> None:
    [outcome] = EVALUATED.when(decide_on("not_established"))
    assert isinstance(outcome, OutcomeDecided)
    assert outcome.reconsider_by == date(2023, 10, 24)
    [other] = EVALUATED.after(classify()).when(decide_on())
    assert isinstance(other, OutcomeDecided)
    assert other.reconsider_by is None


def test_v32_the_period_is_that_of_the_edition_the_case_was_migrated_to() -> None:
    moved = EVALUATED.after(follow("kakuu-minato/2024-04"))
    [outcome] = moved.when(decide_on("not_established", clauses=("KM3-2",)))
    assert isinstance(outcome, OutcomeDecided)
    assert outcome.edition == "kakuu-minato/2024-04"
    assert outcome.reconsider_by == date(2023, 11, 9), "thirty days there"


def test_not_established_leads_to_reconsideration_until_the_end_of_the_last_day() -> None:
    [asked] = NOT_ESTABLISHED.when(ask_again(LAST_MOMENT))
    assert isinstance(asked, ReconsiderationRequested)
    assert NOT_ESTABLISHED.after(ask_again()).state.phase == "reconsideration"


def test_on_the_next_day_it_is_too_late() -> None:
    with pytest.raises(ReconsiderationOverdue, match="2023-10-24"):
        NOT_ESTABLISHED.when(ask_again(TOO_LATE))


def test_v35_the_answer_is_due_in_office_days() -> None:
    [asked] = NOT_ESTABLISHED.when(ask_again(at("2023-10-24 12:00")))
    assert isinstance(asked, ReconsiderationRequested)
    assert asked.decide_by == date(2023, 11, 8), "ten of them; 11/3 is a holiday"


def test_only_that_nothing_is_established_is_looked_at_again() -> None:
    for stream in (EVALUATED, READY, SIGNED, PROCUREMENT, CLOSED, ASKED):
        with pytest.raises(NothingToReconsider):
            stream.when(ask_again())


def test_an_award_to_another_is_final_here() -> None:
    lost = COMPETING.after(award_other())
    assert lost.state.phase == "not_established"
    with pytest.raises(NothingToReconsider, match="award to another is final"):
        lost.when(ask_again())


def test_only_its_proposer_asks_for_it() -> None:
    with pytest.raises(NotYours):
        NOT_ESTABLISHED.when(ask_again(actor=WINDOW))


def test_reconsideration_upholds_the_outcome_with_its_clauses_and_that_is_final() -> None:
    """V07: what is adverse cites what it rests on."""
    [upheld] = ASKED.when(uphold())
    assert isinstance(upheld, DecisionUpheld)
    assert (upheld.clauses, upheld.edition) == (("GL4-5",), "tokorozawa/2023-07")
    after = ASKED.after(uphold())
    assert after.state.phase == "not_established"
    with pytest.raises(NothingToReconsider):
        after.when(ask_again())
    with pytest.raises(NotUnderReconsideration):
        after.when(revoke())


def test_reconsideration_revokes_the_outcome_and_the_case_is_at_its_evaluation_again() -> None:
    [revoked] = ASKED.when(revoke())
    assert isinstance(revoked, DecisionRevoked)
    assert REVOKED.state.phase == "evaluation"
    assert REVOKED.state.outcome is None


def test_v25_after_a_revocation_there_is_exactly_one_evaluation_before_another_outcome() -> None:
    with pytest.raises(NotEvaluated):
        REVOKED.when(decide_on("not_established"))
    others = by("reviewer:REV-08"), by("reviewer:REV-09")
    opened = REVOKED.after(open_evaluation(reviewers=["REV-08", "REV-09"], quorum=2))
    assert isinstance(opened.history[-1], EvaluationOpened)
    with pytest.raises(NotEvaluated):
        opened.when(decide_on("not_established"))
    again = opened.after(*(score(who) for who in others), conclude())
    assert isinstance(again.history[-1], PilotEvaluated)
    with pytest.raises(AlreadyEvaluated):
        again.when(conclude())
    [outcome] = again.after(classify()).when(decide_on())
    assert isinstance(outcome, OutcomeDecided)


@pytest.mark.parametrize("decide", [uphold, revoke])
def test_v34_whoever_decided_does_not_look_at_it_again(decide: Any) -> None:
    with pytest.raises(SameDecider):
        ASKED.when(decide(HEAD))
    assert ASKED.when(decide(by("window_head:H-02:S01")))


@pytest.mark.parametrize("reviewer", ["REV-01", "REV-02"])
def test_v34_whoever_scored_does_not_either(reviewer: str) -> None:
    with pytest.raises(SameDecider):
        ASKED.when(uphold(by(f"delegate:{reviewer}")))
    assert ASKED.when(uphold(by("delegate:REV-03"))), "was named, and gave no score"


def test_v19_nobody_partial_or_recused_looks_at_it() -> None:
    with pytest.raises(SameDecider):
        ASKED.after(note_conflict("M-01")).when(uphold(MAYOR))
    without = NOT_ESTABLISHED.after(note_conflict("REV-03"), ask_again())
    with pytest.raises(SameDecider):
        without.when(uphold(by("delegate:REV-03")))


def test_nothing_is_decided_that_nobody_questioned() -> None:
    with pytest.raises(NotUnderReconsideration):
        NOT_ESTABLISHED.when(uphold())


def test_nothing_else_goes_on_meanwhile() -> None:
    for command in (decide_on("not_established"), sign(), open_evaluation(), score(R2), recuse("REV-03", R3)):
        with pytest.raises(Refused):
            ASKED.when(command)


def test_v33_a_case_under_reconsideration_can_be_withdrawn() -> None:
    assert ASKED.when(close()) == [PartnershipClosed(reason="withdrawn")]
    with pytest.raises(NotUnderReconsideration):
        ASKED.after(close()).when(revoke())


def test_v22_an_answer_that_does_not_come_is_escalated() -> None:
    assert ASKED.when(escalate()) == [EscalationRaised(waiting_for="reconsideration", due=date(2023, 10, 24))]
    assert ASKED.after(uphold()).when(escalate()) == []


def test_an_outcome_upheld_can_not_be_withdrawn_from() -> None:
    assert ASKED.after(uphold()).when(close()) == []
    with pytest.raises(CaseIsOver):
        ASKED.after(uphold()).when(open_evaluation())


def test_staff_do_not_decide_it() -> None:
    assert Role.WINDOW not in type(uphold()).by | type(revoke()).by
