"""What the facts of one case say, as far as it is counted. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from contracts.agreements import AgreementSigned, CostClassified, OutcomeDecided
from contracts.fact import Fact
from contracts.intake import ProposalReceived, ProposalSubmitted, Stage, StageReached
from contracts.matching import MatchDeclined, Matched, MatchProposed, NoMatchConcluded, SectionOffered
from contracts.screening import EligibilityDecided, MayorFound, ScreeningOpened

SECONDS_OF_A_DAY = 86_400


@dataclass(slots=True)
class Course:
    """A case as far as it is counted; `groups` are kind, size, locality and whether it is the proposer's first."""

    case: str
    submitted_on: date | None = None
    groups: dict[str, str] = field(default_factory=dict)
    outcome: str = "open"
    screened: bool = False
    refused_for: set[str] = field(default_factory=set)
    mayors: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)
    found: bool = False
    asked: bool = False
    reordered: bool = False
    offers: list[str] = field(default_factory=list)
    declines: list[str] = field(default_factory=list)
    method: str | None = None
    days: list[tuple[str, int]] = field(default_factory=list)
    decisions: list[Fact] = field(default_factory=list)


Home = Callable[[str], str | None]  # edition → the name of the city, as addresses begin with it


def course(case: str, facts: Iterable[tuple[Fact | None, str, datetime]], home: Home) -> Course:
    """What is counted of a case. A fact of another shape than is known here is passed over."""
    seen = Course(case)
    address, since, stage = "", None, None
    for fact, name, time in facts:
        match fact:
            case ProposalSubmitted():
                seen.submitted_on = fact.submitted_on
                address = fact.proposer.address.reveal()
                seen.groups |= {
                    "kind": fact.kind,
                    "size": fact.city_cost.class_,
                    "first": "again" if fact.previous_case else "first",
                    "locality": "unknown",
                }
            case ProposalReceived():
                if fact.earlier_cases:
                    seen.groups["first"] = "again"
                city = home(fact.edition)
                seen.groups["locality"] = (
                    "unknown" if city is None or not address else "local" if city in address else "elsewhere"
                )
                since, stage = time, Stage.SCREENING
            case StageReached():
                if stage is not None and since is not None and fact.since >= since:
                    seen.days.append((stage, int((fact.since - since).total_seconds() // SECONDS_OF_A_DAY)))
                since, stage = fact.since, fact.stage
            case CostClassified():
                seen.groups["size"] = fact.class_
            case ScreeningOpened():
                seen.mayors |= set(fact.mayor_clauses)
            case MayorFound():
                seen.found = True
            case EligibilityDecided():
                seen.screened = True
                seen.decisions.append(fact)
                if fact.decision == "ineligible":
                    seen.outcome = "ineligible"
                    seen.refused_for |= set(fact.clauses)
                elif seen.outcome == "ineligible":
                    seen.outcome = "open"
            case MatchProposed():
                seen.asked = True
                seen.reordered |= fact.reason is not None
                seen.offers.append(fact.offered_to)
            case SectionOffered():
                seen.offers.append(fact.section)
            case MatchDeclined():
                seen.declines.append(fact.section)
            case NoMatchConcluded():
                seen.outcome = "not_established"
            case Matched():
                seen.decisions.append(fact)
            case OutcomeDecided():
                seen.decisions.append(fact)
                seen.cited |= set(fact.clauses)
                if fact.next == "not_established":
                    seen.outcome = "not_established"
            case AgreementSigned():
                seen.outcome = "established"
            case _:
                _other(seen, fact, name)
    return seen


def _other(seen: Course, fact: Any, name: str) -> None:
    """How it was procured, in whatever service says so; and what else stands on a rule."""
    if fact is None:
        return
    if name == "MethodChosen" and isinstance(method := getattr(fact, "method", None), str):
        seen.method = method
    if getattr(fact, "basis", None) is not None:
        seen.decisions.append(fact)
