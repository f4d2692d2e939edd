"""A database of screening, and an office on the whole stack."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

import services.screening
from chassis.database import connect, migrate
from chassis.service import CHASSIS_MIGRATIONS
from tests.engines import Engines
from tests.robustness.asking import Asking
from tests.stack import RunningStack

MIGRATIONS = Path(services.screening.__file__).parent / "migrations"


@pytest.fixture
async def pool(engines: Engines) -> AsyncIterator[asyncpg.Pool]:
    dsn = await engines.database("screening")
    await migrate(dsn, CHASSIS_MIGRATIONS, MIGRATIONS)
    pool = await connect(dsn, 2)
    yield pool
    await pool.close()


@pytest.fixture
async def office(stack: RunningStack) -> AsyncIterator[Asking]:
    async with Asking(stack) as asking:
        yield asking
