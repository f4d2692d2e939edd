"""Queries of matching."""

from __future__ import annotations

import asyncpg
from fastapi import APIRouter, Header, Query, Response

from chassis.decider import NotYours, Refused
from chassis.http import Answer
from chassis.identity import Identify
from contracts.actors import Role
from services.matching.projections import matching, offered

READERS = {Role.WINDOW, Role.WINDOW_HEAD, Role.SECTION}


class NoSuchMatching(Refused):
    """This case is not known to matching; it comes here when it has been found eligible."""

    status = 404


def routes(pool: asyncpg.Pool, identify: Identify) -> APIRouter:
    """What is offered to a section, and how the matching of a case stands."""
    router = APIRouter(prefix="/matching", tags=["queries"])

    def permit(header: str | None) -> None:
        if identify(header).role not in READERS:
            raise NotYours(f"Matchings are for: {', '.join(sorted(READERS))}.")

    @router.get("/offered/{section}", summary="What waits for a section's answer")
    async def waiting(
        section: str,
        limit: int = Query(default=100, ge=1, le=1000),
        renkei_actor: str | None = Header(default=None),
    ) -> Response:
        permit(renkei_actor)
        return Answer(await offered(pool, section, limit))

    @router.get("/matching/{case}", summary="How the matching of a case stands")
    async def one(case: str, renkei_actor: str | None = Header(default=None)) -> Response:
        permit(renkei_actor)
        found = await matching(pool, case)
        if found is None:
            raise NoSuchMatching()
        return Answer(found)

    return router
