"""One submission at a time on a system that has nothing else to do: when does the audit log have it?"""

from __future__ import annotations

import asyncio
import time
from random import Random

import aiohttp
import asyncpg
import orjson

from bench.figures import percentile
from bench.samples import case_id
from bench.stack import Stack
from bench.table import Row, at_most
from deploy.load import steps
from deploy.local.passwords import AUDITOR
from deploy.local.stack import dsn

WARM_UP = 10
PATIENCE = 10.0  # seconds
LOOK_EVERY = 0.001
THERE = "select 1 from entries where case_id = $1 limit 1"


async def measure(stack: Stack) -> list[Row]:
    many, rng = stack.scaled(100, 30), Random(1)
    stack.say(f"idle: {many} submissions, one at a time")
    log = await asyncpg.connect(dsn(stack.settings, AUDITOR, "audit"))
    try:
        took = []
        async with aiohttp.ClientSession(f"http://{stack.settings.ports.address('intake')}") as intake:
            for _ in range(WARM_UP + many):
                await asyncio.sleep(rng.uniform(0.01, 0.06))  # so as not to fall in step with anybody's waits
                took.append(await _one(intake, log, rng))
    finally:
        await log.close()
    took = [seconds * 1000 for seconds in took[WARM_UP:]]
    name, note = "idle, submit to audit entry", f"{many} submissions"
    return [
        Row(f"{name}, p50", percentile(took, 50), "ms", target=at_most(60), note=note),
        Row(f"{name}, p99", percentile(took, 99), "ms", target=at_most(150)),
    ]


async def _one(intake: aiohttp.ClientSession, log: asyncpg.Connection, rng: Random) -> float:
    """Seconds from sending the request until its fact can be read in the log."""
    case, step = case_id(), steps.submit(rng)
    body = orjson.dumps(step.body)
    headers = {"Renkei-Actor": step.actor, "Idempotency-Key": case, "Content-Type": "application/json"}
    began = time.perf_counter()
    async with intake.post(f"/intake/proposal/{case}/{step.command}", data=body, headers=headers) as answer:
        assert answer.status == 200, f"intake answered {answer.status}"
        await answer.read()
    while not await log.fetchval(THERE, case):
        if time.perf_counter() - began > PATIENCE:
            raise TimeoutError(f"after {PATIENCE:.0f} s the audit log did not have the submission")
        await asyncio.sleep(LOOK_EVERY)
    return time.perf_counter() - began
