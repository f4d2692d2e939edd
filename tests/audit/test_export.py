"""The log as static files: verified by our verifier and by Go's, extended and never changed."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest
import typer
from typer.testing import CliRunner

from chassis.database import migrate
from deploy.evidence import commands
from deploy.evidence.export import Key, NotAnExtension, export
from deploy.local.databases import in_database
from services.audit import rerun
from services.audit.verifier.log import Verified, verify
from services.audit.verifier.policy import policy
from services.audit.verifier.sources import Folder
from tests.audit.verifier.test_foreign import in_go, needs_go
from tests.engines import Engines

ADD = """
insert into entries (idx, received_at, topic, partition, "offset", headers, value, sha256, id, type, source, subject,
                     version, case_id, time, actor, cause)
select n, now(), 'renkei.intake', 0, n, '[]', convert_to('{"n":' || n || '}', 'UTF8'), sha256('x'), 'fact-' || n,
       'renkei.intake.提案.v1', '/intake', 'proposal/C' || n % 7, n / 7 + 1, 'C' || n % 7, now(), 'window:W-01',
       case when n % 2 = 0 then 'http:x' end
from generate_series($1::bigint, $2::bigint - 1) n
"""


class Room:
    """An audit database, a key, and the folder that the log is published into."""

    def __init__(self, dsn: str, admin: str, folder: Path) -> None:
        self.dsn, self._admin, self.folder = dsn, admin, folder / "log"
        self.key = Key.make(folder / "key", "ppp.example/audit")

    async def add(self, first: int, end: int) -> None:
        connection = await asyncpg.connect(self.dsn)
        await connection.execute(ADD, first, end)
        await connection.close()

    async def change(self, statements: str) -> None:
        admin = await asyncpg.connect(self._admin)
        await admin.execute(f"alter table entries disable trigger all; {statements}")
        await admin.close()

    async def publish(self) -> int:
        connection = await asyncpg.connect(self.dsn)
        try:
            return await export(connection, self.folder, self.key)
        finally:
            await connection.close()

    def verified(self) -> Verified:
        return verify(Folder(self.folder), policy((self.folder / "policy").read_bytes()))


@pytest.fixture
async def room(engines: Engines, tmp_path: Path) -> Room:
    dsn = await engines.database("audit")
    await migrate(dsn, Path(rerun.__file__).parent / "migrations")
    return Room(dsn, in_database(engines.admin_dsn, dsn.rpartition("/")[2]), tmp_path)


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 600, 66_000])
async def test_what_is_published_is_verified(room: Room, size: int) -> None:
    await room.add(0, size)
    assert await room.publish() == size
    found = await asyncio.to_thread(room.verified)
    assert (found.checkpoint.size, found.cases) == (size, min(size, 7))


@needs_go
async def test_go_accepts_it(room: Room) -> None:
    await room.add(0, 600)
    await room.publish()
    assert (await asyncio.to_thread(in_go, room.folder))[0] == 0


async def test_it_is_extended_and_equal_where_nothing_came(room: Room) -> None:
    await room.add(0, 300)
    await room.publish()
    first = (room.folder / "checkpoint").read_bytes()
    await room.publish()
    assert (room.folder / "checkpoint").read_bytes() == first
    await room.add(300, 601)
    assert await room.publish() == 601
    assert room.verified().checkpoint.size == 601


CHANGES = {
    "edited": "update entries set actor = 'nobody' where idx = 3",
    "deleted in the middle": "delete from entries where idx = 100",
    "cut": "delete from entries where idx >= 290",
    "an old backup": "delete from entries where idx >= 256",
    "rewritten at the tail": "update entries set value = '{}' where idx = 299",
}


@pytest.mark.parametrize("what", CHANGES)
async def test_what_was_published_is_never_signed_otherwise(room: Room, what: str) -> None:
    await room.add(0, 300)
    await room.publish()
    before = {path: path.read_bytes() for path in room.folder.rglob("*") if path.is_file()}
    await room.change(CHANGES[what])
    with pytest.raises(NotAnExtension):
        await room.publish()
    assert {path: path.read_bytes() for path in before} == before


def test_a_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command("keygen")(commands.keygen_command)
    app.command("other")(commands.verifier_command)
    run: Callable[[], object] = lambda: CliRunner().invoke(  # noqa: E731
        app, ["keygen", "-o", str(tmp_path / "key"), "--name", "ppp.example/audit"]
    )
    made = run()
    assert made.exit_code == 0  # type: ignore[attr-defined]
    assert Key.read(tmp_path / "key").vkey in made.output  # type: ignore[attr-defined]
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert "never overwritten" in str(run().exception)  # type: ignore[attr-defined]
