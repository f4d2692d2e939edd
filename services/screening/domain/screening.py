"""Screening one proposal against one edition of the guideline: what follows from a command, or what says no.

Pure: no I/O, no clock, no new ids. Commands bring the time and the known measures; facts keep the edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypeVar, assert_never

from chassis.decider import Command, Decider, Refused
from contracts.days import day
from contracts.screening import (
    Answer,
    Decision,
    DecisionRevoked,
    DecisionUpheld,
    EligibilityDecided,
    MayorFound,
    PartnerScreened,
    ProjectScreened,
    ReconsiderationRequested,
    ScreeningClosed,
    ScreeningOpened,
)
from contracts.text import ClauseId
from services.screening.domain.commands import (
    CloseScreening,
    ConfirmEligible,
    DeclareIneligible,
    OpenScreening,
    RecordMayorFinding,
    RecordPartnerScreening,
    RecordProjectScreening,
    RequestReconsideration,
    RevokeDecision,
    ScreeningCommand,
    UpholdDecision,
)
from services.screening.domain.state import Screening, ScreeningFact, evolve
from services.screening.policies import (
    ANSWERS,
    ELIGIBLE,
    INELIGIBLE,
    REGISTERS,
    Dossier,
    Lookup,
    Sheet,
    UnknownClause,
    no_measure_since,
)

T = TypeVar("T")


class ScreeningNotOpen(Refused):
    """This proposal is not being screened; it was not accepted yet, or it was withdrawn."""


class AlreadyDecided(Refused):
    """Eligibility is decided; what is wrong with it is a matter of reconsideration."""


class NothingToReconsider(Refused):
    """Only a proposal that was declared ineligible can be looked at again, and once."""


class ReconsiderationOverdue(Refused):
    """The period for asking for reconsideration is over; a new proposal may be submitted at any time."""


class NotUnderReconsideration(Refused):
    """Nobody asked for reconsideration of this decision."""


class SameDecider(Refused):
    """Reconsideration is decided by somebody who took no part in the first decision; ask another."""


def decide(command: ScreeningCommand, state: Screening) -> list[ScreeningFact]:
    match command:
        case OpenScreening():
            return [_opened(command)] if state.status == "new" else []
        case RecordPartnerScreening():
            return [_partner_screened(command, _dossier(state, "open", "eligible"))]
        case RecordProjectScreening():
            dossier = _dossier(state, "open")
            _hold_to(ANSWERS, _sheet(dossier, dossier.opened.project_clauses, command.answers))
            return [ProjectScreened(answers=command.answers)]
        case RecordMayorFinding():
            dossier = _dossier(state, "open", "eligible")
            if command.clause not in dossier.opened.mayor_clauses:
                raise UnknownClause(f"Left to the mayor: {', '.join(dossier.opened.mayor_clauses)}.")
            return [
                MayorFound(
                    clause=command.clause,
                    applies=command.applies,
                    reasons=command.reasons,
                    found_by=command.actor.id,
                )
            ]
        case ConfirmEligible():
            dossier = _dossier(state, "open")
            _hold_to(ELIGIBLE, dossier)
            no_measure_since(command.measures, _today(command, dossier))
            return [_decided("eligible", command, dossier)]
        case DeclareIneligible():
            dossier = _dossier(state, "open")
            _hold_to(INELIGIBLE, dossier)
            return [_decided("ineligible", command, dossier)]
        case RequestReconsideration():
            _may_be_reconsidered(command, state)
            return [ReconsiderationRequested(grounds=command.grounds)]
        case UpholdDecision():
            _by_somebody_else(command, state)
            return [DecisionUpheld(reasons=command.reasons)]
        case RevokeDecision():
            _by_somebody_else(command, state)
            return [DecisionRevoked(reasons=command.reasons)]
        case CloseScreening():
            return [] if state.status in ("new", "closed") else [ScreeningClosed(reason="withdrawn")]
        case _:
            assert_never(command)


def _opened(command: OpenScreening) -> ScreeningOpened:
    return ScreeningOpened(
        edition=command.edition,
        municipality=command.municipality,
        zone=command.zone,
        partner=command.partner,
        received_on=command.received_on,
        partner_clauses=command.partner_clauses,
        project_clauses=command.project_clauses,
        mayor_clauses=command.mayor_clauses,
        register_clauses=command.register_clauses,
        reconsideration_days=command.reconsideration_days,
    )


def _partner_screened(command: RecordPartnerScreening, dossier: Dossier) -> PartnerScreened:
    today = _today(command, dossier)
    as_of = command.as_of or today
    _hold_to(ANSWERS, _sheet(dossier, dossier.opened.partner_clauses, command.answers))
    lookup = Lookup(command.answers, dossier.opened.register_clauses, command.measures, as_of, today)
    _hold_to(REGISTERS, lookup)
    clear = not any(answer.applies for answer in command.answers)
    return PartnerScreened(answers=command.answers, as_of=as_of, clear=clear)


def _decided(decision: Decision, command: Command, dossier: Dossier) -> EligibilityDecided:
    assert dossier.partner is not None, "no decision without a screening of the partner"
    adverse = decision == "ineligible"
    period = timedelta(days=dossier.opened.reconsideration_days)
    return EligibilityDecided(
        decision=decision,
        clauses=dossier.applying,
        answers=dossier.answers,
        edition=dossier.opened.edition,
        municipality=dossier.opened.municipality,
        as_of=dossier.partner.as_of,
        reconsider_by=_today(command, dossier) + period if adverse else None,
        decided_by=command.actor.id,
    )


def _dossier(state: Screening, *statuses: str) -> Dossier:
    """What is on file, while the screening stands at one of these; raises what stands in the way."""
    if state.dossier is None or state.status == "closed":
        raise ScreeningNotOpen()
    if state.status not in statuses:
        raise AlreadyDecided()
    return state.dossier


def _sheet(dossier: Dossier, clauses: tuple[ClauseId, ...], answers: tuple[Answer, ...]) -> Sheet:
    return Sheet(clauses, answers, frozenset(dossier.opened.mayor_clauses), dossier.found)


def _hold_to(policies: Iterable[Callable[[T], None]], subject: T) -> None:
    for policy in policies:
        policy(subject)


def _today(command: Command, dossier: Dossier) -> date:
    return day(command.at, dossier.opened.zone)


def _may_be_reconsidered(command: Command, state: Screening) -> None:
    """Within the period of the edition, counted from the decision (GL7, set by the office)."""
    if state.status != "ineligible" or state.dossier is None or state.decided is None:
        raise NothingToReconsider()
    last = state.decided.reconsider_by
    if last is not None and _today(command, state.dossier) > last:
        raise ReconsiderationOverdue(f"The last day was {last}.")


def _by_somebody_else(command: Command, state: Screening) -> None:
    """V34: neither who decided nor who made a finding of the mayor it stands on."""
    if state.status != "reconsideration" or state.dossier is None or state.decided is None:
        raise NotUnderReconsideration()
    took_part = {state.decided.decided_by, *(finding.found_by for finding in state.dossier.findings)}
    if command.actor.id in took_part:
        raise SameDecider()


SCREENING: Decider[ScreeningCommand, Screening, ScreeningFact] = Decider(
    "screening",
    (
        OpenScreening,
        RecordPartnerScreening,
        RecordProjectScreening,
        RecordMayorFinding,
        ConfirmEligible,
        DeclareIneligible,
        RequestReconsideration,
        UpholdDecision,
        RevokeDecision,
        CloseScreening,
    ),
    Screening(),
    decide,
    evolve,
)
