"""An engine that somebody else runs, whose address was set."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from deploy.local.databases import answers
from deploy.local.jars import Progress, silent
from deploy.local.mail import greets
from deploy.local.topics import brokers


class External:
    """Looked after, never started or stopped."""

    process = None

    def __init__(self, ready: Callable[[], Awaitable[bool]]) -> None:
        self._ready = ready

    def prepare(self, _progress: Progress = silent) -> None: ...
    async def launch(self) -> None: ...
    async def stop(self) -> None: ...

    async def ready(self) -> bool:
        return await self._ready()

    async def alive(self) -> bool:
        return True


def external_kafka(bootstrap: str) -> External:
    async def ready() -> bool:
        return await brokers(bootstrap) > 0

    return External(ready)


def external_postgres(admin_dsn: str) -> External:
    return External(lambda: answers(admin_dsn))


def external_mail(server: str) -> External:
    return External(lambda: greets(server))


def server_of(dsn: str) -> str:
    """Host and port alone, for a table that people may show around."""
    parts = urlsplit(dsn)
    return f"{parts.hostname}:{parts.port or 5432}"
