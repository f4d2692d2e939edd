"""An adverse fact about the partner of an agreement: it rests, and goes on when cleared (GL7-A).

What screening tells may come late or twice, or before the agreement is entered here: then it is remembered.
"""

from __future__ import annotations

import guidelines
from chassis.decider import Refused
from contracts.actors import Role
from contracts.agreements import AgreementReinstated, AgreementSuspended
from services.agreements.domain.agreement.commands import ReinstateAgreement, SuspendAgreement
from services.agreements.domain.agreement.standing import AgreementRests, stands
from services.agreements.domain.agreement.state import Agreement
from services.agreements.policies import ClauseMissing, clauses_stand_in


class PartnerIsClear(Refused):
    """The latest screening of the partner is clear; an agreement rests only while something stands against them."""


class NotSuspended(Refused):
    """This agreement is not suspended."""


class NotCleared(Refused):
    """The partner was not cleared yet; it goes on by itself once the case is found eligible again."""


def suspend(command: SuspendAgreement, state: Agreement) -> list[AgreementSuspended]:
    """By rule, for a measure or finding; by the city, when the screening it looks at is not clear (V07, V08)."""
    by_rule = command.actor.role == Role.SERVICE
    if by_rule and (state.stopped or state.ended is not None):
        return []
    if not by_rule:
        _by_city(command, state)
    return [
        AgreementSuspended(
            clause=command.clause,
            measure=command.measure,
            reason=command.reason,
            by_rule=by_rule,
            edition=state.entered.edition if state.entered else None,
        )
    ]


def _by_city(command: SuspendAgreement, state: Agreement) -> None:
    entered, _ = stands(state)
    if state.stopped:
        raise AgreementRests()
    if state.screening is None or state.screening.clear:
        raise PartnerIsClear()
    if command.clause is None:
        raise ClauseMissing()
    clauses_stand_in(guidelines.load(entered.edition), [command.clause])


def reinstate(command: ReinstateAgreement, state: Agreement) -> list[AgreementReinstated]:
    """By rule, when the case was found eligible again; what the city itself suspended, by the city once cleared."""
    if command.actor.role == Role.SERVICE:
        return [AgreementReinstated()] if state.stopped and state.ended is None else []
    stands(state)
    if not state.stopped:
        raise NotSuspended()
    if state.by_rule or not state.cleared:
        raise NotCleared()
    return [AgreementReinstated()]
