"""What is asked of `matchings`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contracts.cloudevents import Envelope, instant
from services.matching.policies import plain_name
from services.matching.projections.database import Database
from services.matching.projections.matchings import CONFLICT, SAID

MATCHING = "select key, doc from matchings where key = $1"
# What waits for the answer of one section, the most urgent first.
OFFERED = """
select key, doc from matchings where doc ->> 'offered_to' = $1 and doc ->> 'halt' is null
order by doc ->> 'respond_by', key limit $2
"""
# The cases a section leads; those that count against its capacity.
LED = """
select key, doc from matchings
where doc ->> 'lead' = $1 and doc ->> 'status' = 'matched' and doc ->> 'halt' is distinct from 'ended'
order by key limit $2
"""
# The cases that a section supports.
SUPPORTED = """
select key, doc from matchings where doc -> 'supporting' ? $1 and doc ->> 'status' = 'matched' order by key limit $2
"""
# What waits for the office: nobody is asked without it.
FOR_OFFICE = """
select key, doc from matchings
where doc ->> 'status' in ('none_fits', 'no_room', 'nobody_left', 'open', 'reconsideration') and doc ->> 'halt' is null
order by doc ->> 'respond_by' nulls first, key limit $1
"""
# Cases that wait for a section to have room.
WITHOUT_ROOM = """
select key from matchings where doc ->> 'status' = 'no_room' and doc ->> 'halt' is null
order by doc ->> 'respond_by', key limit 100
"""
# Running cases that an entry about an organisation may concern: by its number, or by its name.
CONCERNING = """
select key from matchings
where (doc -> 'numbers' ? $1 or doc ->> 'partner_name' = $2)
  and coalesce(doc ->> 'status', '') not in ('concluded', 'upheld', 'closed', 'done')
order by key
"""


async def matching(db: Database, case_id: str) -> dict[str, Any] | None:
    """Where a matching stands, and why: status, and once there are any: edition, opened_at, partner, scorer, ranking
    (candidates with scores, terms and nearest sentences, left out, lessons), candidates in the order in which they are
    asked, offered_to, respond_by, overdue, answers, conflicts, lead, supporting. None when there is no such case.
    """
    row = await db.fetchrow(MATCHING, case_id)
    return _shown(row) if row else None


async def offered(db: Database, section: str, limit: int = 100) -> list[dict[str, Any]]:
    """The cases that wait for the answer of a section, those due first on top."""
    return [_shown(row) for row in await db.fetch(OFFERED, section, limit)]


async def led(
    db: Database, section: str, limit: int = 100
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The running cases that a section leads, and those it supports."""
    leads, supports = await db.fetch(LED, section, limit), await db.fetch(SUPPORTED, section, limit)
    return [_shown(row) for row in leads], [_shown(row) for row in supports]


async def waiting_for_office(db: Database, limit: int = 100) -> list[dict[str, Any]]:
    """The cases for which nobody is asked without the office, those due first on top."""
    return [_shown(row) for row in await db.fetch(FOR_OFFICE, limit)]


async def without_room(db: Database) -> list[str]:
    """Cases left to the office because who fits them had no room."""
    return [row["key"] for row in await db.fetch(WITHOUT_ROOM)]


async def concerning(db: Database, number: str | None, name: str) -> list[str]:
    """Cases that an entry of the register about this organisation may concern; `conflicts` says whether it does."""
    return [row["key"] for row in await db.fetch(CONCERNING, number, plain_name(name))]


def steps(envelopes: Iterable[Envelope]) -> list[dict[str, Any]]:
    """Every fact of a matching in its order: when, who in which part, and what; confidential values are hidden."""
    return [
        {
            "at": instant(envelope.time),
            "by": envelope.actor.partition(":")[0],
            "fact": type(fact).__name__,
            **fact.model_dump(mode="json", by_alias=True, exclude={"basis", "fingerprint"}),
        }
        for envelope in envelopes
        for fact in [envelope.fact()]
    ]


def _shown(row: Any) -> dict[str, Any]:
    doc: dict[str, Any] = row["doc"]
    plain = {name: value for name, value in doc.items() if ":" not in name}
    return {
        "case": row["key"],
        **plain,
        "status": doc.get("halt") or doc.get("status", "noted"),
        "answers": {name[len(SAID) :]: value for name, value in doc.items() if name.startswith(SAID)},
        "conflicts": [value for name, value in doc.items() if name.startswith(CONFLICT)],
    }
