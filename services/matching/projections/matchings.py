"""`matchings`: where each case stands on its way to a section, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.cloudevents import instant
from contracts.matching import (
    ConflictFound,
    DecisionRevoked,
    DecisionUpheld,
    EscalationRaised,
    GuidelineFollowed,
    LeadFreed,
    LeadResumed,
    LeadSettled,
    LeftToOffice,
    MatchDeclined,
    Matched,
    MatchingClosed,
    MatchingEnded,
    MatchingOpened,
    MatchingResumed,
    MatchingSuspended,
    MatchProposed,
    NoMatchConcluded,
    PartnerNoted,
    ReconsiderationRequested,
    RematchRequested,
    SectionOffered,
    SectionsRanked,
)
from services.matching.policies import plain_name

NOT_OFFERED = {"offered_to": None, "respond_by": None, "overdue": None}
CONFLICT, SAID = (
    "conflict:",
    "said:",
)  # one member for each section or person: a row is changed, never read, here


def project(recorded: Recorded) -> Sequence[Change]:
    changes = _changes(recorded)
    return [Put(recorded.id, changes)] if changes else []


def _changes(recorded: Recorded) -> dict[str, Any]:
    match recorded.fact:
        case PartnerNoted() as fact:
            return _partner(fact)
        case SectionsRanked() as fact:
            return {"status": "ranked", "candidates": _plain(fact.candidates), **_ranking(fact)}
        case MatchingOpened() as fact:
            opened_at = instant(recorded.envelope.time)
            return {"status": "open", "edition": fact.edition, "opened_at": opened_at}
        case GuidelineFollowed() as fact:
            return {"edition": fact.edition}
        case MatchProposed() as fact:
            by = {"by_hand": fact.reason is not None}
            return {"candidates": _plain(fact.candidates), **by, **_offered(fact.offered_to, fact)}
        case SectionOffered() as fact:
            return _offered(fact.section, fact)
        case LeftToOffice() as fact:
            respond_by = {"respond_by": fact.respond_by.isoformat()}
            return {"status": fact.why, "left_out": _plain(fact.left_out), **NOT_OFFERED, **respond_by}
        case MatchDeclined() as fact:
            return {"status": "open", f"{SAID}{fact.section}": fact.ground or "no", **NOT_OFFERED}
        case Matched() as fact:
            led = {"lead": fact.lead, "supporting": list(fact.supporting), "settled": None}
            return {"status": "matched", **led, **NOT_OFFERED}
        case NoMatchConcluded() as fact:
            return {"status": "concluded", "reconsider_by": _day(fact.reconsider_by), **NOT_OFFERED}
        case ReconsiderationRequested() as fact:
            return {"status": "reconsideration", "respond_by": _day(fact.decide_by)}
        case DecisionUpheld():
            return {"status": "upheld", **NOT_OFFERED}
        case DecisionRevoked():
            return {"status": "open", "reconsider_by": None, **NOT_OFFERED}
        case RematchRequested() as fact:
            return {"status": "open", "lead": None, "supporting": [], f"{SAID}{fact.section}": "gave_back"}
        case ConflictFound() as fact:
            who = fact.section if fact.whole_section else fact.person
            shown = fact.model_dump(mode="json", include={"person", "section", "whole_section", "basis"})
            return {f"{CONFLICT}{who}": shown}
        case LeadSettled():
            return {"settled": True}
        case LeadFreed() as fact:
            return {"status": "done", "freed": fact.reason}
        case LeadResumed():
            return {"status": "matched", "freed": None}
        case EscalationRaised():
            return {"overdue": True}
        case MatchingSuspended():
            return {"halt": "suspended"}
        case MatchingEnded():
            return {"halt": "ended"}
        case MatchingResumed() as fact:
            due = {"respond_by": fact.respond_by.isoformat(), "overdue": None} if fact.respond_by else {}
            return {"halt": None, **due}
        case MatchingClosed():
            return {"status": "closed", **NOT_OFFERED}
        case _:
            return {}


def _partner(fact: PartnerNoted) -> dict[str, Any]:
    own = fact.partner.corporate_number
    return {
        "partner": fact.partner.name,
        "partner_name": plain_name(fact.partner.name),
        "partner_number": own,
        "numbers": [*([own] if own else []), *fact.related],
    }


def _ranking(fact: SectionsRanked) -> dict[str, Any]:
    """Why the sections stand in this order, in words of their own profiles (V23)."""
    stands_on = {"digest": fact.basis.digest, "engine": fact.basis.engine} if fact.basis else None
    return {
        "scorer": fact.scorer,
        "ranking": {
            "edition": fact.edition,
            "candidates": _plain(fact.candidates),
            "none_fits": fact.none_fits,
            "left_out": _plain(fact.left_out),
            "lessons": _plain(fact.lessons),
            "basis": stands_on,
        },
    }


def _offered(section: str, fact: MatchProposed | SectionOffered) -> dict[str, Any]:
    respond_by = fact.respond_by.isoformat()
    asked = {"status": "offered", "offered_to": section, "respond_by": respond_by, "overdue": None}
    return {**asked, "left_out": _plain(fact.left_out)}


def _day(last: date | None) -> str | None:
    return last.isoformat() if last else None


def _plain(parts: Iterable[BaseModel]) -> list[dict[str, Any]]:
    return [part.model_dump(mode="json") for part in parts]


MATCHINGS = ReadModel("matchings", project)
