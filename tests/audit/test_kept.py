"""What a superuser does to the rows of the audit database is seen against the log that was published."""

import asyncio
import base64
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from chassis.database import migrate
from deploy import verification
from deploy.evidence.kept import Kept
from deploy.local.databases import in_database
from services.audit import rerun
from services.audit.verifier.log import verify
from services.audit.verifier.policy import policy
from services.audit.verifier.sources import Folder
from services.audit.verifier.verdict import Refusal
from tests.audit.verifier.logs import POLICY, publish, some
from tests.audit.verifier.test_command import run
from tests.engines import Engines

COUNT = 300
KNOWN = datetime(2024, 8, 1, 0, 0, 1, tzinfo=UTC)
ADD = """
insert into entries (idx, received_at, topic, partition, "offset", headers, value, sha256, id, type, source, subject,
                     version, case_id, time, actor)
select $1, $4, e->>'topic', 0, $1, $5, $2, sha256($2), e->>'id', e->>'type', e->>'source', e->>'subject',
       (e->>'streamversion')::integer, e->>'correlationid', (e->>'time')::timestamptz, e->>'actor'
from (select $3::text::jsonb as e) entry
"""


def heard(entry: str) -> bytes:
    """The headers of the record that the entry is of, as they are kept."""
    pairs = [(f"ce_{name}", str(value)) for name, value in json.loads(entry).items() if value is not None]
    return json.dumps([(name, encoded(value)) for name, value in pairs]).encode()


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


AsSuperuser = Callable[[str], None]


@pytest.fixture
def kept(engines: Engines, tmp_path: Path) -> tuple[Kept, AsSuperuser]:
    """A log of 300 entries, published; and the way in which a superuser reaches its rows."""
    written = some(COUNT)

    async def make() -> str:
        dsn = await engines.database("audit")
        await migrate(dsn, Path(rerun.__file__).parent / "migrations")
        connection = await asyncpg.connect(dsn)
        entries = [entry.decode() for entry in written.entries]
        await connection.executemany(
            ADD, [(n, written.values[n], entries[n], KNOWN, heard(entries[n])) for n in range(COUNT)]
        )
        await connection.close()
        return dsn

    async def change(statements: str) -> None:
        admin = await asyncpg.connect(in_database(engines.admin_dsn, dsn.rpartition("/")[2]))
        await admin.execute(f"alter table entries disable trigger all; {statements}")
        await admin.close()

    dsn = asyncio.run(make())
    log = Kept(Folder(publish(tmp_path, written.entries)), dsn)
    return log, lambda statements: asyncio.run(change(statements))


def test_what_nobody_touched_is_accepted(kept: tuple[Kept, AsSuperuser]) -> None:
    log, _ = kept
    assert verify(log, policy(POLICY)).checkpoint.size == COUNT


def test_without_from_the_own_log_is_verified_with_the_rows_that_are_kept(
    kept: tuple[Kept, AsSuperuser], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, change = kept
    monkeypatch.setenv(verification.OWN, str(tmp_path))
    monkeypatch.setattr(verification, "AT_ONCE", 0)  # in several processes
    assert run("--database", log._database)[0] == 0
    change("update entries set value = '{}', sha256 = sha256('{}') where idx = 299")
    code, said = run("--database", log._database, "--json")
    assert (code, json.loads(said)["entry"]) == (1, 299)
    assert run("--from", tmp_path, "--database", log._database)[0] == 0, "what was published is as it was"


SWAP = """
update entries set idx = -1 where idx = 70; update entries set idx = 70 where idx = 80;
update entries set idx = 80 where idx = -1
"""
TAMPERED = {
    "row edited, and its digest with it": (
        "update entries set value = '{}', sha256 = sha256('{}') where idx = 123",
        123,
    ),
    "middle row deleted": ("delete from entries where idx = 200", 200),
    "two rows swapped": (SWAP, 70),
    "tail cut": ("delete from entries where idx >= 290", 290),
    "everything deleted": ("delete from entries", 0),
}
REWORDED = {
    "who": ("actor = 'window:W-99'", "says actor 'window:W-99', the entry 'window:W-01:S01'"),
    "when": ("time = time + interval '1 second'", "says time '2024-08-01T00:00:01.000000Z'"),
    "what": ("type = 'renkei.intake.ProposalLapsed.v1'", "says type"),
    "when it was known": (
        "received_at = received_at - interval '1 day'",
        "says receivedtime '2024-07-31T00:00:01",
    ),
    "of which case": ("case_id = 'C9'", "says correlationid 'C9', the entry 'C4'"),
    "why": ("cause = 'fact-1'", "says causationid 'fact-1', the entry None"),
    "of which stream": ("subject = 'proposal/C9'", "says subject"),
    "which of its stream": ("version = 99", "says streamversion 99, the entry 18"),
    "whose": ("source = '/screening'", "says source"),
    "its id": ("id = 'another'", "says id"),
    "by its headers": (
        f"headers = replace(convert_from(headers, 'UTF8'), '{encoded('112089')}', '{encoded('112090')}')::bytea",
        "says municipality '112090', the entry '112089'",
    ),
    "headers that are none": ("headers = '[]'", "says headers 'nothing that can be read"),
    "where it was found": ('"offset" = 7', "says offset 7, the entry 123"),
}


@pytest.mark.parametrize("what", REWORDED)
def test_an_attribute_that_is_read_with_a_fact_and_was_not_logged_so_is_named(
    what: str, kept: tuple[Kept, AsSuperuser]
) -> None:
    log, change = kept
    column, said = REWORDED[what]
    change(f"update entries set {column} where idx = 123")
    with pytest.raises(Refusal, match=re.escape(said)) as refused:
        verify(log, policy(POLICY))
    assert (refused.value.check, refused.value.entry) == ("entry.row", 123)


@pytest.mark.parametrize("what", TAMPERED)
def test_a_row_that_is_not_the_one_published_is_named(what: str, kept: tuple[Kept, AsSuperuser]) -> None:
    log, change = kept
    statements, first = TAMPERED[what]
    change(statements)
    with pytest.raises(Refusal) as refused:
        verify(log, policy(POLICY))
    assert (refused.value.check, refused.value.entry) == ("entry.bytes", first)
