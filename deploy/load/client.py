"""Sends one request to one service and says what came back. Cheap: the servers share the cores with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from ipaddress import ip_address
from typing import Any

import aiohttp
import orjson
from yarl import URL

from contracts.days import day
from deploy.load.cases import Request
from deploy.local import SERVICES
from deploy.local.ports import Ports
from deploy.local.trouble import Trouble

CONNECTIONS = 256  # to one service; who waits for one waits on the clock


class NotLoopback(Trouble):
    """A load is for the machine it runs on."""


class Cut(Exception):
    """No answer that says what became of the request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`refused` is the name of the rule, or `HTTP <status>` where an answer names none."""

    status: int
    facts: list[dict[str, Any]]
    refused: str | None

    @property
    def today(self) -> date | None:
        """The day of the service that answered, as far as its facts tell."""
        return day(datetime.fromisoformat(self.facts[-1]["time"])) if self.facts else None


def addresses(front: str) -> dict[str, URL]:
    """Where each service answers itself, given the front's address: a detour would be load as well.

    Raises NotLoopback for anything but this machine: names are not looked up, `localhost` excepted.
    """
    url = URL(front)
    if url.scheme != "http" or url.port is None:
        raise Trouble(f"{front} is not an address such as http://127.0.0.1:8080.")
    if not _is_loopback(url.host or ""):
        raise NotLoopback(
            f"{front} is not on this machine: a load goes to loopback addresses only, never to others."
        )
    ports = Ports(url.port)
    return {service: url.origin().with_port(ports.of(service)) for service in SERVICES}


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class Client:
    """One pool of connections to each service. `async with`."""

    def __init__(self, services: Mapping[str, URL], timeout: float) -> None:
        self._services = services
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, limit_per_host=CONNECTIONS),
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding"),
            timeout=aiohttp.ClientTimeout(total=timeout),
        )

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def send(self, request: Request) -> Answer:
        """Raises Cut when the connection broke, time ran out, or the service could not do its work (5xx)."""
        step = request.step
        headers = {
            "Renkei-Actor": step.actor,
            "Idempotency-Key": request.key,
            "Content-Type": "application/json",
        }
        url = self._services[step.service].with_path(
            f"/{step.service}/{request.subject}/{step.command}", encoded=True
        )
        try:
            async with self._session.post(url, data=request.body(), headers=headers) as response:
                return answer(response.status, await response.read())
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise Cut(type(error).__name__) from error


def answer(status: int, body: bytes) -> Answer:
    """What a status and a body say. Raises Cut when they do not say whether the request was done."""
    if status >= 500:
        raise Cut(f"HTTP {status}")
    try:
        said = orjson.loads(body)
        if status == 200:
            return Answer(status, said["facts"], None)
        return Answer(status, [], said.get("type", "").rpartition(":")[2] or f"HTTP {status}")
    except (orjson.JSONDecodeError, KeyError, AttributeError):
        if status < 400:
            raise Cut("answer is not of the documented shape") from None
        return Answer(status, [], f"HTTP {status}")
