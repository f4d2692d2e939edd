"""Queries of agreements."""

from __future__ import annotations

import asyncpg
from fastapi import APIRouter, Header, Response

from chassis.decider import NotYours, Refused
from chassis.http import Answer
from chassis.identity import Identify
from contracts.actors import Role
from services.agreements.projections import partnership

READERS = {
    Role.WINDOW,
    Role.WINDOW_HEAD,
    Role.SECTION,
    Role.FINANCE,
    Role.CONTRACT_SECTION,
    Role.DELEGATE,
    Role.MAYOR,
}


class NoSuchPartnership(Refused):
    """This case is not known to agreements; it comes here when a section has accepted it."""

    status = 404


def routes(pool: asyncpg.Pool, identify: Identify) -> APIRouter:
    """How far a partnership is."""
    router = APIRouter(prefix="/agreements", tags=["queries"])

    @router.get("/partnership/{case}", summary="How far the partnership of a case is")
    async def one(case: str, renkei_actor: str | None = Header(default=None)) -> Response:
        if identify(renkei_actor).role not in READERS:
            raise NotYours(f"Partnerships are for: {', '.join(sorted(READERS))}.")
        found = await partnership(pool, case)
        if found is None:
            raise NoSuchPartnership()
        return Answer(found)

    return router
