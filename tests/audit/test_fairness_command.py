"""`renkei audit fairness` on a real log."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import asyncpg
import typer
from typer.testing import CliRunner

from chassis.database import migrate
from deploy.fairness import fairness_command
from services.audit import rerun
from tests.audit.test_rerun_command import ADD
from tests.engines import Engines

APP = typer.Typer()
APP.command()(fairness_command)

SUBMITTED = {
    "kind": "free_proposal", "channel": "web", "title": "t", "body": "b", "city_cost": {"class": "none"},
    "proposer": {"name": "n", "type": "株式会社", "address": "所沢市並木1", "representative": "r"},
    "consent_to_terms": True, "receipt_number": "R-1", "secret_hash": "0" * 64, "submitted_on": "2024-08-01",
}  # fmt: skip


def test_cases_of_the_period_are_counted_and_others_are_not(engines: Engines) -> None:
    async def make() -> str:
        dsn = await engines.database("audit")
        await migrate(dsn, Path(rerun.__file__).parent / "migrations")
        connection = await asyncpg.connect(dsn)
        for n in range(8):
            body = {**SUBMITTED, "submitted_on": "2024-08-01" if n < 6 else "2025-08-01"}
            value = json.dumps(body).encode()
            await connection.execute(ADD, n, value, "renkei.intake.ProposalSubmitted.v1", f"C-{n}")
        await connection.close()
        return dsn

    dsn = asyncio.run(make())
    period = ("--from", "2024-08-01", "--to", "2024-08-31", "--database", dsn)
    result = CliRunner().invoke(APP, (*period, "--json"))
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    assert found["cases"] == 6
    assert found["by"]["kind"]["groups"]["free_proposal"]["open"]["count"] == 6
    shown = CliRunner().invoke(APP, period, env={"COLUMNS": "200"})
    assert shown.exit_code == 0, shown.output
    assert "継続中 open" in shown.output
