"""The service's own PostgreSQL: a pool whose jsonb columns are Python values, and migrations by numbered SQL files."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import asyncpg
import orjson

# What asyncpg raises when the server is away, going down or coming up; a repeated try may succeed.
UNREACHABLE: tuple[type[BaseException], ...] = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # what a connection says that was lost in the middle of something
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
)


def encode(value: Any) -> str:
    """A document as the text that goes into a jsonb column."""
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


# The same, or it answers with an error.
FAILS: tuple[type[BaseException], ...] = (*UNREACHABLE, asyncpg.PostgresError)

# Every query of a service goes by an index. The planner cannot know: in a fast growing table its statistics lag behind,
# and a plan kept from the time when the table was small would scan it.
PLANS = {"enable_seqscan": "off", "plan_cache_mode": "force_generic_plan"}


async def _speak_json(connection: asyncpg.Connection) -> None:
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=encode, decoder=orjson.loads)


async def _as_it_is(connection: asyncpg.Connection) -> None:
    """Nothing here leaves a session changed: asyncpg's own RESET ALL would be a second round trip for every query."""


async def connect(dsn: str, size: int = 8) -> asyncpg.Pool:
    """A pool of at most `size` connections. Raises one of UNREACHABLE when the server cannot be had."""
    return await asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=size,
        init=_speak_json,
        reset=_as_it_is,
        command_timeout=60,
        server_settings=PLANS,
    )


CHASSIS_MIGRATIONS = Path(__file__).parent / "migrations"


def migrations(package: str) -> tuple[Path, ...]:
    """The folders that make the database of the service in this package: the chassis's, then its own."""
    found = find_spec(package)
    assert found, f"{package} is not here"
    assert found.submodule_search_locations, f"{package} is no package"
    return CHASSIS_MIGRATIONS, *(Path(place) / "migrations" for place in found.submodule_search_locations)


async def migrate(dsn: str, *folders: Path) -> list[str]:
    """Applies the SQL files of these folders that were not applied yet, in order; returns their names.

    Files are numbered within their folder and never edited once released. Two processes may call this at once.
    """
    applied = []
    connection = await asyncpg.connect(dsn)
    try:
        async with connection.transaction():
            await connection.execute("select pg_advisory_xact_lock(hashtext('migrate'))")
            await connection.execute(
                "create table if not exists migrations (name text primary key, at timestamptz default now())"
            )
            done = {row["name"] for row in await connection.fetch("select name from migrations")}
            for folder in folders:
                for file in sorted(folder.glob("*.sql")):
                    name = f"{folder.parent.name}/{file.name}"
                    if name not in done:
                        await connection.execute(file.read_text())
                        await connection.execute("insert into migrations (name) values ($1)", name)
                        applied.append(name)
    finally:
        await connection.close()
    return applied
