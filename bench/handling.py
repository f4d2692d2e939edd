"""Commands: 64 callers at once, against the bare append of the same facts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from statistics import median

from bench import bare
from bench.engines import Bench, as_served
from bench.figures import percentile
from bench.samples import in_lots, submissions, submitted
from bench.table import Row, at_most, share_at_least
from chassis import telemetry
from chassis.commands import Commands
from chassis.deciding import Asked
from chassis.event_store import RequestKey
from services.intake.domain import SubmitProposal
from services.intake.main import SERVICE

CALLERS = 64
ROUTE = "/intake/proposal/{id}/submit-proposal"
DIGEST = b"-" * 16


async def measure(bench: Bench) -> list[Row]:
    many = bench.scaled(12_800, 3_200)
    rates, bares, latencies = [], [], []
    async with bench.parts(SERVICE) as parts:
        parts.commands.start()
        try:
            await _handled(parts.commands, submissions(1_000))
            for number in range(bench.rounds):
                bench.say(f"handle, {CALLERS} callers: round {number + 1} of {bench.rounds}")
                lots = list(in_lots(submitted(many), CALLERS))
                bares.append(await bare.appended(parts.pool, lots))
                todo = list(submissions(many))
                as_served()
                rate, took = await _handled(parts.commands, iter(todo))
                rates.append(rate)
                latencies.append(percentile(took, 99) * 1000)
        finally:
            await parts.commands.stop()
    note = f"{bench.rounds} rounds of {many:,}"
    return [
        Row(
            f"handle, {CALLERS} concurrent callers",
            median(rates),
            "commands/s",
            median(bares),
            f"one statement for {CALLERS} streams, one connection, facts only",
            share_at_least(0.5),
            note,
        ),
        Row(f"handle, {CALLERS} concurrent callers, p99", median(latencies), "ms", target=at_most(25)),
    ]


async def _handled(
    commands: Commands, todo: Iterator[tuple[str, SubmitProposal]]
) -> tuple[float, list[float]]:
    """Commands a second, and seconds each caller waited."""
    took: list[float] = []
    began = time.perf_counter()
    async with asyncio.TaskGroup() as callers:
        for _ in range(CALLERS):
            callers.create_task(_caller(commands, todo, took))
    return len(took) / (time.perf_counter() - began), took


async def _caller(commands: Commands, todo: Iterator[tuple[str, SubmitProposal]], took: list[float]) -> None:
    """One request after the other, as the HTTP side hands them over."""
    for case, command in todo:
        began = time.perf_counter()
        with telemetry.case_span("SubmitProposal", case, {"http.route": ROUTE}) as span:
            request = f"http:proposal/{case}:{case}-0.0"
            traceparent = telemetry.traceparent(span)
            await commands.handle(Asked(case, command, RequestKey(request, DIGEST), request, traceparent))
        took.append(time.perf_counter() - began)
