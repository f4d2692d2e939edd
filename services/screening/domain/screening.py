"""Screening one proposal against one edition of the guideline: what follows from a command, or what says no.

Pure: no I/O, no clock, no new ids. Commands bring the time and the known measures; facts keep the edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar, assert_never

from chassis.decider import Decider
from contracts.screening import (
    CourseNoted,
    DecisionRevoked,
    DecisionUpheld,
    EscalationRaised,
    GuidelineFollowed,
    MayorFound,
    PartnerScreened,
    ProjectScreened,
    ProposersNoted,
    ReconsiderationRequested,
    ScreeningClosed,
    ScreeningOpened,
)
from services.screening.domain import flags, stops
from services.screening.domain.commands import (
    AdverseFactFound,
    CloseScreening,
    ConfirmEligible,
    ConfirmFlag,
    DeclareIneligible,
    DismissFlag,
    Escalate,
    FlagPartner,
    FollowGuideline,
    NoteCourse,
    NoteProposers,
    OpenScreening,
    RecordMayorFinding,
    RecordPartnerScreening,
    RecordProjectScreening,
    RequestReconsideration,
    RevokeDecision,
    ScreeningCommand,
    UpholdDecision,
)
from services.screening.domain.eligibility import (
    concerning,
    decided,
    law_of,
    partner_sheet,
    project_sheet,
    register_clauses,
    today_of,
)
from services.screening.domain.refusals import (
    AlreadyDecided,
    CaseHasEnded,
    NothingToReconsider,
    NotTheProposer,
    NotUnderReconsideration,
    ReconsiderationOverdue,
    SameDecider,
    ScreeningNotOpen,
)
from services.screening.domain.state import Screening, ScreeningFact, evolve
from services.screening.policies import (
    ANSWERS,
    REGISTERS,
    Dossier,
    Lookup,
    UnknownClause,
    a_delegate_acts_as_delegated,
    cited,
    counting,
)

T = TypeVar("T")
SIGNED = ("agreed", "ended")  # courses that no withdrawal undoes


def decide(command: ScreeningCommand, state: Screening) -> list[ScreeningFact]:
    match command:
        case OpenScreening():
            return [_opened(command)] if state.status == "new" else []
        case NoteProposers():
            return _proposers(command, state)
        case FollowGuideline():
            return _followed(command, state)
        case FlagPartner():
            return flags.flagged(command, state)
        case ConfirmFlag():
            return flags.confirmed(command, _dossier(state, "open", "eligible"), state)
        case DismissFlag():
            return flags.dismissed(command, _dossier(state, "open", "eligible"))
        case RecordPartnerScreening():
            dossier = _dossier(state, "open", "eligible")
            screened = _partner_screened(command, dossier)
            return [*stops.found_by(screened, command, dossier, state), screened]
        case RecordProjectScreening():
            dossier = _dossier(state, "open")
            law = law_of(dossier.opened, today_of(command, dossier.opened))
            _hold_to(ANSWERS, project_sheet(dossier, law, command.answers))
            return [ProjectScreened(answers=command.answers, screened_by=command.actor.id)]
        case RecordMayorFinding():
            return [_found(command, _dossier(state, "open", "eligible"))]
        case ConfirmEligible() | DeclareIneligible():
            return [decided(command, _dossier(state, "open"), state)]
        case AdverseFactFound():
            return [*stops.required(command, state)]
        case RequestReconsideration():
            return [_reconsideration(command, state)]
        case UpholdDecision():
            _by_somebody_else(command, state)
            return [DecisionUpheld(reasons=command.reasons)]
        case RevokeDecision():
            dossier = _by_somebody_else(command, state)
            return [DecisionRevoked(reasons=command.reasons, decide_by=stops.decide_by(command, dossier))]
        case NoteCourse():
            return _course(command, state)
        case Escalate():
            return _escalated(command, state)
        case CloseScreening():
            closed = state.status in ("new", "closed") or state.course in SIGNED
            return [] if closed else [ScreeningClosed(reason="withdrawn")]
        case _:
            assert_never(command)


def _opened(command: OpenScreening) -> ScreeningOpened:
    fields = {name: getattr(command, name) for name in ScreeningOpened.model_fields if name != "decide_by"}
    decide_by = command.calendar.after(command.received_on, command.screening_days)
    return ScreeningOpened(**fields, decide_by=decide_by)


def _followed(command: FollowGuideline, state: Screening) -> list[ScreeningFact]:
    """V32: a case that was migrated goes by its new edition, in whatever state it is."""
    if state.dossier is None or state.status == "closed" or state.dossier.opened.edition == command.edition:
        return []
    return [GuidelineFollowed(**{name: getattr(command, name) for name in GuidelineFollowed.model_fields})]


def _proposers(command: NoteProposers, state: Screening) -> list[ScreeningFact]:
    """All of them, so that a reader needs the last fact alone. Those before the screening come with its opening."""
    new = [person for person in dict.fromkeys(command.persons) if person not in state.proposers]
    return [ProposersNoted(persons=(*state.proposers, *new))] if new and state.dossier else []


def _partner_screened(command: RecordPartnerScreening, dossier: Dossier) -> PartnerScreened:
    today = today_of(command, dossier.opened)
    as_of = command.as_of or today
    law = law_of(dossier.opened, today)
    _hold_to(ANSWERS, partner_sheet(dossier, law, command.answers))
    measures = counting(dossier, concerning(command.measures, dossier.opened, law))
    lookup = Lookup(command.answers, register_clauses(dossier.opened, law), measures, as_of, today)
    _hold_to(REGISTERS, lookup)
    clear = not any(answer.applies for answer in command.answers)
    return PartnerScreened(answers=cited(lookup), as_of=as_of, clear=clear, screened_by=command.actor.id)


def _found(command: RecordMayorFinding, dossier: Dossier) -> MayorFound:
    if command.clause not in dossier.opened.mayor_clauses:
        raise UnknownClause(f"Left to the mayor: {', '.join(dossier.opened.mayor_clauses)}.")
    today = today_of(command, dossier.opened)
    a_delegate_acts_as_delegated(command.actor, dossier.opened.edition, [command.clause], today)
    return MayorFound(
        clause=command.clause,
        applies=command.applies,
        reasons=command.reasons,
        found_by=command.actor.id,
    )


def _reconsideration(command: RequestReconsideration, state: Screening) -> ReconsiderationRequested:
    """Within the period of the edition, counted in calendar days from the decision (GL7, set by the office)."""
    if state.dossier is None:
        raise NothingToReconsider()
    if command.actor.id not in state.proposers:  # GL5-04: of those who propose, who proposed this
        raise NotTheProposer()
    if state.status != "ineligible" or state.decided is None:
        raise NothingToReconsider()
    last = state.decided.reconsider_by
    if last is not None and today_of(command, state.dossier.opened) > last:
        raise ReconsiderationOverdue(f"The last day was {last}.")
    return ReconsiderationRequested(
        grounds=command.grounds, decide_by=stops.decide_by(command, state.dossier)
    )


def _by_somebody_else(command: UpholdDecision | RevokeDecision, state: Screening) -> Dossier:
    """V34: nobody who decided, made a finding, answered or looked at an entry; a delegate as delegated (V13)."""
    if state.status != "reconsideration" or state.dossier is None or state.decided is None:
        raise NotUnderReconsideration()
    if command.actor.id in state.dossier.took_part | {state.decided.decided_by}:
        raise SameDecider()
    opened = state.dossier.opened
    mayors = [clause for clause in state.decided.clauses if clause in opened.mayor_clauses]
    a_delegate_acts_as_delegated(command.actor, opened.edition, mayors, today_of(command, opened))
    return state.dossier


def _course(command: NoteCourse, state: Screening) -> list[ScreeningFact]:
    """What runs no longer is not stopped by a measure. A signature is final, also where a withdrawal met it."""
    match state.status:
        case "new":
            return []
        case "closed":
            return [CourseNoted(course="agreed")] if command.course == "agreed" else []
        case _:
            signed = state.course in SIGNED and command.course != "ended"
            same = state.course == command.course
            return [] if signed or same else [CourseNoted(course=command.course)]


def _escalated(command: Escalate, state: Screening) -> list[ScreeningFact]:
    """V22: told once, while it is still waited for."""
    waits = "reconsideration" if command.waiting_for == stops.RECONSIDERATION else "open"
    told = state.escalated == command.due
    if state.status != waits or state.over or told:
        return []
    return [EscalationRaised(waiting_for=command.waiting_for, due=command.due)]


def _dossier(state: Screening, *statuses: str) -> Dossier:
    """What is on file, while the screening stands at one of these; raises what stands in the way."""
    if state.dossier is None or state.status == "closed":
        raise ScreeningNotOpen()
    if state.status not in statuses:
        raise AlreadyDecided()
    if state.over:
        raise CaseHasEnded()
    return state.dossier


def _hold_to(policies: Iterable[Callable[[T], None]], subject: T) -> None:
    for policy in policies:
        policy(subject)


SCREENING: Decider[ScreeningCommand, Screening, ScreeningFact] = Decider(
    "screening",
    (
        OpenScreening,
        NoteProposers,
        FollowGuideline,
        FlagPartner,
        ConfirmFlag,
        DismissFlag,
        RecordPartnerScreening,
        RecordProjectScreening,
        RecordMayorFinding,
        ConfirmEligible,
        DeclareIneligible,
        AdverseFactFound,
        RequestReconsideration,
        UpholdDecision,
        RevokeDecision,
        NoteCourse,
        Escalate,
        CloseScreening,
    ),
    Screening(),
    decide,
    evolve,
)
