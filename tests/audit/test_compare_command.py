"""`renkei audit compare` on a real log."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

import asyncpg
import orjson
import pytest
import typer
from typer.testing import CliRunner

from chassis.database import migrate
from services.audit import compare as compare_module
from services.audit.account import Account, Entry, account
from services.audit.compare import compare, settled
from services.audit.journal import Journal, read
from tests.audit.test_compare import NOON, entry, http
from tests.engines import Engines
from tests.waiting import until

ADD = """
insert into entries (idx, received_at, topic, partition, "offset", headers, value, sha256,
                     id, type, source, subject, version, case_id, time, actor, cause)
values ((select coalesce(max(idx) + 1, 0) from entries), now(), 'renkei.intake', 0, 0, '[]', '{}', '',
        $1, $2, $3, $4, $5, $6, $7, 'window:W-01', $8)
"""

SUBMITTED = entry(0, "intake", 1, cause=http(0, 1))


@pytest.fixture
def log(engines: Engines, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty log; it counts as at rest sooner than outside of tests."""
    monkeypatch.setattr(compare_module, "STILL", 0.1)

    async def make() -> str:
        dsn = await engines.database("audit")
        await migrate(dsn, Path(compare_module.__file__).parent / "migrations")
        return dsn

    return asyncio.run(make())


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    file = tmp_path / "journal"
    fact = {"id": SUBMITTED.id, "subject": SUBMITTED.subject, "version": 1, "type": SUBMITTED.type}
    sent = {
        "service": "intake",
        "subject": SUBMITTED.subject,
        "command": "note",
        "key": "key-1",
        "case": "case-0",
    }
    lines: list[dict[str, object]] = [
        {"n": 0, "due": 1.0, "sent": 1.0, **sent},
        {"n": 0, "answered": 1.1, "status": 200, "facts": [fact], "refused": None},
    ]
    file.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
    return file


async def add(dsn: str, entries: Iterable[Entry]) -> None:
    connection = await asyncpg.connect(dsn)
    for e in entries:
        case = e.subject.partition("/")[2]
        await connection.execute(ADD, e.id, e.type, e.source, e.subject, e.version, case, NOON, e.cause)
    await connection.close()


def run(journal: Path, *options: str) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(compare)
    result = CliRunner().invoke(app, [str(journal), *options])
    return result.exit_code, result.output


def test_a_log_that_agrees_ends_well(log: str, journal: Path) -> None:
    elsewhere = [entry(7, "intake", 3, cause="not of this journal")]
    asyncio.run(add(log, [SUBMITTED, *elsewhere]))

    code, output = run(journal, "--database", log)

    assert (code, "Everything is accounted for" in output) == (0, True)


def test_what_is_missing_is_waited_for_and_then_named(log: str, journal: Path) -> None:
    code, output = run(journal, "--database", log, "--within", "0.5", "--json")

    result = orjson.loads(output)
    assert (code, result["agrees"]) == (1, False)
    assert result["findings"]["accepted and missing"]["count"] == 1
    assert SUBMITTED.id in result["findings"]["accepted and missing"]["all"][0]


def test_a_fact_of_a_case_that_another_asked_for_is_found(log: str, journal: Path) -> None:
    asyncio.run(add(log, [SUBMITTED, entry(0, "intake", 2, cause=http(0, 99))]))

    code, output = run(journal, "--database", log, "--within", "0.5")

    assert code == 1
    assert "nobody was told of" in output


async def test_what_disagrees_may_only_be_late(
    log: str, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An effect may come before its cause, for they come by different partitions."""
    looked_at: list[Account] = []

    def looking(asked: Journal, entries: Iterable[Entry]) -> Account:
        looked_at.append(account(asked, entries))
        return looked_at[-1]

    monkeypatch.setattr(compare_module, "account", looking)
    with journal.open("rb") as lines:
        asked = read(lines)
    cause, effect = entry(0, "intake", 2, cause=SUBMITTED.id), entry(0, "screening", 1, cause="intake-0-2")
    await add(log, [SUBMITTED, effect])
    connection = await asyncpg.connect(log)

    settling = asyncio.create_task(settled(connection, asked, within=20.0))
    assert await until(lambda: looked_at)
    await add(log, [cause])
    result = await settling

    await connection.close()
    assert not looked_at[0].agrees
    assert result.agrees


def test_a_log_that_cannot_be_read_is_said_so(journal: Path) -> None:
    code, output = run(journal, "--database", "postgresql://nobody@127.0.0.1:1/nothing")

    assert (code, "--database" in output) == (2, True)
