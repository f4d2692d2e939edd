"""Screening on a real database: what is asked of it, and what it does about its own facts."""

from datetime import date, datetime
from typing import Any

import asyncpg

from chassis.commands import Commands
from chassis.decider import Recorded
from chassis.deciding import Asked
from chassis.event_store import EventStore
from contracts.confidential import Confidential
from contracts.intake import Partner, RelatedParty
from services.screening.consumers import reactions
from services.screening.domain import OpenScreening, RecordMeasure
from services.screening.main import SERVICE
from services.screening.projections.lookup import measures_against
from tests.screening.sample import (
    JULY_31,
    PINNED,
)
from tests.screening.sample import (
    SERVICE as BY_SERVICE,
)
from tests.screening.test_measures import FINDING, record
from tests.screening.test_measures import SUSPENSION as ENTRY

MIRAI = "3999901000104"  # 架空みらい土木株式会社
CLEAN = "1999901000114"  # 架空クリーンサービス株式会社
PERSON: dict[str, Any] = {
    **FINDING,
    "subject": "person",
    "name": "架空 次郎",
    "corporate_number": None,
    "extends_to": ("user",),
}
ON = JULY_31.date()


def commands(pool: asyncpg.Pool) -> Commands:
    store = EventStore(pool, "/screening")
    return Commands(store, SERVICE.deciders, SERVICE.read_models, municipality="112089")


async def do(pool: asyncpg.Pool, *asked: tuple[str, Any]) -> list[Any]:
    return await commands(pool).handle_many([Asked(id_, command) for id_, command in asked])


async def done(pool: asyncpg.Pool, *asked: tuple[str, Any]) -> list[Recorded]:
    """The facts that followed; nothing was refused."""
    outcomes = await do(pool, *asked)
    for outcome in outcomes:
        assert isinstance(outcome, list), outcome
    return [fact for outcome in outcomes for fact in outcome]


async def react(pool: asyncpg.Pool, recorded: Recorded, on: datetime = JULY_31) -> list[Any]:
    """What screening does about a fact, its own or another's; the facts that followed."""
    following = reactions(pool)[type(recorded.fact)](recorded, on)
    asked = following if isinstance(following, list) else await following  # type: ignore[misc]
    return [each.fact for each in await done(pool, *asked)]


def opening(name: str, number: str | None, *related: RelatedParty, **more: Any) -> OpenScreening:
    partner = Partner(name=name, corporate_number=number)
    told = {**PINNED, "partner": partner, "related": related, **more, "actor": BY_SERVICE, "at": JULY_31}
    return OpenScreening.model_validate(told)


def party(kind: Any, name: str, number: str | None = None, **days: Any) -> RelatedParty:
    return RelatedParty(kind=kind, name=Confidential(name), corporate_number=number, **days)


def entry(**changed: Any) -> RecordMeasure:
    return record(ENTRY, **changed)


async def against(pool: asyncpg.Pool, case: str = "C04", on: date = ON) -> dict[str, tuple[str, bool]]:
    """What is held against a case: entry → through whom, and whether that is certain."""
    return {m.id: (m.through, m.automatic) for m in await measures_against(pool, case, on)}
