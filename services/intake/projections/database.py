"""What queries ask: a connection or a pool whose `doc` comes decoded."""

from __future__ import annotations

from typing import Any, Protocol


class Database(Protocol):
    """A connection or a pool."""

    async def fetch(self, query: str, *args: Any) -> list[Any]: ...
    async def fetchrow(self, query: str, *args: Any) -> Any: ...


def shown(rows: list[Any], key: str) -> list[dict[str, Any]]:
    """Rows as documents that tell their key, without the hashes of secrets."""
    hidden = "secret_hash"
    return [{key: row["key"], **{n: v for n, v in row["doc"].items() if n != hidden}} for row in rows]


def with_key(row: Any, key: str) -> dict[str, Any] | None:
    """A row as a document that tells its key; None where there is no row."""
    return {key: row["key"], **row["doc"]} if row else None
