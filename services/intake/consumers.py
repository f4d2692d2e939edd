"""What intake learns from others: how far a case has come, and that a withdrawal came too late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from chassis.decider import Command, Recorded
from chassis.inbox import Reaction
from contracts.actors import Actor, Role
from contracts.agreements import AgreementSigned, EvaluationOpened, OutcomeDecided, WithdrawalRefused
from contracts.fact import Fact
from contracts.intake import Stage
from contracts.matching import Matched, NoMatchConcluded, RematchRequested
from contracts.screening import DecisionRevoked, DecisionUpheld, EligibilityDecided, ReconsiderationRequested
from services.intake.domain import LearnWithdrawalTooLate, ReachStage

INTAKE = Actor(role=Role.SERVICE, id="intake")

# Facts that lead to one stage only; the others say themselves where they lead.
STAGE_AFTER: dict[type[Fact], Stage] = {
    ReconsiderationRequested: Stage.RECONSIDERATION,
    DecisionUpheld: Stage.INELIGIBLE,
    DecisionRevoked: Stage.SCREENING,
    Matched: Stage.DIALOGUE,
    RematchRequested: Stage.MATCHING,
    NoMatchConcluded: Stage.NOT_ESTABLISHED,
    EvaluationOpened: Stage.EVALUATION,
    AgreementSigned: Stage.AGREED,
}


def reactions() -> dict[type[Fact], Reaction]:
    """Fact of another service → the commands that follow from it here."""
    return {
        **dict.fromkeys(STAGE_AFTER, reach_its_stage),
        EligibilityDecided: reach_decided_stage,
        OutcomeDecided: reach_next_stage,
        WithdrawalRefused: learn_withdrawal_too_late,
    }


def reach_its_stage(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """The case is where this kind of fact always leads."""
    return _reach(STAGE_AFTER[type(recorded.fact)], recorded, at)


def reach_decided_stage(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """Eligible cases go on to matching (GL7)."""
    assert isinstance(recorded.fact, EligibilityDecided)
    eligible = recorded.fact.decision == "eligible"
    return _reach(Stage.MATCHING if eligible else Stage.INELIGIBLE, recorded, at)


def reach_next_stage(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """The outcome says what comes next: an agreement, a procurement, or nothing (GL4-5, GL6-1)."""
    assert isinstance(recorded.fact, OutcomeDecided)
    return _reach(Stage(recorded.fact.next), recorded, at)


def learn_withdrawal_too_late(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """The agreement had been signed before the withdrawal arrived; it stands (V33)."""
    return [(recorded.id, LearnWithdrawalTooLate(actor=INTAKE, at=at))]


def _reach(stage: Stage, recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    return [(recorded.id, ReachStage(actor=INTAKE, at=at, stage=stage, since=recorded.envelope.time))]
