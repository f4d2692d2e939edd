"""Asking the services of a running stack over HTTP with whatever bytes a test likes, and what the audit log keeps."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
import asyncpg
import orjson

from tests.stack import RunningStack
from tests.waiting import until

WINDOW, PROPOSER, CONTRACT = "window:W-01:S01", "proposer:P-01", "contract_section:K-01:S06"
SECTION = "section:U-14:S14"

PROPOSAL: dict[str, Any] = {
    "kind": "free_proposal",
    "channel": "web",
    "proposer": {
        "name": "架空頑丈株式会社",
        "corporate_number": "8999901000990",
        "type": "株式会社",
        "address": "埼玉県架空市頑丈一丁目1番1号",
        "representative": "架空 丈",
    },
    "title": "丈夫な仕組み",
    "body": "どのような文字でも、そのまま残ることを提案します。",
    "city_cost": {"class": "none", "amount_yen": 0},
    "consent_to_terms": True,
}

ENTRIES = "select value from entries where case_id = $1 and type like $2 order by idx"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    kind: str
    body: dict[str, Any]
    raw: bytes

    @property
    def refused(self) -> str | None:
        """The rule's name, of a problem document as it should be."""
        if self.status < 400:
            return None
        assert self.kind == "application/problem+json", self.raw[:300]
        assert self.body["status"] == self.status
        assert self.body["detail"].endswith((".", "`.")), self.body
        return str(self.body["type"]).rpartition(":")[2]

    @property
    def wrong(self) -> dict[str, str]:
        """Field → what is wrong with it."""
        return {each["field"]: each["wrong"] for each in self.body.get("errors", [])}


class Asking:
    """`async with`. Commands go to the services themselves."""

    def __init__(self, stack: RunningStack) -> None:
        self._stack = stack
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))

    async def __aenter__(self) -> Asking:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def ask(self, path: str, actor: str, body: Any, headers: Mapping[str, str] | None = None) -> Reply:
        """One command; `path` is <service>/<stream>/<id>/<command>. Bytes are sent as they are."""
        said = body if isinstance(body, bytes) else orjson.dumps(body)
        sent = {"Renkei-Actor": actor, "Content-Type": "application/json", **(headers or {})}
        async with self._session.post(self._url(path), data=said, headers=sent) as response:
            return _reply(response.status, response.content_type, await response.read())

    async def look(self, path: str, actor: str) -> Reply:
        sent = {"Renkei-Actor": actor, "Renkei-Purpose": quote("記録の確認")}
        async with self._session.get(self._url(path), headers=sent) as response:
            return _reply(response.status, response.content_type, await response.read())

    async def submit(self, case: str | None = None, **changed: Any) -> tuple[str, Reply]:
        """The id of a new case, and what became of it."""
        case = case or str(uuid.uuid4())
        return case, await self.ask(
            f"intake/proposal/{case}/submit-proposal", PROPOSER, {**PROPOSAL, **changed}
        )

    async def kept(self, case: str, fact: str, within: float = 20.0) -> dict[str, Any]:
        """What the audit log holds of the latest such fact: the very bytes, read as JSON."""
        log = await asyncpg.connect(self._stack.log)
        found: list[bytes] = []

        async def there() -> bool:
            found[:] = [row["value"] for row in await log.fetch(ENTRIES, case, f"%.{fact}.v%")]
            return bool(found)

        try:
            assert await until(there, within), f"no {fact} of {case} came to the audit log"
        finally:
            await log.close()
        told: dict[str, Any] = orjson.loads(found[-1])
        return told

    def _url(self, path: str) -> str:
        return f"http://{self._stack.settings.ports.address(path.partition('/')[0])}/{path}"


def _reply(status: int, kind: str, raw: bytes) -> Reply:
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        body = {}
    return Reply(status, kind, body if isinstance(body, dict) else {"items": body}, raw)
