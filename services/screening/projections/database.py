"""What queries need of a database."""

from __future__ import annotations

from typing import Any, Protocol


class Database(Protocol):
    """A connection or a pool; `doc` comes decoded."""

    async def fetch(self, query: str, *args: Any) -> list[Any]: ...
    async def fetchrow(self, query: str, *args: Any) -> Any: ...
