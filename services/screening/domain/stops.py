"""A running case is stopped by a measure or a finding, and screened again."""

from __future__ import annotations

from datetime import date

from chassis.decider import Command
from contracts.actors import Role
from contracts.confidential import Confidential
from contracts.screening import PartnerScreened, RescreenRequired
from contracts.text import ClauseId, MeasureId, Reason
from services.screening.domain.commands import AdverseFactFound, RecordPartnerScreening
from services.screening.domain.eligibility import concerning, law_of, today_of
from services.screening.domain.refusals import AlreadyDecided, CaseHasEnded, ScreeningNotOpen, StillScreened
from services.screening.domain.state import Screening
from services.screening.policies import Dossier, MeasureUnknown, UnknownClause

ELIGIBILITY, RECONSIDERATION = "eligibility", "reconsideration"  # what is waited for


def required(command: AdverseFactFound, state: Screening) -> list[RescreenRequired]:
    """Of a running case; what comes by rule and too late changes nothing, a person is told why."""
    if command.actor.role == Role.SERVICE and not _runs(state):
        return []
    if state.dossier is None or state.status == "closed":
        raise ScreeningNotOpen()
    if state.over:
        raise CaseHasEnded()
    if state.status == "open":
        raise StillScreened()
    if state.status != "eligible":
        raise AlreadyDecided()
    dossier = state.dossier
    law = law_of(dossier.opened, today_of(command, dossier.opened))
    if command.clause not in dossier.requirements + law.clauses:
        raise UnknownClause(f"Not asked for here: {command.clause}.")
    if command.measure:
        known = {each.id: each.clause for each in concerning(command.measures, dossier.opened, law)}
        if known.get(command.measure) != command.clause:
            raise MeasureUnknown(f"Cited for {command.clause}: {command.measure}.")
    return [stop(command.clause, command.measure, command.reason, command, dossier, state)]


def found_by(
    screened: PartnerScreened, command: RecordPartnerScreening, dossier: Dossier, state: Screening
) -> list[RescreenRequired]:
    """Screened again before a signature or a renewal, the partner is not clear: the case does not go on like that."""
    if state.status != "eligible" or screened.clear:
        return []
    answer = next(answer for answer in screened.answers if answer.applies)
    reason = Confidential(f"{answer.evidence} ({screened.as_of})")
    return [stop(answer.clause, answer.measure, reason, command, dossier, state)]


def stop(
    clause: ClauseId,
    measure: MeasureId | None,
    reason: Confidential[Reason],
    command: Command,
    dossier: Dossier,
    state: Screening,
) -> RescreenRequired:
    return RescreenRequired(
        clause=clause,
        measure=measure,
        reason=reason,
        agreed=state.course == "agreed",
        decide_by=decide_by(command, dossier),
    )


def decide_by(command: Command, dossier: Dossier) -> date | None:
    """V22, V35: the last day for a decision that is waited for from now on."""
    opened = dossier.opened
    if opened.screening_days is None:
        return None
    return opened.calendar.after(today_of(command, opened), opened.screening_days)


def _runs(state: Screening) -> bool:
    return state.status == "eligible" and not state.over
