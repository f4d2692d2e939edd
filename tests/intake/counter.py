"""The window on its own real database, without Kafka: people ask over HTTP, facts are handed to it as Kafka would."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import FastAPI

from chassis.database import connect
from chassis.deadlines import Deadlines
from chassis.event_store import REPLAY
from chassis.http import application, command_routes
from chassis.inbox import Received, Take
from chassis.rebuild import rebuild
from chassis.service import Parts
from chassis.settings import Settings
from contracts.cloudevents import Envelope
from contracts.fact import Fact, read
from services.intake.main import SERVICE
from tests.contracts.samples import golden
from tests.engines import Engines
from tests.intake.sample import FORM, MONDAY, recorded

PROPOSER, WINDOW, HEAD = "proposer:P-01", "window:W-01:S01", "window_head:H-01:S01"
YOUTH = "section:U-1701:S17"
PURPOSE = {"Renkei-Purpose": quote("内容の確認")}


def told_elsewhere(kind: type[Fact], **changed: Any) -> Fact:
    """A fact of another service, as its golden payload has it but for what is changed."""
    return read(kind.type, golden(kind.type)).model_copy(update=changed)


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    body: Any

    @property
    def refused(self) -> str | None:
        return self.body["type"].rpartition(":")[2] if self.status >= 400 else None

    @property
    def facts(self) -> list[str]:
        """Names of the facts that followed."""
        assert self.status == 200, self.body
        return [fact["type"].split(".")[2] for fact in self.body["facts"]]


@dataclass
class Counter:
    """Where people come to."""

    parts: Parts
    app: FastAPI = field(init=False)
    take: Take = field(init=False)
    now: datetime = MONDAY
    heard: set[str] = field(default_factory=set)
    told_so_far: int = 0

    async def ask(self, path: str, actor: str, body: Any = None) -> Reply:
        """A command: `proposal/C01/withdraw`. Bytes are sent as they are."""
        raw = body if isinstance(body, bytes) else orjson.dumps(body or {})
        return await self._call("POST", f"/intake/{path}", {"Renkei-Actor": actor}, raw)

    async def look(self, path: str, actor: str | None = None, **headers: str) -> Reply:
        """A query: `cases?status=screening`."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self._call(
            "GET", f"/intake/{path}", {**({"Renkei-Actor": actor} if actor else {}), **said}
        )

    async def submit(self, case: str = "C01", actor: str = PROPOSER, **changed: Any) -> Reply:
        return await self.ask(f"proposal/{case}/submit-proposal", actor, {**FORM, **changed})

    async def told(self, fact: Fact, case: str = "C01") -> None:
        """Another service published this."""
        envelope = recorded(fact, fact.publisher, case, self.now).envelope
        self.told_so_far += 1
        await self._take([replace(envelope, id=f"told-{self.told_so_far}")])

    async def hear(self) -> None:
        """The window hears what it published itself, until nothing follows."""
        while new := [each for each in await self.published() if each.id not in self.heard]:
            self.heard |= {each.id for each in new}
            await self._take(new)

    async def _take(self, envelopes: list[Envelope]) -> None:
        record: Any = None  # is not looked at
        await self.take([Received(record, envelope) for envelope in envelopes])

    async def published(self) -> list[Envelope]:
        rows = await self.parts.pool.fetch(REPLAY)
        return [self.parts.store.envelope(row) for row in rows]

    async def history(self, stream: str) -> list[Fact]:
        return [envelope.fact() for envelope in await self.parts.store.load(stream)]

    async def fall_due(self) -> int:
        """Issues what is due by now."""
        return await Deadlines(
            self.parts.pool, self.parts.commands, SERVICE.deciders, self.parts.clock
        ).issue()

    async def rebuilt(self) -> dict[str, tuple[list[Any], list[Any]]]:
        """Every read model as it is, and as a replay makes it."""
        found = {}
        for model in SERVICE.read_models:
            query = f"select key, doc::text from {model.name} order by key"
            before = [tuple(row) for row in await self.parts.pool.fetch(query)]
            await rebuild(self.parts.store, model)
            found[model.name] = (before, [tuple(row) for row in await self.parts.pool.fetch(query)])
        return found

    async def _call(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Reply:
        answer: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            answer.append(dict(message))

        path, _, query = path.partition("?")
        sent = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": sent,
        }
        await self.app(scope, receive, send)
        content = b"".join(message.get("body", b"") for message in answer)
        return Reply(answer[0]["status"], orjson.loads(content))


@asynccontextmanager
async def open_counter(engines: Engines, keys: Path) -> AsyncIterator[Counter]:
    dsn = await engines.of("services.intake")
    settings = Settings(environment="development", kafka="nowhere:1", database=dsn, keys=keys)
    pool = await connect(dsn, 4)
    parts = SERVICE.parts(settings, pool)
    counter = Counter(parts)
    parts.clock = lambda: counter.now
    counter.app = application(
        "intake",
        [
            command_routes(
                "intake",
                SERVICE.deciders,
                parts.commands,
                parts.clock,
                parts.identify,
                SERVICE.supplies(parts),
            ),
            SERVICE.routes(parts),
        ],
    )
    parts.commands.start()
    try:
        async with SERVICE.taking(parts) as counter.take:
            yield counter
    finally:
        await parts.commands.stop()
        await pool.close()
