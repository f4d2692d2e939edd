"""The verifiable log: from Kafka to a checkpoint that is signed, cosigned by a witness over HTTP, and published."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import chain
from pathlib import Path
from statistics import median

import asyncpg
from aiohttp import web

from bench import bare
from bench.audit import copied
from bench.engines import Bench
from bench.inbox import through_inbox
from bench.samples import received, submitted
from bench.table import Row, at_least, at_most
from chassis.clock import system_clock
from chassis.inbox import MAX_RECORDS, Received
from services.audit.log import Log
from services.audit.main import SERVICE
from services.audit.publishing import Publisher
from services.audit.standing import Standing, Witness
from services.audit.tlog.notes import LOG, WITNESS, Signer
from services.audit.verifier.log import verify
from services.audit.verifier.notes import key
from services.audit.verifier.policy import policy
from services.audit.verifier.sources import Folder
from services.audit.witness.server import application
from services.audit.witness.store import Store

ORIGIN = "bench.example/audit"
TABLES = ("entries", "leaves", "nodes", "checkpoints")
SIZE = "select sum(pg_total_relation_size(name::regclass)) from unnest($1::text[]) name"
PATIENCE = 60.0  # seconds until the last entry is published


class _Timed:
    """When each batch came, and when a checkpoint that covers it was published."""

    def __init__(self, log: Log, publisher: Publisher) -> None:
        self._log = log
        self._publisher = publisher
        self.taken: list[tuple[int, float]] = []  # how many records so far; when the last of them came
        self.published: list[tuple[int, float]] = []

    async def take(self, batch: Sequence[Received]) -> None:
        came = time.perf_counter()
        await self._log(batch)
        self.taken.append(((self.taken[-1][0] if self.taken else 0) + len(batch), came))

    async def publish(self, until: int) -> None:
        """As the service does it: a look, and a pause."""
        while not self.published or self.published[-1][0] < until:
            self.published.append((await self._publisher.publish(), time.perf_counter()))
            await asyncio.sleep(0.2)

    @property
    def rate(self) -> float:
        """Records a second, from the first batch's arrival until all are published."""
        size, at = self.published[-1]
        return size / (at - self.taken[0][1])

    @property
    def p99(self) -> float:
        """Seconds from a record's arrival until it is published; of a hundred records, one waits longer."""
        waited: list[float] = []
        before = 0
        for size, came in self.taken:
            seen = next(at for covered, at in self.published if covered >= size)
            waited += [seen - came] * (size - before)
            before = size
        return sorted(waited)[int(len(waited) * 0.99)]


async def measure(bench: Bench) -> list[Row]:
    many = bench.scaled(30_000, 4_000)
    topic = await bench.topic("bench-checkpoints")
    both = zip(submitted(many // 2), received(many // 2), strict=True)
    await bare.produced(bench.bootstrap, topic, list(chain.from_iterable(both)))
    rates, waits, copies, stored, files = [], [], [], [], []
    for number in range(bench.rounds):
        bench.say(f"checkpoints: round {number + 1} of {bench.rounds}")
        with tempfile.TemporaryDirectory() as scratch:
            folder, group = Path(scratch), f"checkpoints-{topic}-{number}"
            async with bench.parts(SERVICE) as parts, _trusted(folder) as (signer, standing, trust):
                log = Log(parts.pool, parts.clock, signer, standing)
                timed = _Timed(log, Publisher(parts.pool, folder / "log", standing))
                publishing = asyncio.create_task(timed.publish(many))
                await through_inbox(bench.bootstrap, topic, group, timed.take, parts.letters, many)
                await asyncio.wait_for(publishing, PATIENCE)
                verify(
                    Folder(folder / "log"), policy(trust.encode()), opaque=True
                )  # samples are no whole streams
                entries: list[asyncpg.Record] = await parts.pool.fetch("select * from entries order by idx")
                stored.append(int(await parts.pool.fetchval(SIZE, TABLES)) / many)
            files.append(sum(f.stat().st_size for f in (folder / "log").rglob("*") if f.is_file()) / many)
        rates.append(timed.rate)
        waits.append(timed.p99)
        async with bench.parts(SERVICE) as parts:
            copies.append(await copied(parts.pool, entries))
    return [
        Row(
            "log, Kafka to cosigned checkpoint",
            median(rates),
            "entries/s",
            median(copies),
            f"COPY of the bare rows, {MAX_RECORDS} a transaction",
            at_least(5_000),
            f"{bench.rounds} rounds of {many:,}, each verified; an entry takes {median(stored):,.0f} bytes in the "
            f"database and {median(files):,.0f} published",
        ),
        Row(
            "log, arrival to published checkpoint, p99",
            median(waits) * 1000,
            "ms",
            target=at_most(2_000),
            note="under that load; the witness keeps what it saw before it answers",
        ),
    ]


@asynccontextmanager
async def _trusted(folder: Path) -> AsyncIterator[tuple[Signer, Standing, str]]:
    """A key for the log, a witness that listens, and the policy that demands both."""
    signer, court = Signer.new(ORIGIN, LOG), Signer.new("bench.example/witness", WITNESS)
    logs = {ORIGIN: [key(signer.key.vkey)]}
    app = application(court, logs, Store(folder / "witness"), lambda: system_clock().timestamp())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    trust = f"log {signer.key.vkey}\nwitness bench {court.key.vkey}\nquorum bench\n"
    try:
        yield signer, Standing([Witness(court.key, f"http://{host}:{port}")]), trust
    finally:
        await runner.cleanup()
