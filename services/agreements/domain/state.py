"""What decisions about a partnership need to know, and how each fact changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeVar, assert_never

from contracts.agreements import (
    AgreementSigned,
    Awarded,
    AwardedToOther,
    ConflictNoted,
    CostClassified,
    DecisionRevoked,
    DecisionUpheld,
    DialogueHeld,
    DialogueOpened,
    EscalationRaised,
    EvaluationOpened,
    GoalsProposed,
    GoalsShared,
    GuidelineFollowed,
    LeadReleased,
    MinutesDrafted,
    OutcomeDecided,
    PartnerScreeningNoted,
    PartnershipClosed,
    PartnershipEnded,
    PartnershipResumed,
    PartnershipSuspended,
    ProcurementAbandoned,
    ProcurementOpened,
    ProposersNoted,
    ReconsiderationRequested,
    RematchRequested,
    ReviewerRecused,
    Side,
    ThemeNoted,
    WithdrawalRefused,
)
from services.agreements.domain.environment.state import Request, RequestFact
from services.agreements.domain.environment.state import evolve as evolve_requests
from services.agreements.domain.evaluation import state as evaluation
from services.agreements.domain.evaluation.state import Evaluation, EvaluationFact
from services.agreements.domain.pilot.state import LEADS_TO, Pilot, PilotFact
from services.agreements.domain.pilot.state import evolve as evolve_pilot
from services.agreements.domain.procurement.state import (
    NO_PROCUREMENT,
    Procurement,
    ProcurementFact,
    after,
    started_anew,
)

PartnershipFact = (
    DialogueOpened
    | LeadReleased
    | RematchRequested
    | PartnershipSuspended
    | PartnershipResumed
    | PartnershipEnded
    | GuidelineFollowed
    | ThemeNoted
    | ConflictNoted
    | ProposersNoted
    | CostClassified
    | MinutesDrafted
    | DialogueHeld
    | GoalsProposed
    | GoalsShared
    | PilotFact
    | RequestFact
    | EvaluationOpened
    | EvaluationFact
    | OutcomeDecided
    | ReconsiderationRequested
    | DecisionUpheld
    | DecisionRevoked
    | EscalationRaised
    | ProcurementFact
    | PartnerScreeningNoted
    | AgreementSigned
    | PartnershipClosed
    | WithdrawalRefused
)
T = TypeVar("T")

Phase = Literal[
    "waits_for_match",  # also before anything happened
    "dialogue",
    "pilot_prep",
    "pilot_running",
    "pilot_suspended",
    "evaluation",
    "agreement_prep",
    "procurement",
    "not_established",
    "reconsideration",
    "agreed",
    "closed",
]


UNDER_WAY: tuple[Phase, ...] = (
    "dialogue",
    "pilot_prep",
    "pilot_running",
    "pilot_suspended",
    "evaluation",
    "procurement",
    "agreement_prep",
)  # from the match to the signature

Halt = Literal["suspended", "ended"]  # until it is screened again, or because it was, and a clause applies


FREE = ThemeNoted()  # a proposal that answers no theme
NO_PILOT = Pilot()


@dataclass(frozen=True, slots=True)
class Minutes:
    """Of one talk; who wrote them down, and whether the other side stands by them too."""

    held_on: date
    by: Side
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals proposed last."""

    number: int
    by: Side
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Partnership:
    """One case from its first talk to its end. What is not there yet is None or empty.

    A case that is halted keeps its phase: there it goes on, once it is found eligible.
    """

    phase: Phase = "waits_for_match"
    halt: Halt | None = None
    opened: DialogueOpened | None = None
    followed: GuidelineFollowed | None = None  # the edition it was migrated to
    theme: ThemeNoted = FREE
    proposers: tuple[str, ...] = ()  # who acts for the partner
    partial: frozenset[str] = frozenset()  # who has a conflict of interest
    recused: frozenset[str] = frozenset()  # from an evaluation of this case
    cost: CostClassified | None = None
    minutes: tuple[Minutes, ...] = ()  # number 1 first
    goals: Goals | None = None
    pilot: Pilot = NO_PILOT
    requests: tuple[Request, ...] = ()  # number 1 first
    evaluation: Evaluation | None = None
    outcome: OutcomeDecided | None = None
    upheld: bool = False  # looked at again, the outcome stands
    procurement: Procurement = NO_PROCUREMENT
    screening: PartnerScreeningNoted | None = None  # that of the latest day
    signed_on: date | None = None


def evolve(state: Partnership, fact: PartnershipFact) -> Partnership:
    if isinstance(fact, PilotFact):
        phase: Phase = LEADS_TO.get(type(fact), state.phase)
        return replace(state, phase=phase, pilot=evolve_pilot(state.pilot, fact))
    if isinstance(fact, RequestFact):
        return replace(state, requests=evolve_requests(state.requests, fact))
    if isinstance(fact, EvaluationFact):
        recused = {fact.reviewer} if isinstance(fact, ReviewerRecused) else set()
        went_on = evaluation.evolve(_there(state.evaluation), fact)
        return replace(state, evaluation=went_on, recused=state.recused | recused)
    if isinstance(fact, ProcurementFact):
        return _procurement(state, fact)
    match fact:
        case DialogueOpened():
            return replace(state, phase="dialogue", opened=fact)
        case LeadReleased() | RematchRequested():
            return replace(
                state,
                phase="waits_for_match",
                cost=None,
                goals=None,
                procurement=started_anew(state.procurement),
            )
        case PartnershipSuspended():
            return replace(state, halt="suspended")
        case PartnershipResumed():
            return replace(state, halt=None)
        case PartnershipEnded():
            return replace(state, halt="ended")
        case GuidelineFollowed():
            return replace(state, followed=fact, opened=_under(fact, state.opened))
        case ThemeNoted():
            return replace(state, theme=fact)
        case ProposersNoted():
            return replace(state, proposers=fact.persons)
        case ConflictNoted():
            return replace(state, partial=state.partial | {fact.person})
        case CostClassified():
            return replace(state, cost=fact)
        case MinutesDrafted():
            return replace(state, minutes=(*state.minutes, Minutes(fact.held_on, fact.by)))
        case DialogueHeld():
            at = fact.number - 1
            held = replace(state.minutes[at], confirmed=True)
            return replace(state, minutes=(*state.minutes[:at], held, *state.minutes[at + 1 :]))
        case GoalsProposed():
            return replace(state, goals=Goals(fact.number, fact.by))
        case GoalsShared():
            return replace(state, goals=replace(_there(state.goals), shared=True))
        case EvaluationOpened():
            return replace(state, evaluation=evaluation.opened(fact))
        case OutcomeDecided():
            return replace(state, phase=fact.next, outcome=fact)
        case ReconsiderationRequested():
            return replace(state, phase="reconsideration")
        case DecisionUpheld():
            return replace(state, phase="not_established", upheld=True)
        case DecisionRevoked():
            return replace(state, phase="evaluation", evaluation=None, outcome=None)
        case PartnerScreeningNoted():
            return replace(state, screening=fact)
        case AgreementSigned():
            return replace(state, phase="agreed", signed_on=fact.signed_on)
        case PartnershipClosed():
            return replace(state, phase="closed")
        case WithdrawalRefused() | EscalationRaised():
            return state
        case _:
            assert_never(fact)


def _under(edition: GuidelineFollowed, opened: DialogueOpened | None) -> DialogueOpened | None:
    return opened.model_copy(update=edition.model_dump()) if opened else None


def _procurement(state: Partnership, fact: ProcurementFact) -> Partnership:
    now = replace(state, procurement=after(state.procurement, fact))
    match fact:
        case ProcurementOpened():
            return replace(now, phase="procurement")
        case Awarded():
            return replace(now, phase="agreement_prep")
        case AwardedToOther():
            return replace(now, phase="not_established")
        case ProcurementAbandoned():  # what comes of new talks is tried and weighed on its own (V25)
            tried = replace(state.pilot, plan=None, end=None, report_by=None)
            return replace(now, phase="dialogue", cost=None, pilot=tried, evaluation=None, outcome=None)
        case _:
            return now


def _there(part: T | None) -> T:
    assert part is not None, "decide lets this fact follow only where its part is there"
    return part
