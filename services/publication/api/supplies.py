"""The fields of commands that only the service can know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import asyncpg

import guidelines
from chassis.decider import Command
from chassis.http import ID, Supply
from contracts.days import day
from services.publication import law
from services.publication.domain.disclosure import (
    AskThirdParty,
    DecideDisclosure,
    GiveOpinion,
    LodgeObjection,
    ReceiveRequest,
)
from services.publication.domain.publication import ProposePublication
from services.publication.projections.disclosures import disclosure
from services.publication.projections.publications import known_cases, publication

Body = Mapping[str, Any]


def supplies(pool: asyncpg.Pool, municipality: str) -> Mapping[type[Command], Supply]:
    """Command → what the service adds to it before it is decided."""

    async def city(id_: str, body: Body, at: datetime) -> dict[str, Any]:
        """What the city is called, as the edition of the case says (V32)."""
        row = await publication(pool, id_)
        bound = row.get("edition") if row else None
        edition = guidelines.load(bound) if bound else law.in_force(municipality, day(at))
        rules = edition.publication
        return {
            "place": rules.place,
            "city": rules.name or edition.issued_by,
            "city_number": rules.corporate_number,
            "contact": f"{edition.issued_by} {edition.office_contact}",
        }

    async def periods(id_: str, body: Body, at: datetime) -> dict[str, Any]:
        """The day of the request does not count; a last day on which the office is closed is the next open one."""
        edition = law.in_force(municipality, day(at))
        last = day(at, edition.zone) + timedelta(days=edition.periods.disclosure_days)
        return {
            "decide_by": edition.calendar.after(last - timedelta(days=1), 1),
            "edition": edition.id,
            "municipality": edition.municipality,
            "zone": edition.zone,
            "calendar": edition.calendar,
            "opinion_days": edition.periods.opinion,
            "wait_days": edition.periods.disclosure_wait_days,
        }

    async def known(id_: str, body: Body, at: datetime) -> dict[str, Any]:
        cases = [case for case in _few(body.get("cases")) if isinstance(case, str) and ID.fullmatch(case)]
        return {"known": await known_cases(pool, cases)}

    async def grounds(id_: str, body: Body, at: datetime) -> dict[str, Any]:
        """V08: of the edition that the request came in under."""
        row = await disclosure(pool, id_)
        found = guidelines.load(row["edition"]).publication.grounds if row else ()
        return {"known_grounds": frozenset(ground.id for ground in found)}

    async def proposers(id_: str, body: Body, at: datetime) -> dict[str, Any]:
        """V18: who speaks for the case that is named."""
        case = body.get("case")
        row = await publication(pool, case) if isinstance(case, str) and ID.fullmatch(case) else None
        return {"proposers": tuple(row.get("proposers", ())) if row else ()}

    return {
        ProposePublication: Supply(city),
        ReceiveRequest: Supply(periods),
        AskThirdParty: Supply(known),
        DecideDisclosure: Supply(grounds),
        GiveOpinion: Supply(proposers),
        LodgeObjection: Supply(proposers),
    }


def _few(named: Any) -> list[Any]:
    """What is no list, or more than a request may name, is refused as malformed: nothing is looked up for it."""
    return named if isinstance(named, list) and len(named) <= 200 else []
