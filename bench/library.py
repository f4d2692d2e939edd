"""The same appends by `eventsourcing`, a library, on the same PostgreSQL."""

from __future__ import annotations

import asyncio
import importlib.util
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from bench import bare
from bench.engines import Bench
from bench.samples import in_lots, submitted
from bench.table import Row
from contracts.cloudevents import Envelope
from services.intake.main import SERVICE

BATCH = 64
THREADS = 16


async def measure(bench: Bench) -> list[Row]:
    together, single = "eventsourcing 9.5, 64 streams a call", "eventsourcing 9.5, 16 threads, one a call"
    if importlib.util.find_spec("psycopg") is None:
        missing = "not measured: its PostgreSQL driver, psycopg, is not installed"
        return [Row(name, None, "events/s", note=missing) for name in (together, single)]
    many, fewer = bench.scaled(6_400, 1_280), bench.scaled(1_600, 320)
    ours, batches, singles = [], [], []
    for number in range(bench.rounds):
        bench.say(f"eventsourcing: round {number + 1} of {bench.rounds}")
        lots = list(in_lots(submitted(many), BATCH))
        async with bench.parts(SERVICE) as parts:
            ours.append(await bare.appended(parts.pool, lots))
        dsn = await bench.database("library")
        batches.append(await asyncio.to_thread(_together, dsn, lots))
        singles.append(await asyncio.to_thread(_one_by_one, dsn, list(submitted(fewer))))
    note = f"{bench.rounds} rounds; the library writes its events and no outbox"
    beside = "our bare append of the same facts"
    return [
        Row(together, median(batches), "events/s", median(ours), beside, note=note),
        Row(single, median(singles), "events/s", median(ours), beside),
    ]


@cache
def _proposal() -> Any:
    """An aggregate of one event; made late, for the library may be missing, and once, for it keeps a register."""
    from eventsourcing.domain import Aggregate, event

    class Proposal(Aggregate):
        @event("Submitted")
        def __init__(self, case: str, body: str) -> None:
            self.case = case
            self.body = body

    return Proposal


def _application(dsn: str) -> Any:
    """An application of the library on this database."""
    from eventsourcing.application import Application

    server = urlsplit(dsn)
    environment = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": server.path.lstrip("/"),
        "POSTGRES_HOST": server.hostname or "",
        "POSTGRES_PORT": str(server.port),
        "POSTGRES_USER": server.username or "",
        "POSTGRES_PASSWORD": server.password or "",
        "POSTGRES_POOL_SIZE": str(THREADS),
    }
    return Application(env=environment)


def _together(dsn: str, lots: Sequence[Sequence[Envelope]]) -> float:
    """Events a second when one call saves a lot of new aggregates in one transaction."""
    application, proposal = _application(dsn), _proposal()
    try:
        began = time.perf_counter()
        for lot in lots:
            application.save(*(proposal(e.case, e.body.decode()) for e in lot))
        return sum(map(len, lots)) / (time.perf_counter() - began)
    finally:
        application.close()


def _one_by_one(dsn: str, envelopes: list[Envelope]) -> float:
    """Events a second when each call saves one, from many threads."""
    application, proposal = _application(dsn), _proposal()
    try:
        with ThreadPoolExecutor(THREADS) as threads:
            began = time.perf_counter()
            list(threads.map(lambda e: application.save(proposal(e.case, e.body.decode())), envelopes))
            return len(envelopes) / (time.perf_counter() - began)
    finally:
        application.close()
