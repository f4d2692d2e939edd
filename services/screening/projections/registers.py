"""The city's registers, as they are looked up and listed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.screening import (
    EmploymentLinkRecorded,
    MeasureCorrected,
    MeasureRecorded,
    MeasureStarted,
    RegisterImported,
)
from services.screening.firms import FirmRecord
from services.screening.projections.database import Database
from services.screening.projections.keys import keys, keys_of_person, person_key

PERSONAL = ("person", "representative")


def project_measure(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case MeasureRecorded() | MeasureCorrected() as fact:
            said = fact.model_dump(mode="json", exclude={"reason"})
            revealed = {name: _revealed(getattr(fact, name)) for name in PERSONAL}
            return [Put(recorded.id, {**said, **revealed, **_found_by(fact)})]
        case MeasureStarted():
            return [Put(recorded.id, {"started": True})]
        case _:
            return []


def project_link(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case EmploymentLinkRecorded() as fact:
            person = fact.person.reveal()
            said = fact.model_dump(mode="json", exclude={"reason"})
            return [Put(recorded.id, {**said, "person": person, "person_key": person_key(person)})]
        case _:
            return []


def project_import(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case RegisterImported() as fact:
            at = recorded.envelope.time.isoformat()
            return [Put(recorded.id, {**fact.model_dump(mode="json"), "at": at})]
        case _:
            return []


def _found_by(fact: MeasureRecorded | MeasureCorrected) -> dict[str, Any]:
    """What the entry is found by, if not by its number; a person also exactly, by the links of employers."""
    if fact.person:
        person = fact.person.reveal()
        return {"keys": keys_of_person(person), "person_key": person_key(person)}
    head = fact.representative.reveal() if fact.representative else None
    names = (fact.name, *fact.aliases)
    return {"keys": keys(*(FirmRecord(name, None, fact.address, head) for name in names)), "person_key": None}


def _revealed(value: Any) -> Any:
    return value.reveal() if value else None


MEASURES = ReadModel("measures", project_measure)
LINKS = ReadModel("links", project_link)
IMPORTS = ReadModel("register_imports", project_import)

# Entries of the registers, of one or all, in force on a day or of any; page by page, in the order of their numbers.
MEASURES_AS_OF = """
select key, doc from measures
where ($1::text is null or doc ->> 'register' = $1)
and ($2::text is null or doc ->> 'valid_from' <= $2 and coalesce(doc ->> 'valid_to', '9999') >= $2)
and ($3::text is null or doc ->> 'corporate_number' = $3)
and key > $4 order by key limit $5
"""
LINKS_FROM = "select key, doc from links where key > $1 order by key limit $2"
LATEST_IMPORTS = "select key, doc from register_imports order by doc ->> 'at' desc, key limit $1"


async def measures_as_of(
    db: Database,
    on: date | None = None,
    register: str | None = None,
    corporate_number: str | None = None,
    after: str = "",
    limit: int = 1000,
) -> list[dict[str, Any]]:
    """Entries as they stand now, those in force on a day if one is given; with what is personal."""
    day = on and on.isoformat()
    rows = await db.fetch(MEASURES_AS_OF, register, day, corporate_number, after, limit)
    return [{"id": row["key"], **_without_keys(row["doc"])} for row in rows]


async def links(db: Database, after: str = "", limit: int = 1000) -> list[dict[str, Any]]:
    """Who is known to use whom."""
    return [
        {"id": row["key"], **_without_keys(row["doc"])} for row in await db.fetch(LINKS_FROM, after, limit)
    ]


async def imports(db: Database, limit: int = 100) -> list[dict[str, Any]]:
    """The files that registers were brought up to date from, the latest first."""
    return [{"id": row["key"], **row["doc"]} for row in await db.fetch(LATEST_IMPORTS, limit)]


def _without_keys(doc: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in doc.items() if name not in ("keys", "person_key")}
