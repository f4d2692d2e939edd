"""`disclosures`: where each request for disclosure stands, without a word of it and without the requester."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.publication import (
    Disclosed,
    DisclosureDecided,
    DisclosureRequested,
    EscalationRaised,
    ObjectionLodged,
    ObjectionResolved,
    OpinionGiven,
    RequestWithdrawn,
    ThirdPartyAsked,
)
from services.publication.projections.database import Database, with_key

RECEIVED = {"channel", "received_on", "decide_by", "edition"}
DECIDED = {"decision", "redactions", "grounds", "decided_on", "disclose_on", "objected"}


def project(recorded: Recorded) -> Sequence[Change]:
    changes = _changes(recorded)
    return [Put(recorded.id, changes)] if changes else []


def _changes(recorded: Recorded) -> dict[str, Any]:
    match recorded.fact:
        case DisclosureRequested() as fact:
            return {**fact.model_dump(mode="json", include=RECEIVED), "status": "open"}
        case ThirdPartyAsked() as fact:
            return {"status": "waiting", f"asked:{fact.case}": fact.opinion_by.isoformat()}
        case OpinionGiven() as fact:
            return {f"objects:{fact.case}": fact.objects}
        case DisclosureDecided() as fact:
            return {**fact.model_dump(mode="json", include=DECIDED), "status": "decided", "overdue": None}
        case ObjectionLodged() as fact:
            return {f"objection:{fact.number}": "pending"}
        case ObjectionResolved() as fact:
            resolved = {f"objection:{fact.number}": fact.resolution}
            if fact.resolution == "upheld":  # no decision holds any more
                by = {"decide_by": fact.decide_by.isoformat()} if fact.decide_by else {}
                return {**resolved, **dict.fromkeys(DECIDED), "status": "waiting", **by}
            return {**resolved, "disclose_on": fact.disclose_on.isoformat() if fact.disclose_on else None}
        case Disclosed() as fact:
            return {"status": "disclosed", "disclosed_on": fact.disclosed_on.isoformat()}
        case RequestWithdrawn():
            return {"status": "withdrawn", "overdue": None}
        case EscalationRaised() as fact:
            return {"overdue": fact.due.isoformat()}
        case _:
            return {}


DISCLOSURES = ReadModel("disclosures", project)

DISCLOSURE = "select key, doc from disclosures where key = $1"
WAITING = """
select key, doc from disclosures where $1::text is null or doc ->> 'status' = $1
order by doc ->> 'decide_by', key limit $2
"""


async def disclosure(db: Database, id_: str) -> dict[str, Any] | None:
    """Where it stands: status, received_on, decide_by, cases (opinion_by, objects), objections, and once decided:
    decision, redactions, grounds, decided_on, disclose_on, disclosed_on. None where there is none."""
    row = await db.fetchrow(DISCLOSURE, id_)
    return _shown(row) if row else None


async def disclosures(db: Database, status: str | None, limit: int) -> list[dict[str, Any]]:
    """The one that is to be decided first, first."""
    return [_shown(row) for row in await db.fetch(WAITING, status, limit)]


def _shown(row: Any) -> dict[str, Any]:
    """A row keeps one member for each case and each objection, since a change sets members and knows no others."""
    doc = with_key(row, "disclosure")
    told = {name: value for name, value in doc.items() if ":" not in name}
    of = {kind: _of(kind, doc) for kind in ("asked", "objects", "objection")}
    cases = [
        {"case": case, "opinion_by": by, "objects": of["objects"].get(case)}
        for case, by in sorted(of["asked"].items())
    ]
    return {**told, "cases": cases, "objections": dict(sorted(of["objection"].items()))}


def _of(kind: str, doc: dict[str, Any]) -> dict[str, Any]:
    prefix = f"{kind}:"
    return {name.removeprefix(prefix): value for name, value in doc.items() if name.startswith(prefix)}
