"""What a screening has come to: the facts of its stream, and the state they add up to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, assert_never

from contracts.screening import (
    Course,
    CourseNoted,
    DecisionRevoked,
    DecisionUpheld,
    EligibilityDecided,
    EscalationRaised,
    FlagConfirmed,
    FlagDismissed,
    GuidelineFollowed,
    MayorFound,
    PartnerFlagged,
    PartnerScreened,
    ProjectScreened,
    ProposersNoted,
    ReconsiderationRequested,
    RescreenRequired,
    ScreeningClosed,
    ScreeningOpened,
)
from services.screening.policies import Dossier, Flagged

ScreeningFact = (
    ScreeningOpened
    | ProposersNoted
    | GuidelineFollowed
    | PartnerFlagged
    | FlagConfirmed
    | FlagDismissed
    | PartnerScreened
    | ProjectScreened
    | MayorFound
    | EligibilityDecided
    | RescreenRequired
    | CourseNoted
    | EscalationRaised
    | ReconsiderationRequested
    | DecisionUpheld
    | DecisionRevoked
    | ScreeningClosed
)
Status = Literal["new", "open", "eligible", "ineligible", "reconsideration", "upheld", "closed"]


@dataclass(frozen=True, slots=True)
class Screening:
    """What decisions about a screening need to know."""

    status: Status = "new"
    dossier: Dossier | None = None
    decided: EligibilityDecided | None = None
    stopped: bool = False  # it was running, and goes on where it was once it is found eligible
    course: Course = "running"
    escalated: date | None = None  # the last day that was escalated
    before: Status = "new"  # it was closed
    proposers: tuple[str, ...] = ()  # who acts for the partner

    @property
    def over(self) -> bool:
        """Elsewhere the case came to its end."""
        return self.course in ("not_established", "ended")


def evolve(state: Screening, fact: ScreeningFact) -> Screening:
    if isinstance(fact, ScreeningOpened):
        return Screening("open", Dossier(fact), proposers=fact.proposers)
    dossier = state.dossier
    assert dossier is not None, "every screening begins with ScreeningOpened"
    match fact:
        case ProposersNoted():
            return replace(state, proposers=fact.persons)
        case GuidelineFollowed():
            return replace(state, dossier=_following(fact, dossier))
        case PartnerFlagged(flags=flags):
            flagged = {flag.measure: Flagged(flag) for flag in flags}
            return replace(state, dossier=replace(dossier, flags={**dossier.flags, **flagged}))
        case FlagConfirmed(measure=measure, confirmed_by=who):
            return replace(state, dossier=_answered(dossier, measure, "confirmed", who))
        case FlagDismissed(measure=measure, dismissed_by=who):
            return replace(state, dossier=_answered(dossier, measure, "dismissed", who))
        case PartnerScreened():
            return replace(state, dossier=replace(dossier, partner=fact))
        case ProjectScreened():
            return replace(state, dossier=replace(dossier, project=fact))
        case MayorFound():
            others = tuple(f for f in dossier.findings if f.clause != fact.clause)
            return replace(state, dossier=replace(dossier, findings=(*others, fact)))
        case EligibilityDecided():
            stopped = state.stopped and fact.decision == "ineligible"
            return replace(state, status=fact.decision, decided=fact, stopped=stopped)
        case RescreenRequired():
            return replace(
                state, status="open", decided=None, stopped=True, dossier=_to_answer(fact, dossier)
            )
        case CourseNoted():
            status = state.before if state.status == "closed" else state.status
            return replace(state, course=fact.course, status=status)
        case EscalationRaised():
            return replace(state, escalated=fact.due)
        case ReconsiderationRequested():
            return replace(state, status="reconsideration")
        case DecisionUpheld():
            return replace(state, status="upheld")
        case DecisionRevoked():
            return replace(state, status="open", decided=None)
        case ScreeningClosed():
            return replace(state, status="closed", before=state.status)
        case _:
            assert_never(fact)


def _answered(dossier: Dossier, measure: str, answer: Literal["confirmed", "dismissed"], who: str) -> Dossier:
    flagged = replace(dossier.flags[measure], answer=answer, answered_by=who)
    return replace(dossier, flags={**dossier.flags, measure: flagged})


def _following(fact: GuidelineFollowed, dossier: Dossier) -> Dossier:
    """By the new edition. Answers to clauses that it does not ask, or without those that it does, count no longer."""
    pinned = {name: getattr(fact, name) for name in GuidelineFollowed.model_fields}
    opened = dossier.opened.model_copy(update=pinned)
    same_partner = set(opened.partner_clauses) == set(dossier.opened.partner_clauses)
    same_project = set(opened.project_clauses) == set(dossier.opened.project_clauses)
    return replace(
        dossier,
        opened=opened,
        partner=dossier.partner if same_partner else None,
        project=dossier.project if same_project else None,
        findings=tuple(f for f in dossier.findings if f.clause in opened.mayor_clauses),
    )


def _to_answer(fact: RescreenRequired, dossier: Dossier) -> Dossier:
    """The registers are looked up anew; the project is screened again where its own requirement is in question."""
    about_project = fact.clause not in dossier.opened.partner_clauses
    return replace(dossier, partner=None, project=None if about_project else dossier.project)
