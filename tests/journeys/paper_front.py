"""The HTTP shape of the front, over a city on paper."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import ValidationError

from chassis.decider import Recorded, Refused
from chassis.http import places, shown
from contracts.cloudevents import instant
from contracts.intake import ProposalSubmitted
from tests.journeys.city import City, NoRoute

SECRET = "open sesame"


@asynccontextmanager
async def front_of(city: City) -> AsyncIterator[str]:
    """Its address."""
    application = web.Application()
    shape = _Shape(city)
    application.router.add_post("/{service}/{kind}/{id}/{command}", shape.command)
    application.router.add_put("/intake/development/clock", shape.clock)
    application.router.add_get("/intake/status/{receipt_number}", shape.status)
    application.router.add_get("/audit/case/{case}/history", shape.history)
    application.router.add_get("/audit/verify", shape.verify)
    async with TestServer(application) as server:
        yield str(server.make_url("/"))


class _Shape:
    def __init__(self, city: City) -> None:
        self._city = city
        self._answered: dict[tuple[str, str], list[Recorded]] = {}

    async def command(self, request: web.Request) -> web.Response:
        key = (request.path, request.headers["Idempotency-Key"])
        match = request.match_info
        try:
            if key not in self._answered:
                self._answered[key] = self._city.ask(
                    match["service"],
                    match["kind"],
                    match["id"],
                    match["command"],
                    request.headers["Renkei-Actor"],
                    await request.json(),
                )
        except Refused as refusal:
            name = type(refusal).__name__
            return _problem(refusal.status, f"urn:renkei:refused:{name}", name, str(refusal))
        except ValidationError as error:
            return _problem(
                422, "urn:renkei:refused:Malformed", "Malformed", "See `errors`.", errors=places(error)
            )
        except NoRoute:
            return web.json_response({"detail": "Not Found"}, status=404)
        facts = self._answered[key]
        receipts = [fact.fact.receipt_number for fact in facts if isinstance(fact.fact, ProposalSubmitted)]
        more = {"receipt_number": receipts[0], "secret": SECRET} if receipts else {}
        return web.json_response({**more, "facts": [shown(fact) for fact in facts]})

    async def clock(self, request: web.Request) -> web.Response:
        self._city.now = datetime.fromisoformat((await request.json())["now"])
        return web.json_response({"now": instant(self._city.tick())})

    async def status(self, request: web.Request) -> web.Response:
        found = self._city.status(request.match_info["receipt_number"])
        if found is None or request.headers["Renkei-Secret"] != SECRET:
            return _problem(404, "urn:renkei:refused:NoSuchCase", "NoSuchCase", "There is no such case.")
        return web.json_response({"status": found["status"]})

    async def history(self, request: web.Request) -> web.Response:
        assert request.headers["Renkei-Actor"].startswith("auditor:")
        return web.json_response(self._city.history(request.match_info["case"]))

    async def verify(self, request: web.Request) -> web.Response:
        return web.json_response({"entries": len(self._city.log), "ok": True, "problems": []})


def _problem(status: int, type_: str, title: str, detail: str, **more: Any) -> web.Response:
    body = {"type": type_, "title": title, "status": status, "detail": detail, **more}
    return web.json_response(body, status=status, content_type="application/problem+json")
