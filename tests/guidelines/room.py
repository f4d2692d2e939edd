"""A service on its own real database, without Kafka: it is told facts of others, and people ask it over HTTP."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from fastapi import FastAPI

from chassis.database import connect
from chassis.decider import Recorded, Refused
from chassis.deciding import Asked
from chassis.http import application, command_routes
from chassis.service import Parts, Service
from chassis.settings import Settings
from contracts.cloudevents import Envelope
from contracts.fact import Fact
from tests.engines import Engines


@dataclass
class Room:
    """Where a service of one city works. Time is what a test says it is."""

    service: Service
    parts: Parts
    municipality: str
    now: datetime
    told: int = 0

    async def hear(self, fact: Fact, subject: str) -> list[Fact]:
        """What follows here from a fact of another service; a refusal is raised."""
        self.told += 1
        envelope = Envelope(
            id=f"told-{fact.publisher}-{self.told}", type=fact.type, source=f"/{fact.publisher}", subject=subject,
            version=self.told, time=self.now, case=subject.partition("/")[2], actor="service:other",
            municipality=self.municipality, cause=None, traceparent=None, body=fact.encoded(),
        )  # fmt: skip
        reaction = self.service.reactions(self.parts)[type(fact)]
        following: Any = reaction(Recorded(fact, envelope), self.now)
        if inspect.isawaitable(following):
            following = await following
        found: list[Fact] = []
        for outcome in await self.parts.commands.handle_many(
            [Asked(id_, command) for id_, command in following]
        ):
            if isinstance(outcome, Refused):
                raise outcome
            found += [each.fact for each in outcome]
        return found

    async def ask(self, path: str, actor: str, **body: Any) -> Any:
        """A command over HTTP; the answer, or the name of the refusal."""
        status, content = await self._call(f"/{self.service.name}/{path}", actor, orjson.dumps(body))
        told = orjson.loads(content)
        assert status < 500, told
        return told if status == 200 else told["type"].removeprefix("urn:renkei:refused:")

    async def facts(self, stream: str) -> list[Fact]:
        return [envelope.fact() for envelope in await self.parts.store.load(stream)]

    async def _call(self, path: str, actor: str, body: bytes) -> tuple[int, bytes]:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(dict(message))

        headers = [(b"renkei-actor", actor.encode()), (b"content-type", b"application/json")]
        scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}
        await self._app()(scope, receive, send)
        return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)

    def _app(self) -> FastAPI:
        commands = command_routes(
            self.service.name, self.service.deciders, self.parts.commands, lambda: self.now, self.parts.identify,
            self.service.supplies(self.parts),
        )  # fmt: skip
        return application(self.service.name, [commands, self.service.routes(self.parts)])


@asynccontextmanager
async def room(engines: Engines, service: Service, municipality: str, now: datetime) -> AsyncIterator[Room]:
    settings = Settings(
        environment="development",
        kafka="nowhere:1",
        database=await engines.of(f"services.{service.name}"),
        municipality=municipality,
    )
    pool = await connect(settings.database, 4)
    parts = service.parts(settings, pool)
    opened = Room(service, parts, municipality, now)
    parts.clock = lambda: opened.now
    parts.commands.start()
    try:
        yield opened
    finally:
        await parts.commands.stop()
        await pool.close()
