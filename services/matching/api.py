"""What matching adds to its commands, and its queries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import asyncpg
from fastapi import APIRouter, Header, Query, Response

import guidelines
from chassis.decider import Command, NotYours, Refused
from chassis.http import Answer, Supply
from chassis.identity import Identify
from contracts.actors import Role
from contracts.days import day
from services.matching.consumers import reply_by
from services.matching.domain import DeclineMatch, ProposeMatch
from services.matching.projections import matching, offered

READERS = {Role.WINDOW, Role.WINDOW_HEAD, Role.SECTION}


class NoSuchMatching(Refused):
    """This case is not known to matching; it comes here when it has been found eligible."""

    status = 404


def supplies(municipality: str) -> Mapping[type[Command], Supply]:
    """Until when the next section may answer."""

    async def respond_by(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        return {"respond_by": reply_by(guidelines.in_force(municipality, day(at)), at)}

    return {ProposeMatch: Supply(respond_by), DeclineMatch: Supply(respond_by)}


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
