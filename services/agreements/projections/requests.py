"""Read model of what was asked for of the city's catalogue: for a section what waits for its answer, for a case what
became of each request. What it is asked for stays in the facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.agreements import ResourceGranted, ResourceRefused, ResourceRequested
from services.agreements.projections.partnerships import Database


def project(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case ResourceRequested() as fact:
            asked = fact.model_dump(mode="json", exclude={"purpose", "zone"})
            return [Put(_key(recorded, fact.number), {"case": recorded.id, "status": "open", **asked})]
        case ResourceGranted() as fact:
            granted = {"status": "granted", "licence": fact.licence}
            return [Put(_key(recorded, fact.number), granted)]
        case ResourceRefused() as fact:
            refused = {"status": "refused", "clauses": list(fact.clauses)}
            return [Put(_key(recorded, fact.number), refused)]
        case _:
            return []


def _key(recorded: Recorded, number: int) -> str:
    return f"{recorded.id}:{number}"


REQUESTS = ReadModel("resource_requests", project)

OF_CASE = "select doc from resource_requests where doc ->> 'case' = $1 order by (doc ->> 'number')::int"
OF_SECTION = """
select doc from resource_requests where doc ->> 'status' = 'open' and doc ->> 'section' = $1
order by doc ->> 'answer_by', key limit $2
"""


async def of_case(db: Database, case: str) -> list[dict[str, Any]]:
    """What a case asked for, in that order: resource, kind, section in charge, answer_by, status (open, granted,
    refused), and with the answer its licence or clauses."""
    return [row["doc"] for row in await db.fetch(OF_CASE, case)]


async def of_section(db: Database, section: str, limit: int) -> list[dict[str, Any]]:
    """What waits for the answer of a section, the first to be due first."""
    return [row["doc"] for row in await db.fetch(OF_SECTION, section, limit)]
