"""How the contractor is found, and on what legal ground (地方自治法234条, 同施行令167条の2; V02, V03).

Each rule raises the refusal that bears its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import guidelines
from chassis.decider import Refused
from contracts.agreements import ContractKind, Item, MethodChosen, SplitOrderFound
from contracts.days import day
from guidelines.edition import NoLimitKnown, Thresholds
from services.agreements.domain.procurement import splitting
from services.agreements.domain.procurement.commands import RecordMethod
from services.agreements.domain.procurement.gate import NotInProcurement
from services.agreements.domain.standing import stands_at
from services.agreements.domain.state import Partnership

SMALL: Item = 1  # 少額
PURPOSE_UNFIT: Item = 2  # その性質又は目的が競争入札に適しない; how a proposal competition ends


class ItemMissing(Refused):
    """A direct award names exactly one item of art. 167-2 (1) of the Enforcement Order; name it, 1 to 9."""


class ItemOfNoDirectAward(Refused):
    """Bidding is no direct award; leave the item out."""


class CompetitionIsItemTwo(Refused):
    """A proposal competition ends, in law, as a direct award under item 2; name that one, or none."""


class LegalReasonMissing(Refused):
    """A direct award under any other item than 1 has its reason in writing; give it."""


class AboveTheCeiling(Refused):
    """A contract of this kind may not be awarded directly under item 1 for so much; choose another method."""


class CeilingUnknown(Refused):
    """The edition of this case knows no ceiling for a contract of that date; correct the date."""


class IncentiveNotPublished(Refused):
    """Points for the proposer count only when they were published before the method and the specification."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A method about to be chosen."""

    command: RecordMethod
    item: Item | None
    thresholds: Thresholds
    specified_on: date | None  # when the specification was published
    today: date


def names_one_item(ground: Ground) -> None:
    """V02: a direct award names one; bidding none."""
    command = ground.command
    match command.method:
        case "direct_award" if command.item is None:
            raise ItemMissing()
        case "proposal_competition" if command.item not in (None, PURPOSE_UNFIT):
            raise CompetitionIsItemTwo()
        case "general_bidding" | "designated_bidding" if command.item is not None:
            raise ItemOfNoDirectAward()


def says_its_reason(ground: Ground) -> None:
    """V02: unless it is item 1."""
    if ground.item not in (None, SMALL) and ground.command.reason is None:
        raise LegalReasonMissing()


def keeps_below_the_ceiling(ground: Ground) -> None:
    """V03."""
    command = ground.command
    if ground.item == SMALL:
        hold_to_ceiling(ground.thresholds, command.kind, command.contract_date, command.amount_yen)


def incentive_was_published(ground: Ground) -> None:
    """Nobody aims at points that were not there to be seen."""
    incentive = ground.command.incentive
    if incentive is None:
        return
    first_use = min(ground.today, ground.specified_on or ground.today)
    if incentive.published_on >= first_use:
        raise IncentiveNotPublished(f"It has to be before {first_use}.")


METHOD = (names_one_item, says_its_reason, keeps_below_the_ceiling, incentive_was_published)


def ceiling(thresholds: Thresholds, kind: ContractKind, on: date) -> int:
    """In yen, tax included; that of the day on which the contract is concluded decides (施行令別表第五)."""
    try:
        return thresholds.small_contract_limit(kind, on)
    except NoLimitKnown:
        raise CeilingUnknown() from None


def hold_to_ceiling(thresholds: Thresholds, kind: ContractKind, on: date, amount_yen: int) -> int:
    """V03: at most the ceiling of that day; returns it."""
    limit = ceiling(thresholds, kind, on)
    if amount_yen > limit:
        raise AboveTheCeiling(f"{amount_yen} yen, of {limit} on {on}.")
    return limit


def record(command: RecordMethod, state: Partnership) -> list[MethodChosen | SplitOrderFound]:
    """V02, V03; and V04, where item-1 contracts come to more than one of them may."""
    opened = stands_at(state, "procurement", otherwise=NotInProcurement)
    edition = guidelines.load(opened.edition)
    item = PURPOSE_UNFIT if command.method == "proposal_competition" else command.item
    published = state.procurement.specification
    ground = Ground(
        command=command,
        item=item,
        thresholds=edition.thresholds,
        specified_on=published.published_on if published else None,
        today=day(command.at, opened.zone),
    )
    for rule in METHOD:
        rule(ground)
    if item == SMALL and state.procurement.partner is None:
        raise splitting.PartnerUnknown()
    chosen = MethodChosen(
        method=command.method,
        item=item,
        reason=command.reason,
        kind=command.kind,
        purpose=command.purpose,
        amount_yen=command.amount_yen,
        contract_date=command.contract_date,
        limit_yen=ceiling(edition.thresholds, command.kind, command.contract_date) if item == SMALL else None,
        incentive=command.incentive,
        partner=state.procurement.partner,
        chosen_by=command.actor.id,
        edition=edition.id,
    )
    found = splitting.found(chosen, command.small_contracts, edition.thresholds)
    return [chosen, found] if found else [chosen]
