"""The registers as they are looked up, in a real database (V10, V14)."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

import services.screening
from chassis.commands import Asked, Commands
from chassis.database import connect, migrate
from chassis.event_store import EventStore
from chassis.service import CHASSIS_MIGRATIONS
from services.screening.domain import MEASURE, SCREENING
from services.screening.policies import MeasureInForce
from services.screening.projections import MEASURES, SCREENINGS, known_measures, screening, screenings
from tests.engines import Engines
from tests.screening.sample import (
    SUSPENSION,
    about_partner,
    open_screening,
    screen_partner,
    screen_project,
)
from tests.screening.test_measures import SUSPENSION as ENTRY
from tests.screening.test_measures import record

MIGRATIONS = Path(services.screening.__file__).parent / "migrations"


@pytest.fixture
async def pool(engines: Engines) -> AsyncIterator[asyncpg.Pool]:
    dsn = await engines.database("screening")
    await migrate(dsn, CHASSIS_MIGRATIONS, MIGRATIONS)
    pool = await connect(dsn, 2)
    yield pool
    await pool.close()


async def do(pool: asyncpg.Pool, *asked: tuple[str, Any]) -> list[Any]:
    store = EventStore(pool, "/screening")
    commands = Commands(store, [SCREENING, MEASURE], [SCREENINGS, MEASURES], municipality="112089")
    return await commands.handle_many([Asked(id_, command) for id_, command in asked])


async def test_a_partner_is_looked_up_by_number_and_without_one_by_name(pool: asyncpg.Pool) -> None:
    others: dict[str, Any] = {"corporate_number": "1999901000114", "name": "架空クリーンサービス株式会社"}
    await do(
        pool,
        ("C04", open_screening()),
        ("BS-2024-003", record(ENTRY)),
        ("BS-2024-004", record(ENTRY, corporate_number=None)),
        ("BS-2023-011", record(ENTRY, **others)),
        ("BS-2023-012", record(ENTRY, corporate_number=others["corporate_number"])),  # a namesake
        ("BS-2023-013", record(ENTRY, corporate_number=None, name=others["name"])),
    )
    known = await known_measures(pool, "C04")
    assert [measure.id for measure in known] == ["BS-2024-003", "BS-2024-004"]
    assert known[0] == SUSPENSION


async def test_what_is_looked_up_holds_against_the_answers(pool: asyncpg.Pool) -> None:
    await do(pool, ("C04", open_screening()), ("BS-2024-003", record(ENTRY)))
    known = await known_measures(pool, "C04")
    [refused] = await do(pool, ("C04", screen_partner(measures=known)))
    assert isinstance(refused, MeasureInForce)


async def test_nothing_is_known_about_a_case_that_was_not_received(pool: asyncpg.Pool) -> None:
    assert await known_measures(pool, "C99") == ()
    assert await screening(pool, "C99") is None


async def test_the_work_list_holds_what_is_open_and_the_answers_so_far(pool: asyncpg.Pool) -> None:
    answers = about_partner("GL7-A2", measure="BS-2024-003")
    await do(
        pool,
        ("C04", open_screening()),
        ("C04", screen_partner(answers, measures=[SUSPENSION])),
        ("C04", screen_project()),
    )
    [found] = await screenings(pool, "open")
    assert found == await screening(pool, "C04")
    assert found["case"] == "C04"
    assert found["clear"] is False
    assert len(found["project_answers"]) == 6
    assert await screenings(pool, "eligible") == []
