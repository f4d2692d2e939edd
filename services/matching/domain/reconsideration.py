"""A case that found no section, looked at again by somebody who took no part in that (GL5-01, V34).

Within the period that the edition of the case sets, in calendar days from the conclusion.
"""

from __future__ import annotations

from datetime import date, timedelta

import guidelines
from chassis.decider import Command, NotYours, Refused
from contracts.days import day
from contracts.matching import DecisionRevoked, DecisionUpheld, LeadResumed, ReconsiderationRequested
from services.matching.domain.commands import (
    ConcludeNoMatch,
    RequestReconsideration,
    RevokeDecision,
    UpholdDecision,
)
from services.matching.domain.state import Matching, Pinned
from services.matching.policies import partial_persons_decide_nothing


class NotTheProposer(NotYours):
    """Only who proposed may do this; join the proposal first, with the secret of its receipt (JoinProposal)."""


class NothingToReconsider(Refused):
    """Only a case for which no section was found can be looked at again here, and once."""


class ReconsiderationOverdue(Refused):
    """The period for asking for reconsideration is over; a new proposal may be submitted at any time."""


class NotUnderReconsideration(Refused):
    """Nobody asked for reconsideration of this decision."""


class SameDecider(Refused):
    """Reconsideration is decided by somebody who took no part in the first decision; ask another."""


def last_day(command: ConcludeNoMatch, pinned: Pinned) -> date:
    """Until the end of this day the proposer may ask."""
    period = guidelines.load(pinned.edition).periods.reconsideration_days
    return day(command.at, pinned.zone) + timedelta(days=period)


def request(command: RequestReconsideration, state: Matching) -> list[ReconsiderationRequested]:
    """By who proposed (GL5-04). Decided within the same office days as a screening is (V22, V35)."""
    if state != Matching() and command.actor.id not in state.proposers:
        raise NotTheProposer()
    if state.status != "concluded" or state.concluded is None or state.pinned is None:
        raise NothingToReconsider()
    pinned, last = state.pinned, state.concluded.reconsider_by
    today = day(command.at, pinned.zone)
    if last is not None and today > last:
        raise ReconsiderationOverdue(f"The last day was {last}.")
    decide_by = pinned.calendar.after(today, guidelines.load(pinned.edition).periods.screening)
    return [ReconsiderationRequested(grounds=command.grounds, decide_by=decide_by)]


def uphold(command: UpholdDecision, state: Matching) -> list[DecisionUpheld]:
    _by_somebody_else(command, state)
    assert state.concluded is not None, "what is reconsidered was concluded"
    return [
        DecisionUpheld(
            reasons=command.reasons,
            clauses=state.concluded.clauses,
            edition=state.concluded.edition,
            decided_by=command.actor.id,
        )
    ]


def revoke(command: RevokeDecision, state: Matching) -> list[DecisionRevoked]:
    """Who said no is asked again; who led the case and gave it back is not."""
    _by_somebody_else(command, state)
    return [DecisionRevoked(reasons=command.reasons, decided_by=command.actor.id)]


def resume_lead(state: Matching) -> list[LeadResumed]:
    """Agreements took its decision back; told late or twice, nothing follows."""
    ended = state.status == "freed" and state.freed_for == "not_established"
    return [LeadResumed(section=state.lead)] if ended and state.lead else []


def _by_somebody_else(command: Command, state: Matching) -> None:
    """V34: nobody who concluded, put sections in their order, or declined; V19: nor anybody partial."""
    if state.status != "reconsideration":
        raise NotUnderReconsideration()
    if command.actor.id in state.took_part:
        raise SameDecider()
    partial_persons_decide_nothing(command.actor, state.partial_persons)
