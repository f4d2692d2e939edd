"""What everybody may see: `public_cases`, `public_themes`, `public_datasets`, `public_releases`.

Rows come with the fact that made them public and never before (V15). `seq`, the id of that fact, grows with time: by it
lists are read in pages to which later rows only add.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.cloudevents import instant
from contracts.publication import DatasetListed, OutcomePublished, ProcurementReleased, ThemeListed
from services.publication.projections.database import Database, with_key

OF_A_CASE = {"number", "digest", "outcome", "idea", "published_on", "first_published_on"}


def project_case(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case OutcomePublished() as fact:
            doc = {**fact.model_dump(mode="json", include=OF_A_CASE), "updated": _time(recorded)}
            return [Put(recorded.id, {**doc, **_first(recorded)} if fact.first else doc)]
        case _:
            return []


def project_theme(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case ThemeListed() as fact:
            doc = {**fact.model_dump(mode="json", exclude={"of"}), "updated": _time(recorded)}
            return [Put(recorded.id, {**doc, **_first(recorded)} if fact.standing == "open" else doc)]
        case _:
            return []


def project_dataset(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case DatasetListed() as fact:
            doc = {**fact.model_dump(mode="json", exclude={"of"}), "case": recorded.id}
            return [Put(fact.of, {**doc, "updated": _time(recorded), **_first(recorded)})]
        case _:
            return []


def project_release(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case ProcurementReleased() as fact:
            doc = {"ocid": fact.ocid, "date": instant(fact.date), "release": fact.release}
            return [Put(fact.release_id, {**doc, "seq": recorded.envelope.id})]
        case _:
            return []


def _time(recorded: Recorded) -> str:
    return instant(recorded.envelope.time)


def _first(recorded: Recorded) -> dict[str, Any]:
    return {"seq": recorded.envelope.id, "published": _time(recorded)}


CASES = ReadModel("public_cases", project_case)
THEMES = ReadModel("public_themes", project_theme)
DATASETS = ReadModel("public_datasets", project_dataset)
RELEASES = ReadModel("public_releases", project_release)

# A page: what was made public after the row with this `seq`, in that order. The table is one of ours.
PAGE = """
select key, doc from {table} where $1::text is null or doc ->> 'seq' > $1 order by doc ->> 'seq' limit $2
"""
ONE = "select key, doc from {table} where key = $1"
LATEST = "select key, doc from {table} order by doc ->> 'updated' desc, key limit $1"
OF_PROCESS = "select key, doc from public_releases where doc ->> 'ocid' = $1 order by doc ->> 'seq'"
PROCESSES = """
select min(doc ->> 'seq') as seq, doc ->> 'ocid' as ocid from public_releases
group by 2 having $1::text is null or min(doc ->> 'seq') > $1 order by 1 limit $2
"""


async def page(db: Database, model: ReadModel, after: str | None, limit: int) -> list[dict[str, Any]]:
    """Rows in the order in which they became public; a later page has what came later."""
    return [with_key(row, "key") for row in await db.fetch(PAGE.format(table=model.name), after, limit)]


async def one(db: Database, model: ReadModel, key: str) -> dict[str, Any] | None:
    row = await db.fetchrow(ONE.format(table=model.name), key)
    return with_key(row, "key") if row else None


async def latest(db: Database, model: ReadModel, limit: int) -> list[dict[str, Any]]:
    """Those that changed last, the last one first."""
    return [with_key(row, "key") for row in await db.fetch(LATEST.format(table=model.name), limit)]


async def releases_of(db: Database, ocid: str) -> list[dict[str, Any]]:
    """All releases of one procurement, in order."""
    return [with_key(row, "key") for row in await db.fetch(OF_PROCESS, ocid)]


async def processes(db: Database, after: str | None, limit: int) -> list[tuple[str, str]]:
    """`seq` of its first release, ocid: the procurements in the order in which they were opened."""
    return [(row["seq"], row["ocid"]) for row in await db.fetch(PROCESSES, after, limit)]
