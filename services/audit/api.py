"""Queries of the audit service. What an auditor reads of a case is kept as a fact before it is shown."""

from __future__ import annotations

import asyncio
import hashlib
import re
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from chassis.decider import NotYours, Refused
from chassis.deciding import Asked
from chassis.http import ID, Answer
from chassis.problems import Malformed
from chassis.service import Parts
from contracts.actors import Actor, Role
from contracts.audit import Manner
from services.audit.domain import ReadCase
from services.audit.history import diff, history, known, verify

PUBLISHED = re.compile(
    r"(checkpoint|policy|log\.vkey|witness\.vkey)|(tile/(?:entries|[0-9]{1,2})/(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[0-9]{1,3})?)"
)
FOR_GOOD = "public, max-age=31536000, immutable"  # a tile never changes
ALWAYS_ASK = "no-cache"
READERS = {Role.AUDITOR, Role.WINDOW_HEAD}


class NotPublished(Refused):
    """There is no such file of the log; start with `checkpoint`, which says how large the log is."""

    status = 404


def routes(parts: Parts) -> APIRouter:
    """History of a case, and verification of the log; for auditors and the head of the office."""
    router = APIRouter(prefix="/audit", tags=["audit"])

    def permit(header: str | None) -> Actor:
        actor = parts.identify(header)
        if actor.role not in READERS:
            raise NotYours(f"The audit log is for: {', '.join(sorted(READERS))}.")
        return actor

    async def kept(
        actor: Actor, case: str, manner: Manner, as_of: datetime | None, since: datetime | None = None
    ) -> None:
        """An auditor's reading; of a case that nobody knows there is nothing to read."""
        if actor.role is Role.AUDITOR and ID.fullmatch(case) and await known(parts.pool, case):
            command = ReadCase(actor=actor, at=parts.clock(), manner=manner, as_of=as_of, since=since)
            await parts.commands.handle(Asked(case, command))

    @router.get("/case/{case}/history", summary="Every fact of a case, as known at a time")
    async def case_history(
        case: str, as_of: datetime | None = None, renkei_actor: str | None = Header(default=None)
    ) -> Response:
        actor = permit(renkei_actor)
        _zoned(as_of=as_of)
        await kept(actor, case, "history", as_of)
        return Answer(await history(parts.pool, case, as_of))

    @router.get("/case/{case}/diff", summary="What became known of a case between two times")
    async def case_diff(
        case: str,
        since: Annotated[datetime, Query(alias="from")],
        until: Annotated[datetime, Query(alias="to")],
        renkei_actor: str | None = Header(default=None),
    ) -> Response:
        actor = permit(renkei_actor)
        _zoned(**{"from": since, "to": until})
        if since > until:
            raise Malformed("`from` lies after `to`.")
        await kept(actor, case, "diff", until, since)
        return Answer(await diff(parts.pool, case, since, until))

    @router.get("/verify", summary="Whether the log is whole")
    async def verification(renkei_actor: str | None = Header(default=None)) -> Response:
        permit(renkei_actor)
        found = await verify(parts.pool)
        return Answer({"entries": found.entries, "ok": found.ok, "problems": found.problems})

    @router.get("/log/{file:path}", summary="The log as files, for everybody (C2SP tlog-tiles)")
    async def published(file: str, if_none_match: Annotated[str, Header()] = "") -> Response:
        folder, found = parts.settings.audit_log, PUBLISHED.fullmatch(file)
        if folder is None or not found:
            raise NotPublished()
        try:
            data = await asyncio.to_thread((folder / file).read_bytes)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            raise NotPublished() from None
        tag = f'"{hashlib.sha256(data).hexdigest()}"'
        headers = {"Cache-Control": FOR_GOOD if found[2] else ALWAYS_ASK, "ETag": tag}
        if tag in if_none_match:
            return Response(status_code=304, headers=headers)
        kind = "application/octet-stream" if found[2] else "text/plain; charset=utf-8"
        return Response(data, media_type=kind, headers=headers)

    return router


def _zoned(**times: datetime | None) -> None:
    for name, time in times.items():
        if time is not None and time.tzinfo is None:
            raise Malformed(f"`{name}` needs an offset from UTC.")
