"""The outcome that nothing is established, looked at again by somebody who took no part in it (GL5-01, V34).

Within the period that the edition of the case sets, in calendar days from the decision. What falls is evaluated anew,
by other reviewers if the office so chooses, before another outcome (V25). An award to another firm is no such outcome:
the contract is theirs, and nothing here takes it back.
"""

from __future__ import annotations

from datetime import date, timedelta

import guidelines
from chassis.decider import Command, Refused
from contracts.agreements import (
    DecisionRevoked,
    DecisionUpheld,
    DialogueOpened,
    EscalationRaised,
    Next,
    OutcomeDecided,
    ReconsiderationRequested,
)
from contracts.days import day
from services.agreements.domain.commands import (
    DecideOutcome,
    EscalateReconsideration,
    RequestReconsideration,
    RevokeDecision,
    UpholdDecision,
)
from services.agreements.domain.standing import is_not_halted
from services.agreements.domain.state import Partnership


class NothingToReconsider(Refused):
    """Only the outcome that nothing is established can be looked at again, and once; an award to another is final."""


class ReconsiderationOverdue(Refused):
    """The period for asking for reconsideration is over; a new proposal may be submitted at any time."""


class NotUnderReconsideration(Refused):
    """Nobody asked for reconsideration of this decision."""


class SameDecider(Refused):
    """Reconsideration is decided by somebody who took no part in the first decision; ask another."""


def last_day(command: DecideOutcome, next_: Next, opened: DialogueOpened) -> date | None:
    """Until the end of this day the proposer may ask; None where there is nothing to ask for."""
    if next_ != "not_established":
        return None
    period = guidelines.load(opened.edition).periods.reconsideration_days
    return day(command.at, opened.zone) + timedelta(days=period)


def request(command: RequestReconsideration, state: Partnership) -> list[ReconsiderationRequested]:
    """Decided within the same office days as a screening is (V22, V35)."""
    outcome, opened = state.outcome, state.opened
    if state.phase != "not_established" or opened is None or state.upheld:
        raise NothingToReconsider()
    if outcome is None or outcome.next != "not_established":
        raise NothingToReconsider()
    today = day(command.at, opened.zone)
    if outcome.reconsider_by is not None and today > outcome.reconsider_by:
        raise ReconsiderationOverdue(f"The last day was {outcome.reconsider_by}.")
    edition = guidelines.load(opened.edition)
    decide_by = edition.calendar.after(today, edition.periods.screening)
    return [ReconsiderationRequested(grounds=command.grounds, decide_by=decide_by, zone=opened.zone)]


def uphold(command: UpholdDecision, state: Partnership) -> list[DecisionUpheld]:
    outcome = _by_somebody_else(command, state)
    return [
        DecisionUpheld(
            reasons=command.reasons,
            clauses=outcome.clauses,
            edition=outcome.edition,
            decided_by=command.actor.id,
        )
    ]


def revoke(command: RevokeDecision, state: Partnership) -> list[DecisionRevoked]:
    """Back to the evaluation; the pilot stays as it ended."""
    _by_somebody_else(command, state)
    return [DecisionRevoked(reasons=command.reasons, decided_by=command.actor.id)]


def escalate(command: EscalateReconsideration, state: Partnership) -> list[EscalationRaised]:
    """V22: told once, while it is still waited for."""
    if state.phase != "reconsideration":
        return []
    return [EscalationRaised(waiting_for="reconsideration", due=command.due)]


def _by_somebody_else(command: Command, state: Partnership) -> OutcomeDecided:
    """V34: nobody who decided or scored; V19: nor anybody partial, or recused for it."""
    if state.phase != "reconsideration" or state.outcome is None:
        raise NotUnderReconsideration()
    is_not_halted(state)
    took_part = {state.outcome.decided_by} | state.partial
    if state.evaluation is not None:
        took_part |= {score.reviewer for score in state.evaluation.scores} | state.evaluation.recused
    if command.actor.id in took_part:
        raise SameDecider()
    return state.outcome
