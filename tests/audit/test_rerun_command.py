"""`renkei audit rerun` on a real log."""

import asyncio
import json
from pathlib import Path

import asyncpg
import pytest
import typer
from typer.testing import CliRunner

from chassis.database import migrate
from contracts.fact import Fact
from contracts.intake import Withdrawn
from deploy.rerun import rerun_command
from services.audit import rerun
from tests.audit.test_rerun import outcome
from tests.engines import Engines

ADD = """
insert into entries (idx, received_at, topic, partition, "offset", headers, value, sha256,
                     id, type, source, subject, version, case_id, time, actor)
values ($1::bigint, now(), 'renkei.agreements', 0, $1::bigint, '[]', $2, sha256($2),
        'fact-' || $1::bigint, $3, '/agreements', 'partnership/' || $4::text, $1::bigint + 1, $4::text,
        now(), 'window_head:H-01')
"""


@pytest.fixture
def log(engines: Engines) -> str:
    """The address of a log in which case C-1 was decided, C-2 not as recorded, C-3 not at all."""

    async def make() -> str:
        dsn = await engines.database("audit")
        await migrate(dsn, Path(rerun.__file__).parent / "migrations")
        connection = await asyncpg.connect(dsn)
        facts: list[tuple[str, Fact]] = [
            ("C-1", outcome()),
            ("C-2", outcome(result='{"next":"procurement","reason":"GL6-1"}')),
            ("C-3", Withdrawn()),
        ]
        for n, (case, fact) in enumerate(facts):
            await connection.execute(ADD, n, fact.encoded(), fact.type, case)
        await connection.close()
        return dsn

    return asyncio.run(make())


APP = typer.Typer()
APP.command()(rerun_command)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(APP, arguments, env={"COLUMNS": "160"})
    return result.exit_code, result.output


def test_decisions_that_come_out_the_same_end_well(log: str) -> None:
    code, output = run("C-1", "--database", log)
    assert code == 0
    assert "OutcomeDecided" in output
    assert output.count("same") == 3


def test_one_that_does_not_ends_with_one_and_is_named(log: str) -> None:
    code, output = run("C-2", "--database", log, "--json")
    [told] = json.loads(output)
    assert (code, told["same"], told["differs"], told["case"]) == (1, False, ["result"], "C-2")
    assert told["basis"]["rule"] == "route"


def test_a_case_without_a_decision_is_said_to_have_none(log: str) -> None:
    assert run("C-3", "--database", log) == (0, "C-3: no decision yet.\n")


def test_all_cases_with_a_decision_may_be_asked_for_at_once(log: str) -> None:
    code, output = run("--all", "--database", log, "--json")
    assert (code, [told["case"] for told in json.loads(output)]) == (1, ["C-1", "C-2"])
    assert run("C-1", "--all", "--database", log)[0] == run("--database", log)[0] == 2


def test_a_case_that_nobody_knows_is_named(log: str) -> None:
    result = CliRunner().invoke(APP, ["C-9", "--database", log])
    assert "The log knows no case 'C-9'." in str(result.exception)


def test_a_log_that_is_not_there_ends_with_two() -> None:
    code, output = run("C-1", "--database", "postgresql://127.0.0.1:1/audit")
    assert (code, "could not be read" in output) == (2, True)
