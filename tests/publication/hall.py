"""The service on its own real database, without Kafka: facts of others are handed to it, people ask over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import asyncpg
import orjson
from fastapi import FastAPI
from starlette.types import ASGIApp

from chassis.database import connect
from chassis.deadlines import Deadlines
from chassis.decider import Command, Refused
from chassis.deciding import Asked
from chassis.http import application, command_routes
from chassis.identity import new_id
from chassis.inbox import Reaction
from chassis.service import Parts
from chassis.settings import Settings
from contracts.fact import Fact
from services.publication.main import SERVICE
from tests.engines import Engines
from tests.publication.sample import JUNE, recorded

ADDRESS = "https://renkei.example.jp"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    raw: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.raw.decode()

    def json(self) -> Any:
        return orjson.loads(self.raw)


async def call(app: ASGIApp, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
    """One request, without a network."""
    answer: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        answer.append(dict(message))

    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
    }
    await app(scope, receive, send)
    told = {name.decode(): value.decode() for name, value in answer[0]["headers"]}
    return Reply(answer[0]["status"], b"".join(message.get("body", b"") for message in answer), told)


@dataclass
class Hall:
    """Where things are published."""

    parts: Parts
    reactions: dict[type[Fact], Reaction]
    app: FastAPI
    now: datetime = JUNE

    async def hear(self, fact: Fact, subject: str = "proposal/C01", id_: str | None = None) -> list[Fact]:
        """What follows here from a fact of another service; a refusal is raised."""
        told = recorded(fact, subject, id_ or new_id(), self.now)
        following = self.reactions[type(fact)](told, self.now)
        return await self.do(*(following if isinstance(following, Sequence) else await following))

    async def do(self, *asked: tuple[str, Command]) -> list[Fact]:
        found: list[Fact] = []
        for outcome in await self.parts.commands.handle_many([Asked(id_, command) for id_, command in asked]):
            if isinstance(outcome, Refused):
                raise outcome
            found += [each.fact for each in outcome]
        return found

    async def post(self, path: str, actor: str, **body: Any) -> Reply:
        headers = {"Renkei-Actor": actor, "Content-Type": "application/json"}
        return await call(self.app, "POST", f"/publication/{path}", headers, orjson.dumps(body))

    async def get(self, path: str = "", **headers: str) -> Reply:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await call(self.app, "GET", f"/publication{path}", named)

    async def issue(self, at: datetime) -> int:
        """Lets time pass."""
        self.now = at
        deadlines = Deadlines(self.parts.pool, self.parts.commands, SERVICE.deciders, lambda: self.now)
        return await deadlines.issue()

    async def facts(self, stream: str) -> list[Fact]:
        return [envelope.fact() for envelope in await self.parts.store.load(stream)]


@asynccontextmanager
async def opened(engines: Engines) -> AsyncIterator[Hall]:
    settings = Settings(
        environment="development",
        kafka="nowhere:1",
        database=await engines.of("services.publication"),
        address=ADDRESS,
    )
    pool: asyncpg.Pool = await connect(settings.database, 4)
    parts = SERVICE.parts(settings, pool)
    parts.commands.start()
    hall = Hall(parts, {}, FastAPI())
    parts.clock = lambda: hall.now
    hall.reactions = dict(SERVICE.reactions(parts))
    commands = command_routes(
        "publication", SERVICE.deciders, parts.commands, parts.clock, parts.identify, SERVICE.supplies(parts)
    )
    hall.app = application("publication", [commands, SERVICE.routes(parts)])
    try:
        yield hall
    finally:
        await parts.commands.stop()
        await pool.close()
