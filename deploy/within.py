"""Into the database of a service of the local stack, for what an operator does there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Annotated, Any

import asyncpg
import typer

from chassis.database import UNREACHABLE, connect
from deploy.local import SERVICES
from deploy.local.client import running
from deploy.local.stack import dsn
from deploy.local.trouble import Trouble

Name = Annotated[str, typer.Argument(help=f"One of {', '.join(SERVICES)}.")]


@asynccontextmanager
async def database(name: str) -> AsyncIterator[asyncpg.Pool]:
    """Raises Trouble when there is no such service."""
    if name not in SERVICES:
        raise Trouble(f"There is no service {name!r}: take one of {', '.join(SERVICES)}.")
    pool = await connect(dsn(running(), name), 4)
    try:
        yield pool
    finally:
        await pool.close()


def worked(work: Coroutine[Any, Any, Any]) -> Any:
    """What comes of it. Raises Trouble when the database is away."""
    try:
        return asyncio.run(work)
    except UNREACHABLE as error:
        raise Trouble(
            f"The database does not answer ({type(error).__name__}): `renkei up` starts the stack."
        ) from None
