"""A small front over HTTP that answers what a test tells it to, in turn, and remembers what it was asked."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

SECRET = "open sesame"


@dataclass(frozen=True)
class Said:
    """One answer of the front."""

    status: int
    body: Mapping[str, Any]


def fact(name: str, /, publisher: str = "intake", **data: Any) -> dict[str, Any]:
    """A fact as services show it. It happened at noon, or later the further down a history it stands."""
    return {
        "type": f"renkei.{publisher}.{name}.v1",
        "data": data,
        "source": f"/{publisher}",
        "subject": "proposal/x",
        "time": "2023-11-24T03:00:00Z",
        "actor": "window_head:H-01:S01",
    }


def facts(*facts: dict[str, Any], **more: Any) -> Said:
    return Said(200, {**more, "facts": list(facts)})


def submitted() -> Said:
    """A receipt, too."""
    return facts(fact("ProposalSubmitted"), receipt_number="2023-000001", secret=SECRET)


def refused(name: str, sentence: str = "A rule says no.", status: int = 409, **more: Any) -> Said:
    body = {
        "type": f"urn:renkei:refused:{name}",
        "title": "できません。",
        "status": status,
        "detail": sentence,
    }
    return Said(status, {**body, **more})


@dataclass(frozen=True)
class Asked:
    path: str
    actor: str
    key: str
    data: Any


@dataclass
class Scripted:
    """Commands get `answers`, one each. `later` is what a case's history comes to hold besides, after a few looks."""

    answers: deque[Said]
    later: list[dict[str, Any]] = field(default_factory=list)
    statuses: deque[str] = field(default_factory=lambda: deque(["screening"]))  # the last one stays
    pages: dict[str, deque[Said]] = field(
        default_factory=dict
    )  # what is found by looking, the last one stays
    complete: bool = True
    asked: list[Asked] = field(default_factory=list)
    looked: list[tuple[str | None, ...]] = field(default_factory=list)  # path, actor, purpose, secret
    clock: list[str] = field(default_factory=list)
    _histories: defaultdict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    _looks: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Its address."""
        application = web.Application()
        application.router.add_post("/{service}/{kind}/{id}/{command}", self._command)
        application.router.add_put("/intake/development/clock", self._clock)
        application.router.add_get("/intake/status/{receipt_number}", self._status)
        application.router.add_get("/audit/case/{case}/history", self._history)
        application.router.add_get("/{page:.*}", self._page)
        async with TestServer(application) as server:
            yield str(server.make_url("/"))

    async def _command(self, request: web.Request) -> web.Response:
        headers = request.headers
        asked = Asked(request.path, headers["Renkei-Actor"], headers["Idempotency-Key"], await request.json())
        self.asked.append(asked)
        said = self.answers.popleft()
        self._histories[request.match_info["id"]] += said.body.get("facts", [])
        return _response(said)

    async def _clock(self, request: web.Request) -> web.Response:
        self.clock.append((await request.json())["now"])
        return web.json_response({"now": self.clock[-1]})

    async def _status(self, request: web.Request) -> web.Response:
        assert request.headers["Renkei-Secret"] == SECRET
        return web.json_response({"status": _next(self.statuses)})

    async def _history(self, request: web.Request) -> web.Response:
        assert request.headers["Renkei-Actor"].startswith("window_head:")
        case = request.match_info["case"]
        self._looks[case] += 1
        entries = self._histories[case] + (self.later if self._looks[case] > 2 else [])
        numbered = [{**entry, "index": index} for index, entry in enumerate(entries)]
        gaps = [] if self.complete else ["proposal/x: 2 is missing"]
        return web.json_response(
            {"case": case, "trace_id": "0" * 32, "entries": numbered, "complete": not gaps, "gaps": gaps}
        )

    async def _page(self, request: web.Request) -> web.Response:
        headers = request.headers
        shown = (headers.get(f"Renkei-{name}") for name in ("Actor", "Purpose", "Secret"))
        self.looked.append((request.path, *shown))
        return _response(_next(self.pages[request.match_info["page"]]))


def script(*answers: Said, **more: Any) -> Scripted:
    return Scripted(deque(answers), **more)


def _next(of: deque[Any]) -> Any:
    return of.popleft() if len(of) > 1 else of[0]


def _response(said: Said) -> web.Response:
    kind = "application/json" if said.status == 200 else "application/problem+json"
    return web.json_response(said.body, status=said.status, content_type=kind)
