"""Cases as they are looked up, in a real database."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from chassis.commands import Commands
from chassis.database import connect
from chassis.deciding import Asked
from chassis.event_store import EventStore
from services.intake.domain import PROPOSAL
from services.intake.projections import APPLICANTS, CASES
from services.intake.projections.cases import case, case_by_receipt, cases
from services.intake.receipts import hashed
from tests.engines import Engines
from tests.intake.sample import SECRET, accept, submit, withdraw


@pytest.fixture
async def pool(engines: Engines) -> AsyncIterator[asyncpg.Pool]:
    dsn = await engines.of("services.intake")
    pool = await connect(dsn, 2)
    yield pool
    await pool.close()


async def do(pool: asyncpg.Pool, *asked: tuple[str, Any]) -> None:
    commands = Commands(EventStore(pool, "/intake"), [PROPOSAL], [CASES, APPLICANTS], municipality="112089")
    await commands.handle_many([Asked(id_, command) for id_, command in asked])


async def test_a_case_is_found_by_its_receipt_number(pool: asyncpg.Pool) -> None:
    await do(pool, ("C01", submit(receipt_number="2023-000001")), ("C01", accept()))
    found = await case_by_receipt(pool, "2023-000001")
    assert found is not None
    assert found == await case(pool, "C01")
    assert (found["case"], found["status"], found["secret_hash"]) == ("C01", "screening", hashed(SECRET))
    assert await case_by_receipt(pool, "2023-999999") is None


async def test_the_office_lists_all_or_those_of_one_status_without_secrets(pool: asyncpg.Pool) -> None:
    await do(
        pool,
        ("C01", submit(receipt_number="2023-000001")),
        ("C02", submit(receipt_number="2023-000002")),
        ("C02", withdraw()),
    )
    assert {found["case"] for found in await cases(pool)} == {"C01", "C02"}
    [withdrawn] = await cases(pool, "withdrawn")
    assert withdrawn["case"] == "C02"
    assert "secret_hash" not in withdrawn
