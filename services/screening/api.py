"""What screening adds to its commands, and its queries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import asyncpg
from fastapi import APIRouter, Header, Query, Response

from chassis.decider import Command, NotYours, Refused
from chassis.http import Answer, Supply
from chassis.identity import Identify
from contracts.actors import Role
from services.screening.domain import ConfirmEligible, RecordPartnerScreening
from services.screening.projections import known_measures, screening, screenings

READERS = {Role.WINDOW, Role.WINDOW_HEAD, Role.CONTRACT_SECTION, Role.DELEGATE, Role.MAYOR}


class NoSuchScreening(Refused):
    """This case is not known to screening; it comes here when its proposal has been accepted."""

    status = 404


def supplies(pool: asyncpg.Pool) -> Mapping[type[Command], Supply]:
    """What the registers hold against the partner goes into the decisions that depend on it."""

    async def measures(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        return {"measures": await known_measures(pool, id_)}

    return {RecordPartnerScreening: Supply(measures), ConfirmEligible: Supply(measures)}


def routes(pool: asyncpg.Pool, identify: Identify) -> APIRouter:
    """Screenings, for those who screen."""
    router = APIRouter(prefix="/screening", tags=["queries"])

    def permit(header: str | None) -> None:
        if identify(header).role not in READERS:
            raise NotYours(f"Screenings are for: {', '.join(sorted(READERS))}.")

    @router.get("/screenings", summary="Screenings of one status, oldest first")
    async def of_status(
        status: str = "open",
        limit: int = Query(default=100, ge=1, le=1000),
        renkei_actor: str | None = Header(default=None),
    ) -> Response:
        permit(renkei_actor)
        return Answer(await screenings(pool, status, limit))

    @router.get("/screening/{case}", summary="How far the screening of a case is")
    async def one(case: str, renkei_actor: str | None = Header(default=None)) -> Response:
        permit(renkei_actor)
        found = await screening(pool, case)
        if found is None:
            raise NoSuchScreening()
        return Answer(found)

    return router
