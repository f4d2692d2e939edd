"""What queries ask: a connection or a pool whose `doc` comes decoded."""

from __future__ import annotations

from typing import Any, Protocol


class Database(Protocol):
    """A connection or a pool."""

    async def fetch(self, query: str, *args: Any) -> list[Any]: ...
    async def fetchrow(self, query: str, *args: Any) -> Any: ...


def with_key(row: Any, key: str) -> dict[str, Any]:
    """A row as a document that tells its key."""
    return {key: row["key"], **row["doc"]}
