"""Procurement (stream `partnership/<case>`): nothing else opens the way to city money (GL5-03, GL6-1, V01)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from contracts.actors import Pseudonym
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake import Part, Partner
from contracts.text import CaseId, ClauseId, EditionId, Name, Payment, Reason, Reference, Text, Yen

ContractMethod = Literal[
    "general_bidding", "designated_bidding", "proposal_competition", "direct_award"
]  # 一般競争入札, 指名競争入札, 公募型プロポーザル, 随意契約
ContractKind = Literal["works_or_manufacture", "purchase", "rent_in", "sale", "rent_out", "other"]  # 別表第五
Item = Annotated[int, Field(ge=1, le=9)]  # 施行令167条の2第1項の号
FiscalYear = Annotated[int, Field(ge=1, le=9999)]  # the one that begins in April of this year


class Incentive(Part):
    """加点: points for who proposed the idea, published before anybody could aim at them."""

    points: int = Field(ge=1, le=100)
    published_on: date
    reference: Reference  # where it was published


class ProcurementOpened(Fact):
    """The case goes the way of contracts before any outcome: city money, or rivals to be treated alike."""

    ground: Literal["expenditure", "fairness"]
    reason: Confidential[Reason] | None = None


class MethodChosen(Fact):
    """How the contractor is found, and the legal ground of it (V02, V03). The last one counts.

    A proposal competition ends, in law, as a direct award under item 2.
    """

    method: ContractMethod
    item: Item | None = None  # of art. 167-2 (1) of the Enforcement Order; None: bidding
    reason: Confidential[Reason] | None = None  # there is one unless it is item 1, or bidding
    kind: ContractKind
    purpose: Name  # what it is for, in words that tell nothing of the idea
    amount_yen: Yen  # at most so much will be paid
    contract_date: date  # planned
    limit_yen: Yen | None = None  # of an item-1 contract: the ceiling on that date (V03)
    incentive: Incentive | None = None
    partner: Partner | None = None
    chosen_by: Pseudonym
    edition: EditionId


class SplitOrderFound(Fact):
    """Item-1 contracts with this partner, for this purpose, in this fiscal year come to more than the ceiling (V04).

    A finding: nothing is signed until it is resolved, by another method or by somebody else's word on it.
    """

    fiscal_year: FiscalYear
    purpose: Name
    total_yen: int = Field(ge=0)
    limit_yen: Yen
    cases: tuple[CaseId, ...] = Field(min_length=1)  # the others


class SplitOrderResolved(Fact):
    """Somebody who did not choose the method looked at the orders, and says why they are no split of one (V04)."""

    total_yen: int = Field(ge=0)  # up to which this holds
    cases: tuple[CaseId, ...] = Field(min_length=1)
    reasons: Confidential[Reason]
    resolved_by: Pseudonym


class SpecificationConsented(Fact):
    """The proposer lets the city put the idea, as far as said here, into this specification (GL5-04)."""

    reference: Reference  # of the specification
    scope: Confidential[Text]


class SpecificationPublished(Fact):
    """What is procured is public. It holds the idea only with the proposer's consent (GL5-04)."""

    reference: Reference
    published_on: date
    holds_idea: bool


class BudgetAssigned(Fact):
    """The budget of a fiscal year (April to March) that pays for it (V05). The last one of a year counts."""

    fiscal_year: FiscalYear
    reference: Reference
    amount_yen: Yen


class Awarded(Fact):
    """The procurement is concluded: the proposer gets the contract."""

    method: ContractMethod
    item: Item | None = None
    kind: ContractKind
    purpose: Name
    partner: Partner | None = None
    amount_yen: Yen  # for the whole term
    contract_date: date  # planned
    term_from: date
    term_to: date | None = None  # the last day; None: only where nothing is paid
    awarded_on: date


class AwardedToOther(Fact):
    """The procurement is concluded: somebody else gets the contract. For the proposer nothing is established."""

    method: ContractMethod
    item: Item | None = None
    kind: ContractKind
    purpose: Name
    organisation: Partner
    amount_yen: Yen
    contract_date: date
    idea_protected: Literal[True]  # looked at: what the other gets does not use the idea, unless by consent
    reasons: Confidential[Reason]
    clauses: tuple[ClauseId, ...] = Field(min_length=1)  # those it rests on (V07)
    edition: EditionId  # in which these clauses stand (V08)
    decided_by: Pseudonym
    awarded_on: date


class ProcurementAbandoned(Fact):
    """The procurement ends without a contract; the talks go on, and what it costs is to be said anew."""

    ground: Literal["no_budget", "no_bid", "other"]
    reasons: Confidential[Reason]


class PaymentRecorded(Fact):
    """The city paid, through the concluded procurement of this case (GL6-2, V28)."""

    kind: Literal["payment", "compensation", "refund"] = "payment"  # 支払, 補償, 費用の補填
    amount_yen: Payment
    total_yen: int = Field(ge=1)  # so far, with this one
    paid_on: date
    reference: Reference


class IpClaimRecorded(Fact):
    """Somebody claims a right to what was proposed. The proposer answers for it, not the city (GL6-3, V29)."""

    number: int = Field(ge=1)  # counts within the case
    claimant: Confidential[Name]
    claim: Confidential[Text]
    received_on: date
    liable: Literal["proposer"] = "proposer"
