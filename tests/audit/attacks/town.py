"""A log as it runs – writer, publisher, witness – on a real database, with keys of its own; and its auditor."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
from aiohttp import web
from aiokafka import ConsumerRecord

import contracts.intake
import contracts.screening
import services.audit
from chassis.database import connect
from chassis.inbox import Received
from contracts.cloudevents import Envelope, headers
from deploy.evidence.kept import Kept
from deploy.local.databases import in_database
from services.audit.log import Log
from services.audit.publishing import Publisher
from services.audit.standing import Standing, Witness
from services.audit.tlog.notes import LOG, WITNESS, Signer
from services.audit.verifier.log import Verified, verify
from services.audit.verifier.notes import checkpoint, key
from services.audit.verifier.policy import policy
from services.audit.verifier.sources import Folder
from services.audit.witness.server import application
from services.audit.witness.store import Store
from tests.engines import Engines

AUDIT = Path(services.audit.__file__).parent
START = datetime(2024, 8, 1, 0, 0, tzinfo=UTC)
BODY = b'{"reason":"withdrawn"}'


def fact(
    case: str,
    version: int,
    offset: int | None = None,
    body: bytes = BODY,
    id_: str | None = None,
    type_: str = contracts.screening.ScreeningClosed.type,
) -> Received:
    """A fact as it comes from Kafka: of a screening, unless another type is said."""
    envelope = Envelope(
        id=id_ or f"{case}-{version}", type=type_, source="/screening",
        subject=f"screening/{case}", version=version, time=START, case=case, actor="service:screening",
        municipality="112089", cause=None, traceparent=None, body=body,
    )  # fmt: skip
    place = hash_free(case, version) if offset is None else offset
    record = ConsumerRecord(
        "renkei.screening", 0, place, 0, 0, case.encode(), body, None, -1, -1, tuple(headers(envelope))
    )
    return Received(record, envelope)


def hash_free(case: str, version: int) -> int:
    return version * 1000 + sum(case.encode()) % 1000


def facts(count: int, case: str = "a", first: int = 1) -> list[Received]:
    return [fact(case, version) for version in range(first, first + count)]


@dataclass
class Town:
    """One log. Its database, its folder and its keys can be taken from under it."""

    engines: Engines
    dsn: str
    folder: Path
    signer: Signer
    court: Signer
    witness_url: str = ""
    now: datetime = START
    pools: list[asyncpg.Pool] = field(default_factory=list)

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def standing(self, witnessed: bool = True) -> Standing:
        return Standing([Witness(self.court.key, self.witness_url)] if witnessed and self.witness_url else [])

    async def pool(self, dsn: str | None = None) -> asyncpg.Pool:
        pool = await connect(dsn or self.dsn, 4)
        self.pools.append(pool)
        return pool

    async def service(
        self, dsn: str | None = None, signer: Signer | None = None, witnessed: bool = True
    ) -> tuple[Log, Publisher]:
        """Writer and publisher, as a start of the audit service makes them."""
        pool, standing = await self.pool(dsn), self.standing(witnessed)
        log = Log(pool, self.clock, signer or self.signer, standing)
        return log, Publisher(pool, self.folder, standing)

    async def stop(self) -> None:
        for pool in self.pools:
            pool.terminate()
        self.pools.clear()

    @asynccontextmanager
    async def administrator(self, dsn: str | None = None) -> AsyncIterator[asyncpg.Connection]:
        """A superuser, past every trigger."""
        connection = await asyncpg.connect(
            in_database(self.engines.admin_dsn, (dsn or self.dsn).rpartition("/")[2])
        )
        try:
            await connection.execute("set session_replication_role = replica")
            for table in ("entries", "leaves", "nodes", "checkpoints"):
                await connection.execute(f"alter table {table} disable trigger all")
            yield connection
        finally:
            await connection.close()

    @property
    def policy(self) -> str:
        return f"log {self.signer.key.vkey}\nwitness court {self.court.key.vkey}\nquorum court\n"

    def audited(self, known: bytes | None = None, with_rows: bool = True) -> Verified:
        """What an auditor finds who was given the policy by another way. Raises Refusal."""
        published = Folder(self.folder)
        of = Kept(published, self.dsn) if with_rows else published
        return verify(of, policy(self.policy.encode()), checkpoint(known) if known else None)

    async def copied(self) -> str:
        """A backup of the database, as of now."""
        await self.stop()
        name = self.dsn.rpartition("/")[2]
        dsn = await self.engines.database("audit")
        copy = dsn.rpartition("/")[2]
        admin = await asyncpg.connect(self.engines.admin_dsn)
        try:
            owner = await admin.fetchval(
                "select pg_get_userbyid(datdba) from pg_database where datname = $1", copy
            )
            await admin.execute(f'drop database "{copy}"')
            await admin.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", name
            )
            await admin.execute(f'create database "{copy}" template "{name}" owner "{owner}"')
        finally:
            await admin.close()
        return in_database(self.engines.admin_dsn, copy)

    def head(self) -> bytes:
        return (self.folder / "checkpoint").read_bytes()

    def forget_what_is_published(self) -> None:
        shutil.rmtree(self.folder)


@asynccontextmanager
async def town(engines: Engines, folder: Path) -> AsyncIterator[Town]:
    dsn = await engines.of("services.audit")
    made = Town(
        engines,
        dsn,
        folder / "log",
        Signer.new("city.example/audit", LOG),
        Signer.new("court.example", WITNESS),
    )
    async with witness(made, folder / "witness", lambda: made.now.timestamp()) as url:
        made.witness_url = url
        try:
            yield made
        finally:
            await made.stop()


@asynccontextmanager
async def witness(
    of: Town, folder: Path, now: Callable[[], float], trusted: Sequence[str] = (), port: int = 0
) -> AsyncIterator[str]:
    """A witness over HTTP, with its own store. `trusted`: the keys of the log, where there are several."""
    keys = [key(vkey) for vkey in trusted or [of.signer.key.vkey]]
    app = application(of.court, {of.signer.name: keys}, Store(folder), now)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


async def off_loop(work: Callable[[], Verified]) -> Verified:
    """The auditor reads the database by loops of his own."""
    return await asyncio.to_thread(work)
