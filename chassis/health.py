"""Whether a process is well: `/health/live`, `/health/ready`, and `/metrics`.

A check answers None when all is well, and otherwise what is wrong in a few words.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import asyncpg
import orjson
from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from chassis.database import FAILS
from chassis.inbox import Inbox

Check = Callable[[], Awaitable[str | None]]


def routes(live: Mapping[str, Check], ready: Mapping[str, Check], measure: Check) -> APIRouter:
    """`/health/live`, `/health/ready` and `/metrics`. `measure` brings gauges up to date before they are read."""
    router = APIRouter(include_in_schema=False)

    async def health(checks: Mapping[str, Check]) -> Response:
        found = {name: await check() for name, check in checks.items()}
        well = all(wrong is None for wrong in found.values())
        parts = {name: wrong or "ok" for name, wrong in found.items()}
        return Response(
            orjson.dumps({"ok": well, "parts": parts}), 200 if well else 503, media_type="application/json"
        )

    @router.get("/health/live")
    async def is_live() -> Response:
        return await health(live)

    @router.get("/health/ready")
    async def is_ready() -> Response:
        return await health({**live, **ready})

    @router.get("/metrics")
    async def metrics() -> Response:
        await measure()
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


async def always() -> None:
    """What answers at all runs its event loop."""


def database(pool: asyncpg.Pool) -> Check:
    """The database answers within two seconds."""

    async def check() -> str | None:
        try:
            await asyncio.wait_for(pool.fetchval("select 1"), 2)
        except FAILS as error:
            return f"does not answer: {type(error).__name__}"
        return None

    return check


def broker(bootstrap: str) -> Check:
    """The first broker of the list takes connections."""

    async def check() -> str | None:
        host, _, port = bootstrap.partition(",")[0].rpartition(":")
        try:
            _, writer = await asyncio.wait_for(asyncio.open_connection(host, int(port)), 2)
        except OSError as error:
            return f"does not answer: {type(error).__name__}"
        writer.close()
        return None

    return check


def unless(stopping: asyncio.Event) -> Check:
    """Not while the process ends."""

    async def check() -> str | None:
        return "is stopping" if stopping.is_set() else None

    return check


def alive(task: asyncio.Task[None]) -> Check:
    """A task that has to run for ever still runs."""

    async def check() -> str | None:
        return "has ended; restart this process" if task.done() else None

    return check


def started(starting: asyncio.Task[None]) -> Check:
    """The consumer has reached Kafka once."""

    async def check() -> str | None:
        return None if starting.done() else "does not answer yet"

    return check


def consuming(inbox: Inbox, starting: asyncio.Task[None]) -> Check:
    """Once started, the consumer's own task still runs: it could end unseen."""

    async def check() -> str | None:
        if not starting.done():
            return None
        return None if inbox.alive() else "has ended; restart this process"

    return check
