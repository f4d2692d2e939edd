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
from tests.audit.long_log import fill
from tests.engines import Engines

APP = typer.Typer()
APP.command()(fairness_command)


def test_cases_of_the_period_are_counted_and_others_are_not(engines: Engines) -> None:
    async def make() -> str:
        dsn = await engines.database("audit")
        await migrate(dsn, Path(rerun.__file__).parent / "migrations")
        connection = await asyncpg.connect(dsn)
        await fill(connection, cases=200)
        await connection.close()
        return dsn

    dsn = asyncio.run(make())
    period = ("--from", "2024-01-01", "--to", "2024-06-30", "--database", dsn)
    result = CliRunner().invoke(APP, (*period, "--json"))
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    assert found["cases"] == 100
    assert found["by"]["kind"]["company"]["outcomes"]["ineligible"]["count"] == 10
    assert found["all"]["stages"]["screening"]["median"] == 2
    shown = CliRunner().invoke(APP, period, env={"COLUMNS": "400"})
    assert shown.exit_code == 0, shown.output
    assert "継続中 open" in shown.output
    nothing = CliRunner().invoke(APP, ("--from", "2020-01-01", "--to", "2020-01-02", "--database", dsn))
    assert (nothing.exit_code, "cases 0" in nothing.output) == (0, True)


def test_a_log_that_is_not_there_ends_with_two_and_a_period_that_ends_before_it_begins_is_refused() -> None:
    away = ("--database", "postgresql://127.0.0.1:1/audit")
    result = CliRunner().invoke(APP, ("--from", "2024-01-01", "--to", "2024-06-30", *away))
    assert (result.exit_code, "could not be read" in result.output) == (2, True)
    assert CliRunner().invoke(APP, ("--from", "2024-06-30", "--to", "2024-01-01", *away)).exit_code == 2
