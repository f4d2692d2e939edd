"""What people can ask of a procurement, and who of them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from chassis.decider import Command, Given
from contracts.actors import Role
from contracts.agreements import ContractKind, ContractMethod, FiscalYear, Incentive, Item
from contracts.confidential import Confidential
from contracts.intake import Part, Partner
from contracts.text import CaseId, ClauseId, Name, Payment, Reason, Reference, Text, Yen

SERVICE = frozenset({Role.SERVICE})
CONTRACT_SECTION = frozenset({Role.CONTRACT_SECTION})
FINANCE = frozenset({Role.FINANCE})


class SmallContract(Part):
    """A direct award under item 1, of another case with the same partner and for the same purpose."""

    case: CaseId
    kind: ContractKind
    amount_yen: Yen
    contract_date: date


class NotePartner(Command):
    """This organisation proposes."""

    by: ClassVar[frozenset[Role]] = SERVICE
    partner: Partner


class OpenProcurementGate(Command):
    """Lead a case to procurement before its evaluation: it costs city money, or rivals have to be treated alike."""

    by: ClassVar[frozenset[Role]] = CONTRACT_SECTION
    fairness_trigger: bool = False
    reason: Confidential[Reason] | None = None


class RecordMethod(Command):
    """Say how the contractor is found, and on what legal ground; said again, it replaces what was said before.

    `item`: of art. 167-2 (1), for a direct award exactly one, with a reason unless it is item 1. A proposal competition
    ends as item 2, and needs the reason too. `amount_yen`: at most so much, tax included, over the whole term.
    `purpose`: what it is for, in words that tell nothing of the idea; contracts for one purpose are added up.
    """

    by: ClassVar[frozenset[Role]] = CONTRACT_SECTION
    method: ContractMethod
    item: Item | None = None
    reason: Confidential[Reason] | None = None
    kind: ContractKind
    purpose: Name
    amount_yen: Yen
    contract_date: date
    incentive: Incentive | None = None
    small_contracts: Given[tuple[SmallContract, ...]] = ()


class CheckSplitOrder(Command):
    """Another item-1 contract with this partner, for this purpose, came up: add them up again."""

    by: ClassVar[frozenset[Role]] = SERVICE
    small_contracts: Given[tuple[SmallContract, ...]] = ()


class ResolveSplitOrder(Command):
    """Say, as somebody who did not choose the method, why these orders are no split of one."""

    by: ClassVar[frozenset[Role]] = frozenset(
        {Role.CONTRACT_SECTION, Role.WINDOW_HEAD, Role.DELEGATE, Role.MAYOR}
    )
    reasons: Confidential[Reason]
    small_contracts: Given[tuple[SmallContract, ...]] = ()


class ConsentToSpecification(Command):
    """Let the city put the idea, as far as said here, into the specification of this reference."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.PROPOSER})
    reference: Reference
    scope: Confidential[Text]


class PublishSpecification(Command):
    """Make public what is procured. `holds_idea`: whether the proposer's idea stands in it; then they consent first."""

    by: ClassVar[frozenset[Role]] = CONTRACT_SECTION
    reference: Reference
    holds_idea: bool


class AssignBudget(Command):
    """Name the budget of a fiscal year (April to March) that pays for it; said again, it replaces that year's."""

    by: ClassVar[frozenset[Role]] = FINANCE
    fiscal_year: FiscalYear
    reference: Reference
    amount_yen: Yen


class RecordAward(Command):
    """Conclude the procurement: the contract goes to the proposer, for a term, or to another organisation.

    To another: that the idea is protected was looked at, with reasons and the clauses it rests on. `amount_yen` and
    `contract_date`: where they are not given, those of the method.
    """

    by: ClassVar[frozenset[Role]] = CONTRACT_SECTION
    to: Literal["proposer", "other"]
    amount_yen: Yen | None = None
    contract_date: date | None = None
    term_from: date | None = None
    term_to: date | None = None
    organisation: Partner | None = None
    idea_protected: bool = False
    reasons: Confidential[Reason] | None = None
    clauses: tuple[ClauseId, ...] = Field(default=(), max_length=20)
    small_contracts: Given[tuple[SmallContract, ...]] = ()


class AbandonProcurement(Command):
    """Give the procurement up: no budget, no bid, or for another reason. The talks go on."""

    by: ClassVar[frozenset[Role]] = CONTRACT_SECTION
    ground: Literal["no_budget", "no_bid", "other"]
    reasons: Confidential[Reason]


class RecordPayment(Command):
    """Record what the city paid before the signature, through the procurement that was concluded."""

    by: ClassVar[frozenset[Role]] = FINANCE
    kind: Literal["payment", "compensation", "refund"] = "payment"
    amount_yen: Payment
    paid_on: date
    reference: Reference


class RecordIpClaim(Command):
    """Record that somebody claims a right to what was proposed; the proposer answers for it."""

    by: ClassVar[frozenset[Role]] = frozenset(
        {Role.WINDOW, Role.WINDOW_HEAD, Role.SECTION, Role.CONTRACT_SECTION, Role.PROPOSER}
    )
    claimant: Confidential[Name]
    claim: Confidential[Text]
    received_on: date


ProcurementCommand = (
    NotePartner
    | OpenProcurementGate
    | RecordMethod
    | CheckSplitOrder
    | ResolveSplitOrder
    | ConsentToSpecification
    | PublishSpecification
    | AssignBudget
    | RecordAward
    | AbandonProcurement
    | RecordPayment
    | RecordIpClaim
)
COMMANDS = (
    NotePartner,
    OpenProcurementGate,
    RecordMethod,
    CheckSplitOrder,
    ResolveSplitOrder,
    ConsentToSpecification,
    PublishSpecification,
    AssignBudget,
    RecordAward,
    AbandonProcurement,
    RecordPayment,
    RecordIpClaim,
)
