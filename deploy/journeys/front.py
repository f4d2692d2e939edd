"""The public API as a journey uses it: commands, the clock, what a proposer and an auditor may ask.

An answer that did not come, or that says that the service is away, is asked for again with the same
Idempotency-Key: nothing is done twice.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

import aiohttp
import orjson

from deploy.local.trouble import Trouble

READER = "window_head:H-01"  # a journey looks again and again; what an auditor reads is kept, each time
PATIENCE = 20.0  # seconds, for a service that is away
BEFORE_ANY_ANSWER = 2.0  # seconds: most likely there is no stack at all
AGAIN_AFTER = 0.25
AWAY = (502, 503, 504)


class NobodyAnswers(Trouble):
    """The front of the stack cannot be reached."""


@dataclass(frozen=True)
class Answer:
    """What a request came to; a list as `items`. `refused` is the name of the rule where one refused it."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def facts(self) -> list[dict[str, Any]]:
        facts: list[dict[str, Any]] = self.body.get("facts", [])
        return facts

    @property
    def refused(self) -> str | None:
        kind, _, name = str(self.body.get("type", "")).rpartition(":")
        return name if kind == "urn:renkei:refused" else None

    @property
    def told(self) -> str:
        """The sentence of a refusal or an error, in Japanese and English, and where a body was malformed."""
        wrong = [f"{each['field']}: {each['wrong']}" for each in self.body.get("errors", [])]
        said = [str(self.body[name]) for name in ("title", "detail") if self.body.get(name)]
        return " ".join([*said, *wrong])


class Front:
    """`async with Front("http://127.0.0.1:8100") as front: …`"""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        self._answered = False

    async def __aenter__(self) -> Front:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def ask(self, path: str, actor: str, key: str, data: dict[str, Any]) -> Answer:
        """One command; `path` is <service>/<stream>/<id>/<command>."""
        headers = {"Renkei-Actor": actor, "Idempotency-Key": key, "Content-Type": "application/json"}
        return await self._request("POST", path, headers, orjson.dumps(data, option=orjson.OPT_SORT_KEYS))

    async def look(
        self, path: str, actor: str | None = None, purpose: str | None = None, secret: str | None = None
    ) -> Answer:
        """What somebody finds there."""
        said = quote(purpose) if purpose else None
        headers = {"Renkei-Actor": actor, "Renkei-Purpose": said, "Renkei-Secret": secret}
        return await self._request("GET", path, {name: value for name, value in headers.items() if value})

    async def set_clock(self, now: datetime) -> None:
        """From here on it is `now`, for every service."""
        body = orjson.dumps({"now": now.isoformat()})
        answer = await self._request("PUT", "intake/development/clock", {}, body)
        if answer.status != 200:
            raise Trouble(f"The clock of {self._address} cannot be set: {answer.told or answer.status}")

    async def history(self, case: str) -> dict[str, Any]:
        """Every fact of a case that has come to the audit log."""
        return await self._read(f"audit/case/{case}/history", {"Renkei-Actor": READER})

    async def verify(self) -> dict[str, Any]:
        """Whether the audit log is whole: `entries`, `ok`, `problems`."""
        return await self._read("audit/verify", {"Renkei-Actor": READER})

    async def status(self, receipt_number: str, secret: str) -> dict[str, Any]:
        """How a case stands, as its proposer sees it."""
        return await self._read(f"intake/status/{receipt_number}", {"Renkei-Secret": secret})

    async def _read(self, path: str, headers: dict[str, str]) -> dict[str, Any]:
        answer = await self._request("GET", path, headers)
        if answer.status != 200:
            raise Trouble(f"{self._address}/{path} answers {answer.status}: {answer.told}")
        return answer.body

    async def _request(
        self, method: str, path: str, headers: dict[str, str], body: bytes | None = None
    ) -> Answer:
        url = f"{self._address}/{path}"
        began = asyncio.get_running_loop().time()
        while True:
            try:
                async with self._session.request(method, url, headers=headers, data=body) as response:
                    answer = _answer(response.status, await response.read())
                if answer.status not in AWAY:
                    self._answered = True
                    return answer
                trouble = f"HTTP {answer.status} {answer.told}".strip()
            except (aiohttp.ClientError, TimeoutError) as error:
                trouble = type(error).__name__
            patience = PATIENCE if self._answered else BEFORE_ANY_ANSWER
            if asyncio.get_running_loop().time() - began > patience:
                raise NobodyAnswers(f"{url} does not answer ({trouble}): `renkei up` starts the stack.")
            await asyncio.sleep(AGAIN_AFTER)


def _answer(status: int, body: bytes) -> Answer:
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        said = {"detail": body.decode(errors="replace")[:200]}
    return Answer(status, said if isinstance(said, dict) else {"items": said})
