"""What a fact about a procurement tells everybody, in the members of an OCDS release.

Nothing here is confidential, and nothing is told early: neither the ceiling of a tender nor who is meant to get it
before the award. Reasons stay with the city.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from contracts.agreements import (
    AgreementSigned,
    Awarded,
    AwardedToOther,
    BudgetAssigned,
    ContractKind,
    ContractMethod,
    MethodChosen,
    ProcurementAbandoned,
    ProcurementOpened,
    SpecificationPublished,
)
from contracts.fact import Fact
from contracts.intake import Partner
from services.publication.ocds.release import Stage

TENDER, AWARD, CONTRACT = "tender", "award", "contract"  # ids, each the only one in its process
METHODS: dict[ContractMethod, tuple[str, str]] = {
    "general_bidding": ("open", "一般競争入札"),
    "designated_bidding": ("selective", "指名競争入札"),
    "proposal_competition": ("open", "公募型プロポーザル"),
    "direct_award": ("direct", "随意契約"),
}
CATEGORIES: dict[ContractKind, str] = {
    "works_or_manufacture": "works",
    "purchase": "goods",
    "rent_in": "goods",
    "other": "services",
}
GROUNDS = {"expenditure": "市の財政負担を伴うため", "fairness": "公平性の確保が必要なため"}


@dataclass(frozen=True, slots=True)
class Buyer:
    """The city, in whose days the facts speak."""

    name: str
    number: str | None  # corporate number
    zone: str

    @property
    def party(self) -> dict[str, Any]:
        return {**_organisation(self.name, self.number, "buyer"), "roles": ["buyer", "procuringEntity"]}

    @property
    def reference(self) -> dict[str, str]:
        return {"id": self.party["id"], "name": self.name}


@dataclass(frozen=True, slots=True)
class Content:
    """Where in its course the procurement is, and what is new."""

    stage: Stage
    members: dict[str, Any]


def told(fact: Fact, buyer: Buyer) -> Content | None:
    """None for a fact that tells nothing about a procurement."""
    match fact:
        case ProcurementOpened():
            return _content("planning", buyer, planning={"rationale": GROUNDS[fact.ground]})
        case MethodChosen():
            return _content("planning", buyer, tender=_method(fact))
        case BudgetAssigned():
            budget = {
                "id": f"{fact.fiscal_year}-{fact.reference}",
                "description": f"{fact.fiscal_year}年度 {fact.reference}",
            }
            return _content("planning", buyer, planning={"budget": budget})
        case SpecificationPublished():
            return _content("tender", buyer, tender=_specification(fact, buyer))
        case Awarded():
            return _award(fact, fact.partner, fact.term_from, fact.term_to, buyer)
        case AwardedToOther():
            return _award(fact, fact.organisation, None, None, buyer)
        case ProcurementAbandoned():
            return _content("cancelled", buyer, tender={"id": TENDER, "status": "cancelled"})
        case AgreementSigned() if fact.procured is not None:
            return _content("contract", buyer, contracts=[_contract(fact, buyer)])
        case _:
            return None


def _content(stage: Stage, buyer: Buyer, **members: Any) -> Content:
    return Content(stage, {"parties": [buyer.party], "buyer": buyer.reference, **members})


def _method(fact: MethodChosen) -> dict[str, Any]:
    """V02: with its legal ground."""
    method, name = METHODS[fact.method]
    ground = f"(地方自治法施行令第167条の2第1項第{fact.item}号)" if fact.item else ""
    chosen: dict[str, Any] = {
        "id": TENDER,
        "status": "planning",
        "title": fact.purpose,
        "procurementMethod": method,
        "procurementMethodDetails": f"{name}{ground}",
    }
    if fact.kind in CATEGORIES:
        chosen["mainProcurementCategory"] = CATEGORIES[fact.kind]
    if fact.incentive:
        points = fact.incentive
        chosen["awardCriteriaDetails"] = (
            f"提案者への加点 {points.points}点({points.reference}、{points.published_on}公表)"
        )
    return chosen


def _specification(fact: SpecificationPublished, buyer: Buyer) -> dict[str, Any]:
    document = {
        "id": fact.reference,
        "documentType": "technicalSpecifications",
        "title": fact.reference,
        "datePublished": _moment(fact.published_on, buyer.zone),
        "language": "ja",
    }
    return {"id": TENDER, "status": "active", "documents": [document]}


def _award(
    fact: Awarded | AwardedToOther, to: Partner | None, start: date | None, end: date | None, buyer: Buyer
) -> Content:
    award: dict[str, Any] = {
        "id": AWARD,
        "title": fact.purpose,
        "status": "active",
        "date": _moment(fact.awarded_on, buyer.zone),
        "value": {"amount": fact.amount_yen, "currency": "JPY"},
    }
    if period := _period(start, end, buyer.zone):
        award["contractPeriod"] = period
    parties = [buyer.party]
    if to is not None:
        supplier = {**_organisation(to.name, to.corporate_number, "supplier"), "roles": ["supplier"]}
        parties.append(supplier)
        award["suppliers"] = [{"id": supplier["id"], "name": to.name}]
    members = {"parties": parties, "buyer": buyer.reference, "awards": [award]}
    return Content("award", {**members, "tender": {"id": TENDER, "status": "complete"}})


def _contract(fact: AgreementSigned, buyer: Buyer) -> dict[str, Any]:
    """Its title is confidential until it is published by consent; the award says what it is for."""
    assert fact.procured is not None
    return {
        "id": CONTRACT,
        "awardID": AWARD,
        "status": "active",
        "dateSigned": _moment(fact.signed_on, buyer.zone),
        "value": {"amount": fact.procured.amount_yen, "currency": "JPY"},
        "period": _period(fact.term_from, fact.term_to, buyer.zone),
    }


def _organisation(name: str, number: str | None, local: str) -> dict[str, Any]:
    """By its corporate number, under the scheme `JP-JCN` of org-id.guide; who has none has a local id."""
    if number is None:
        return {"id": local, "name": name}
    identifier = {"scheme": "JP-JCN", "id": number, "legalName": name}
    return {"id": f"JP-JCN-{number}", "name": name, "identifier": identifier}


def _period(start: date | None, end: date | None, zone: str) -> dict[str, str]:
    days = {"startDate": start, "endDate": end}
    return {name: _moment(day, zone) for name, day in days.items() if day is not None}


def _moment(day: date, zone: str) -> str:
    """OCDS has no days: the first moment of one, there."""
    return datetime.combine(day, time(), ZoneInfo(zone)).isoformat()
