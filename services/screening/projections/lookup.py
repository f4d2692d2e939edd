"""What the registers hold against a case: against its applicant, and against whoever else is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import guidelines
from contracts.screening import Flag
from services.screening.policies import Measure
from services.screening.projections.database import Database
from services.screening.projections.reach import parties, proposing, used, ways

CASE = "select key, doc from screenings where key = $1"
# Entries that may be about one of them, by corporate number ($1) or by what their names have in common ($2); and those
# about persons whom one of these companies ($3) is known to use.
ENTRIES = """
select key, doc - 'keys' as doc, null::jsonb as link
from measures where doc ->> 'corporate_number' = any($1) or doc -> 'keys' ?| $2
union all
select m.key, m.doc - 'keys', l.doc
from links l join measures m on m.doc ->> 'person_key' = l.doc ->> 'person_key'
where l.doc ->> 'corporate_number' = any($3)
"""
# Cases that go on, and who is behind them: whom a new entry may concern.
LIVE = """
select key, doc from screenings
where doc ->> 'status' in ('open', 'eligible') and doc ->> 'course' in ('running', 'agreed') order by key
"""
LIVE_OF = """
select key, doc from screenings
where doc ->> 'status' in ('open', 'eligible') and doc ->> 'course' in ('running', 'agreed')
and doc -> 'numbers' ?| $1 order by key
"""
CONFIRMED = """
select doc ->> 'measure' as measure from flags
where doc ->> 'case' = $1 and doc ->> 'answer' = 'confirmed'
"""
ENTRY = "select key, doc from measures where key = $1"
LINK = "select key, doc from links where key = $1"
COMPANIES_USING = """
select distinct doc ->> 'corporate_number' as number from links where doc ->> 'person_key' = $1
"""


@dataclass(frozen=True, slots=True)
class Live:
    """A case that goes on: whether it is running, and what the registers hold against it."""

    case: str
    running: bool  # found eligible; otherwise it is being screened
    measures: tuple[Measure, ...]
    confirmed: frozenset[str]  # entries that a person found to be about them

    def stopping(self, on: date) -> list[Measure]:
        """The entries that stop it on a day, if it runs: those surely about them and in force."""
        sure = (m for m in self.measures if m.automatic or m.id in self.confirmed)
        return [measure for measure in sure if self.running and measure.in_force(on)]


async def measures_against(db: Database, case: str, on: date) -> tuple[Measure, ...]:
    """All that concerns a case, of any time: the `measures` that commands are given.

    Of an entry that reaches it in several ways the one that counts on the day `on` is told.
    """
    row = await db.fetchrow(CASE, case)
    return await _concerning(db, row["doc"], on) if row else ()


async def live_cases_under(db: Database, measure: str, on: date) -> list[Live]:
    """The cases that go on and are concerned by an entry of a register."""
    row = await db.fetchrow(ENTRY, measure)
    if row is None:
        return []
    doc = row["doc"]
    numbers = {doc["corporate_number"]} if doc["corporate_number"] else set()
    wanted = set(doc["keys"])
    numbers |= {found["number"] for found in await db.fetch(COMPANIES_USING, doc["person_key"])}
    cases = {
        row["key"]: row["doc"]
        for row in await db.fetch(LIVE)
        if numbers & set(row["doc"].get("numbers", ()))
        or any(wanted & party.keys for party in parties(row["doc"]))
    }
    return await _live(db, cases, on, measure)


async def live_cases_of_link(db: Database, link: str, on: date) -> list[Live]:
    """The cases that go on and are those of a company that uses a person."""
    row = await db.fetchrow(LINK, link)
    if row is None:
        return []
    found = await db.fetch(LIVE_OF, [row["doc"]["corporate_number"]])
    return await _live(db, {row["key"]: row["doc"] for row in found}, on)


async def live_case(db: Database, case: str, on: date) -> list[Live]:
    """One case, if it goes on."""
    row = await db.fetchrow(CASE, case)
    goes_on = (
        row and row["doc"]["status"] in ("open", "eligible") and row["doc"]["course"] in ("running", "agreed")
    )
    return await _live(db, {case: row["doc"]}, on) if goes_on else []


def flags(measures: Iterable[Measure], today: date) -> tuple[Flag, ...]:
    """The entries as a screening keeps them, without those that are over."""
    return tuple(
        Flag(
            measure=measure.id,
            clause=measure.clause,
            likeness=round(measure.likeness, 4),
            alike=measure.alike,
            differ=measure.differ,
            automatic=measure.automatic,
            through=measure.through,
        )
        for measure in measures
        if today <= measure.last
    )


async def _live(
    db: Database, cases: Mapping[str, Mapping[str, Any]], on: date, only: str | None = None
) -> list[Live]:
    found = []
    for case, doc in cases.items():
        measures = await _concerning(db, doc, on)
        if concerned := tuple(measure for measure in measures if only in (None, measure.id)):
            said = frozenset(row["measure"] for row in await db.fetch(CONFIRMED, case))
            found.append(Live(case, doc["status"] == "eligible", concerned, said))
    return found


async def _concerning(db: Database, doc: Mapping[str, Any], on: date) -> tuple[Measure, ...]:
    behind = parties(doc)
    numbers = [party.record.corporate_number for party in behind if party.record.corporate_number]
    wanted = sorted(frozenset().union(*(party.keys for party in behind)))
    users = [party.record.corporate_number for party in proposing(behind)]
    found: dict[str, list[Measure]] = {}
    for row in await db.fetch(ENTRIES, numbers, wanted, users):
        told = (
            used(row["key"], row["doc"], row["link"]) if row["link"] else ways(row["key"], row["doc"], behind)
        )
        found.setdefault(row["key"], []).extend(told)
    registers = guidelines.load(doc["edition"]).registers
    counting = (max(each, key=lambda way: _counts(way, on)) for _, each in sorted(found.items()) if each)
    return tuple(measure.answering(registers) for measure in counting)


def _counts(way: Measure, on: date) -> tuple[bool, bool, float]:
    """Of several ways in which an entry concerns a case: what is in force, then what is sure, then what is likely."""
    return way.in_force(on), way.automatic, way.likeness
