"""`interests`: who would be partial about which organisation, from which day to which."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.matching import ConflictFound, InterestEnded, InterestRecorded
from services.matching.policies import plain_name
from services.matching.projections.database import Database


def project(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case InterestRecorded() as fact:
            return [Put(recorded.id, _entry(fact))]
        case InterestEnded() as fact:
            return [Put(recorded.id, {"valid_to": fact.valid_to.isoformat()})]
        case _:
            return []


def _entry(fact: InterestRecorded) -> dict[str, Any]:
    return {
        "person": fact.person,
        "section": fact.section,
        "whole_section": fact.whole_section,
        "organisation": fact.organisation.name,
        "name": plain_name(fact.organisation.name),
        "number": fact.organisation.corporate_number,
        "kind": fact.kind,
        "valid_from": fact.valid_from.isoformat(),
        "valid_to": fact.valid_to.isoformat() if fact.valid_to else None,
    }


INTERESTS = ReadModel("interests", project)

INTEREST = "select key, doc from interests where key = $1"
ALL = "select key, doc from interests order by key limit $1"
# Entries that count on a day about an organisation: by number, or by name where one of the two has no number.
ABOUT = """
select key, doc from interests
where (doc ->> 'number' = any($1::text[]) or (doc ->> 'name' = $2 and ($3 or doc ->> 'number' is null)))
  and doc ->> 'valid_from' <= $4 and (doc ->> 'valid_to' is null or doc ->> 'valid_to' >= $4)
order by key
"""


async def interest(db: Database, id_: str) -> dict[str, Any] | None:
    """One entry."""
    row = await db.fetchrow(INTEREST, id_)
    return {"id": row["key"], **row["doc"]} if row else None


async def interests(db: Database, limit: int = 100) -> list[dict[str, Any]]:
    """The register."""
    return [{"id": row["key"], **row["doc"]} for row in await db.fetch(ALL, limit)]


async def conflicts(
    db: Database, numbers: Sequence[str], name: str | None, has_number: bool, on: date
) -> tuple[ConflictFound, ...]:
    """Who is partial on this day about an organisation with these numbers: its own, and of those related to it.

    Two organisations with different numbers are two, whatever they are called.
    """
    rows = await db.fetch(ABOUT, list(numbers), name, not has_number, on.isoformat())
    return tuple(
        ConflictFound(
            person=row["doc"]["person"],
            section=row["doc"]["section"],
            whole_section=row["doc"]["whole_section"],
            basis="registry",
            interest=row["key"],
        )
        for row in rows
    )
