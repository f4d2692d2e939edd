"""A database of screening, and an office on the whole stack."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from chassis.database import connect
from tests.engines import Engines
from tests.robustness.asking import Asking
from tests.stack import RunningStack


@pytest.fixture
async def pool(engines: Engines) -> AsyncIterator[asyncpg.Pool]:
    dsn = await engines.of("services.screening")
    pool = await connect(dsn, 2)
    yield pool
    await pool.close()


@pytest.fixture
async def office(stack: RunningStack) -> AsyncIterator[Asking]:
    async with Asking(stack) as asking:
        yield asking
