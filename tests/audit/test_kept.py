"""What a superuser does to the rows of the audit database is seen against the log that was published."""

import asyncio
import json
from collections.abc import Callable
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
ADD = """
insert into entries (idx, received_at, topic, partition, "offset", headers, value, sha256, id, type, source, subject,
                     version, case_id, time, actor)
values ($1::bigint, now(), 'renkei.intake', 0, $1::bigint, '[]', $2, sha256($2), 'fact-' || $1::bigint, 'type',
        '/intake', 's', $1::bigint + 1, 'c', now(), 'window:W-01')
"""

AsSuperuser = Callable[[str], None]


@pytest.fixture
def kept(engines: Engines, tmp_path: Path) -> tuple[Kept, AsSuperuser]:
    """A log of 300 entries, published; and the way in which a superuser reaches its rows."""
    written = some(COUNT)

    async def make() -> str:
        dsn = await engines.database("audit")
        await migrate(dsn, Path(rerun.__file__).parent / "migrations")
        connection = await asyncpg.connect(dsn)
        await connection.executemany(ADD, list(enumerate(written.values)))
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


@pytest.mark.parametrize("what", TAMPERED)
def test_a_row_that_is_not_the_one_published_is_named(what: str, kept: tuple[Kept, AsSuperuser]) -> None:
    log, change = kept
    statements, first = TAMPERED[what]
    change(statements)
    with pytest.raises(Refusal) as refused:
        verify(log, policy(POLICY))
    assert (refused.value.check, refused.value.entry) == ("entry.bytes", first)
