"""What is known of a procurement, and how each of its facts changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from contracts.agreements import (
    Awarded,
    AwardedToOther,
    BudgetAssigned,
    IpClaimRecorded,
    MethodChosen,
    PartnerNoted,
    PaymentRecorded,
    ProcurementAbandoned,
    ProcurementOpened,
    SpecificationConsented,
    SpecificationPublished,
    SplitOrderFound,
    SplitOrderResolved,
)
from contracts.intake import Partner

ProcurementFact = (
    PartnerNoted
    | ProcurementOpened
    | MethodChosen
    | SplitOrderFound
    | SplitOrderResolved
    | SpecificationConsented
    | SpecificationPublished
    | BudgetAssigned
    | Awarded
    | AwardedToOther
    | ProcurementAbandoned
    | PaymentRecorded
    | IpClaimRecorded
)


@dataclass(frozen=True, slots=True)
class Procurement:
    """Of one case. Given up, or with another lead section, only what does not belong to it stays."""

    partner: Partner | None = None
    method: MethodChosen | None = None
    found: SplitOrderFound | None = None  # waits to be resolved
    resolved: SplitOrderResolved | None = None
    consented: frozenset[str] = frozenset()  # specifications the proposer lets the idea into
    specification: SpecificationPublished | None = None
    budgets: Mapping[int, BudgetAssigned] = field(default_factory=dict)
    award: Awarded | None = None
    paid_yen: int = 0
    claims: int = 0

    @property
    def concluded(self) -> bool:
        """V01: the way to an agreement with city money is open."""
        return self.award is not None


NO_PROCUREMENT = Procurement()


def after(state: Procurement, fact: ProcurementFact) -> Procurement:
    match fact:
        case PartnerNoted():
            return replace(state, partner=fact.partner)
        case MethodChosen():
            return replace(state, method=fact, found=None, resolved=None)
        case SplitOrderFound():
            return replace(state, found=fact, resolved=None)
        case SplitOrderResolved():
            return replace(state, found=None, resolved=fact)
        case SpecificationConsented():
            return replace(state, consented=state.consented | {fact.reference})
        case SpecificationPublished():
            return replace(state, specification=fact)
        case BudgetAssigned():
            return replace(state, budgets={**state.budgets, fact.fiscal_year: fact})
        case Awarded():
            return replace(state, award=fact)
        case ProcurementAbandoned():
            return started_anew(state)
        case PaymentRecorded():
            return replace(state, paid_yen=fact.total_yen)
        case IpClaimRecorded():
            return replace(state, claims=fact.number)
        case ProcurementOpened() | AwardedToOther():
            return state
        case _:
            assert_never(fact)


def started_anew(state: Procurement) -> Procurement:
    """Method, budget and award belong to one procurement; who proposes, what was paid and claimed stay."""
    return Procurement(partner=state.partner, paid_yen=state.paid_yen, claims=state.claims)
