"""The service on its own real database, without Kafka: facts of others are handed to it, people ask over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
import orjson
from fastapi import FastAPI

from chassis.database import connect
from chassis.deadlines import Deadlines
from chassis.decider import Command, Refused
from chassis.deciding import Asked
from chassis.http import application, command_routes
from chassis.inbox import Reaction
from chassis.service import Parts
from chassis.settings import Settings
from contracts.fact import Fact
from contracts.intake import ProposalReceived
from contracts.screening import EligibilityDecided
from services.matching.main import SERVICE
from tests.engines import Engines
from tests.matching.sample import EDITION, FIRM, MONDAY, recorded

IDEA = "点灯状況から生活の変化を検知する通信機能付き電球で、高齢者を見守ります。"
RECEIVED: dict[str, Any] = {
    "edition": EDITION.id,
    "municipality": EDITION.municipality,
    "received_on": "2023-09-04",
    "receipt_number": "R2023-0001",
    "partner": FIRM,
    "title": "IoT電球による高齢者見守り実証",
    "body": IDEA,
    "requested_resources": ["広報紙での周知", "地域包括支援センターとの調整"],
}


def received(**changed: Any) -> ProposalReceived:
    return ProposalReceived.model_validate({**RECEIVED, **changed})


def eligible(**changed: Any) -> EligibilityDecided:
    fields = {
        "decision": "eligible",
        "clauses": [],
        "answers": [],
        "as_of": "2023-09-04",
        "decided_by": "H-01",
    }
    bound = {"edition": EDITION.id, "municipality": EDITION.municipality}
    return EligibilityDecided.model_validate({**fields, **bound, **changed})


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    text: str

    def json(self) -> Any:
        return orjson.loads(self.text)


async def call(app: FastAPI, method: str, path: str, actor: str, body: bytes = b"") -> Reply:
    """One request, without a network."""
    answer: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        answer.append(dict(message))

    path, _, query = path.partition("?")
    headers = [(b"renkei-actor", actor.encode()), (b"content-type", b"application/json")]
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": headers,
    }
    await app(scope, receive, send)
    content = b"".join(message.get("body", b"") for message in answer)
    return Reply(answer[0]["status"], content.decode())


@dataclass
class Hall:
    """Where matching happens."""

    parts: Parts
    reactions: dict[type[Fact], Reaction]
    app: FastAPI
    now: datetime = MONDAY

    async def hear(self, fact: Fact, case: str = "C01", kind: str = "proposal") -> list[Fact]:
        """What follows here from a fact; a refusal is raised."""
        following = self.reactions[type(fact)](recorded(fact, kind, case, self.now), self.now)
        asked = following if isinstance(following, Sequence) else await following
        return await self.do(*asked)

    async def do(self, *asked: tuple[str, Command]) -> list[Fact]:
        found: list[Fact] = []
        for outcome in await self.parts.commands.handle_many([Asked(id_, command) for id_, command in asked]):
            if isinstance(outcome, Refused):
                raise outcome
            found += [each.fact for each in outcome]
        return found

    async def post(self, path: str, actor: str, **body: Any) -> Reply:
        return await call(self.app, "POST", f"/matching/{path}", actor, orjson.dumps(body))

    async def get(self, path: str, actor: str = "window:W-01:S01") -> Reply:
        return await call(self.app, "GET", f"/matching/{path}", actor)

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
        environment="development", kafka="nowhere:1", database=await engines.of("services.matching")
    )
    pool: asyncpg.Pool = await connect(settings.database, 4)
    parts = SERVICE.parts(settings, pool)
    parts.commands.start()
    hall = Hall(parts, {}, FastAPI())
    parts.clock = lambda: hall.now
    hall.reactions = dict(SERVICE.reactions(parts))
    commands = command_routes(
        "matching", SERVICE.deciders, parts.commands, parts.clock, parts.identify, SERVICE.supplies(parts)
    )
    hall.app = application("matching", [commands, SERVICE.routes(parts)])
    try:
        yield hall
    finally:
        await parts.commands.stop()
        await pool.close()
