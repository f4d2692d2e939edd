"""What a screening has come to: the facts of its stream, and the state they add up to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, assert_never

from contracts.screening import (
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
from services.screening.policies import Dossier

ScreeningFact = (
    ScreeningOpened
    | PartnerScreened
    | ProjectScreened
    | MayorFound
    | EligibilityDecided
    | ReconsiderationRequested
    | DecisionUpheld
    | DecisionRevoked
    | ScreeningClosed
)


@dataclass(frozen=True, slots=True)
class Screening:
    """What decisions about a screening need to know."""

    status: Literal["new", "open", "eligible", "ineligible", "reconsideration", "upheld", "closed"] = "new"
    dossier: Dossier | None = None
    decided: EligibilityDecided | None = None


def evolve(state: Screening, fact: ScreeningFact) -> Screening:
    if isinstance(fact, ScreeningOpened):
        return Screening("open", Dossier(fact))
    assert state.dossier is not None, "every screening begins with ScreeningOpened"
    match fact:
        case PartnerScreened():
            return replace(state, dossier=replace(state.dossier, partner=fact))
        case ProjectScreened():
            return replace(state, dossier=replace(state.dossier, project=fact))
        case MayorFound():
            others = tuple(f for f in state.dossier.findings if f.clause != fact.clause)
            return replace(state, dossier=replace(state.dossier, findings=(*others, fact)))
        case EligibilityDecided():
            return replace(state, status=fact.decision, decided=fact)
        case ReconsiderationRequested():
            return replace(state, status="reconsideration")
        case DecisionUpheld():
            return replace(state, status="upheld")
        case DecisionRevoked():
            return replace(state, status="open", decided=None)
        case ScreeningClosed():
            return replace(state, status="closed")
        case _:
            assert_never(fact)
