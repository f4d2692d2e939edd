"""Queries of the audit service."""

from __future__ import annotations

from datetime import datetime

import asyncpg
from fastapi import APIRouter, Header, Response

from chassis.decider import NotYours
from chassis.http import Answer, Malformed
from chassis.identity import Identify
from contracts.actors import Role
from services.audit.history import history, verify

READERS = {Role.AUDITOR, Role.WINDOW_HEAD}


def routes(pool: asyncpg.Pool, identify: Identify) -> APIRouter:
    """History of a case, and verification of the log; for auditors and the head of the office."""
    router = APIRouter(prefix="/audit", tags=["audit"])

    def permit(header: str | None) -> None:
        actor = identify(header)
        if actor.role not in READERS:
            raise NotYours(f"The audit log is for: {', '.join(sorted(READERS))}.")

    @router.get("/case/{case}/history", summary="Every fact of a case, as known at a time")
    async def case_history(
        case: str, as_of: datetime | None = None, renkei_actor: str | None = Header(default=None)
    ) -> Response:
        permit(renkei_actor)
        if as_of is not None and as_of.tzinfo is None:
            raise Malformed("`as_of` needs an offset from UTC.")
        return Answer(await history(pool, case, as_of))

    @router.get("/verify", summary="Whether the log is whole")
    async def verification(renkei_actor: str | None = Header(default=None)) -> Response:
        permit(renkei_actor)
        found = await verify(pool)
        return Answer({"entries": found.entries, "ok": found.ok, "problems": found.problems})

    return router
