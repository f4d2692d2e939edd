"""A read model made anew, from all the facts that intake would hold."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

import asyncpg

from bench.engines import Bench, as_served
from bench.samples import AT, DAY, EDITION, MUNICIPALITY, envelope, submissions
from bench.table import Row, at_least
from chassis.rebuild import rebuild
from contracts.cloudevents import Envelope
from contracts.intake import Partner, ProposalReceived, Stage, StageReached
from services.intake.domain import PROPOSAL
from services.intake.main import SERVICE
from services.intake.projections import CASES

COLUMNS = (
    "stream", "version", "id", "type", "time", "actor", "municipality", "cause", "traceparent", "body",
)  # fmt: skip
STAGES = (Stage.MATCHING, Stage.DIALOGUE, Stage.EVALUATION, Stage.AGREED)


async def measure(bench: Bench) -> list[Row]:
    cases = bench.scaled(33_500, 5_000)
    rates, reads = [], []
    async with bench.parts(SERVICE) as parts:
        bench.say("rebuild: writing the facts of many cases")
        rows = (_columns(one) for one in _lives(cases))
        async with parts.pool.acquire() as connection:
            await connection.copy_records_to_table("events", records=rows, columns=COLUMNS)
        total = cases * (2 + len(STAGES))
        await bench.settled(parts.settings.database)
        for number in range(bench.rounds):
            bench.say(f"rebuild: round {number + 1} of {bench.rounds}")
            reads.append(await _read(parts.pool, total))
            as_served()
            began = time.perf_counter()
            replayed = await rebuild(parts.store, CASES)
            rates.append(replayed / (time.perf_counter() - began))
            assert replayed == total, f"{replayed:,} of {total:,} facts were replayed"
        kept = await parts.pool.fetchval(f"select count(*) from {CASES.name}")
        assert kept == cases, f"{kept:,} of {cases:,} cases are in the read model"
    return [
        Row(
            "rebuild of a read model",
            median(rates),
            "events/s",
            median(reads),
            "reading the same rows by cursor",
            at_least(50_000),
            f"{bench.rounds} rounds of {total:,} facts of {cases:,} cases",
        )
    ]


def _lives(cases: int) -> Iterator[Envelope]:
    """Cases from submission to agreement, as their streams at intake hold them."""
    for case, command in submissions(cases):
        [fact] = PROPOSAL.decide(command, PROPOSAL.initial)
        yield envelope(case, fact)
        partner = Partner(name=command.proposer.name, corporate_number=command.proposer.corporate_number)
        accepted = ProposalReceived(
            edition=EDITION,
            municipality=MUNICIPALITY,
            received_on=DAY,
            receipt_number=command.receipt_number,
            partner=partner,
        )
        yield envelope(case, accepted, 2)
        for version, stage in enumerate(STAGES, 3):
            yield envelope(case, StageReached(stage=stage, since=AT), version)


def _columns(e: Envelope) -> tuple[object, ...]:
    body = e.body.decode()
    return (
        e.subject, e.version, e.id, e.type, e.time, e.actor, e.municipality, e.cause, e.traceparent, body,
    )  # fmt: skip


async def _read(pool: asyncpg.Pool, total: int) -> float:
    """Rows a second that arrive here."""
    async with pool.acquire() as connection, connection.transaction(readonly=True):
        began = time.perf_counter()
        cursor = await connection.cursor("select * from events order by position")
        seen = 0
        while rows := await cursor.fetch(5000):
            seen += len(rows)
        assert seen == total
        return seen / (time.perf_counter() - began)
