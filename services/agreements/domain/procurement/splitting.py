"""Orders under item 1 that together come to more than one of them may: a finding, resolved before a signature (V04).

Each service's own read model says which other ones there are, so that two orders of the same moment may miss each
other when they are recorded; they are added up again when both are known, and at the signature.
"""

from __future__ import annotations

from collections.abc import Iterable

import guidelines
from chassis.decider import Refused
from contracts.agreements import MethodChosen, SplitOrderFound, SplitOrderResolved
from contracts.intake import Partner
from contracts.text import folded
from guidelines.edition import NoLimitKnown, Thresholds
from services.agreements.domain.procurement.commands import (
    CheckSplitOrder,
    ResolveSplitOrder,
    SmallContract,
)
from services.agreements.domain.procurement.fiscal import fiscal_year
from services.agreements.domain.procurement.gate import NotInProcurement
from services.agreements.domain.procurement.state import Procurement
from services.agreements.domain.standing import stands_at
from services.agreements.domain.state import Partnership


class PartnerUnknown(Refused):
    """It is not known here yet who proposes this; wait a moment, then try again."""


class SplitOrderUnresolved(Refused):
    """Small contracts with this partner, for this purpose, come to more than the ceiling in this fiscal year.

    Choose another method, or have somebody who did not choose this one say why they are no split of one order.
    """


class NoSplitOrder(Refused):
    """No finding about split orders waits in this case."""


class OwnMethod(Refused):
    """Who chose the method does not say that it splits no order; somebody else has to."""


def key_of(partner: Partner) -> str:
    """One partner is one corporate number; groups without one go by their name."""
    return partner.corporate_number or folded(partner.name)


def found(
    chosen: MethodChosen, others: Iterable[SmallContract], thresholds: Thresholds
) -> SplitOrderFound | None:
    """V04: one partner, one purpose, one fiscal year. Of several ceilings the lowest: no order of them helps."""
    if chosen.item != 1:
        return None
    year = fiscal_year(chosen.contract_date)
    beside = [other for other in others if fiscal_year(other.contract_date) == year]
    if not beside:
        return None
    total = chosen.amount_yen + sum(other.amount_yen for other in beside)
    limit = min(
        _ceiling(thresholds, chosen, chosen), *(_ceiling(thresholds, other, chosen) for other in beside)
    )
    if total <= limit:
        return None
    return SplitOrderFound(
        fiscal_year=year,
        purpose=chosen.purpose,
        total_yen=total,
        limit_yen=limit,
        cases=tuple(sorted(other.case for other in beside)),
    )


def _ceiling(thresholds: Thresholds, one: MethodChosen | SmallContract, chosen: MethodChosen) -> int:
    """That of its own kind and date; where this edition does not know it, that of the contract at hand."""
    try:
        return thresholds.small_contract_limit(one.kind, one.contract_date)
    except NoLimitKnown:
        return chosen.limit_yen or 0


def check(command: CheckSplitOrder, state: Partnership) -> list[SplitOrderFound]:
    """Told by the other order; where this one is given up, signed or ended meanwhile, nothing follows."""
    procurement, opened = state.procurement, state.opened
    if opened is None or procurement.method is None or state.phase not in ("procurement", "agreement_prep"):
        return []
    if state.halt == "ended":
        return []
    thresholds = guidelines.load(opened.edition).thresholds
    now = found(procurement.method, command.small_contracts, thresholds)
    return [] if now is None or _known(now, procurement) else [now]


def resolve(command: ResolveSplitOrder, state: Partnership) -> list[SplitOrderResolved]:
    """By another person than who chose the method, with reasons, for what there is now."""
    opened = stands_at(state, "procurement", "agreement_prep", otherwise=NotInProcurement)
    procurement = state.procurement
    if procurement.method is None:
        raise NoSplitOrder()
    thresholds = guidelines.load(opened.edition).thresholds
    finding = found(procurement.method, command.small_contracts, thresholds) or procurement.found
    if finding is None or _holds(procurement.resolved, finding):
        raise NoSplitOrder()
    if command.actor.id == procurement.method.chosen_by:
        raise OwnMethod()
    return [
        SplitOrderResolved(
            total_yen=finding.total_yen,
            cases=finding.cases,
            reasons=command.reasons,
            resolved_by=command.actor.id,
        )
    ]


def hold_together(
    chosen: MethodChosen, others: Iterable[SmallContract], procurement: Procurement, thresholds: Thresholds
) -> None:
    """V04: no finding waits, and none has come up that nobody has spoken to."""
    if procurement.found is not None:
        raise SplitOrderUnresolved(f"Also: {', '.join(procurement.found.cases)}.")
    now = found(chosen, others, thresholds)
    if now is not None and not _holds(procurement.resolved, now):
        raise SplitOrderUnresolved(f"Also: {', '.join(now.cases)}.")


def _holds(resolved: SplitOrderResolved | None, finding: SplitOrderFound) -> bool:
    """What was said holds for these orders, up to this total; what came up since was not looked at."""
    return (
        resolved is not None
        and set(finding.cases) <= set(resolved.cases)
        and finding.total_yen <= resolved.total_yen
    )


def _known(finding: SplitOrderFound, procurement: Procurement) -> bool:
    return _holds(procurement.resolved, finding) or finding == procurement.found
