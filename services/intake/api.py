"""What intake adds to its commands, and its queries."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import asyncpg
from fastapi import APIRouter, Header, Query, Response

import guidelines
from chassis.calendar import office_days_after
from chassis.decider import Command, NotYours, Recorded, Refused
from chassis.event_store import EventStore
from chassis.http import Answer, Supply
from chassis.identity import Identify
from contracts.actors import Role
from contracts.days import day
from contracts.intake import ProposalSubmitted
from services.intake.domain import PROPOSAL, AcceptProposal, RequestCorrection, SubmitProposal
from services.intake.projections import case_by_receipt, cases, idea
from services.intake.receipts import ReceiptNumbers, Secrets, hashed

STAFF = {Role.WINDOW, Role.WINDOW_HEAD}
READERS_OF_IDEAS = STAFF | {Role.SECTION, Role.DELEGATE, Role.MAYOR}
SHOWN_TO_PROPOSER = ("receipt_number", "status", "submitted_on", "received_on", "edition", "due")


class NoSuchCase(Refused):
    """There is no case of this receipt number, or the secret does not fit it; check both on your receipt."""

    status = 404


def supplies(pool: asyncpg.Pool, secrets: Secrets, municipality: str) -> Mapping[type[Command], Supply]:
    """The fields that only the service can know."""
    numbers = ReceiptNumbers(pool)

    async def receipt(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        return {"receipt_number": await numbers.next(day(at)), "secret_hash": hashed(secrets.of(id_))}

    def receipt_and_secret(id_: str, facts: Sequence[Recorded]) -> dict[str, Any]:
        """Only for the one whose request made the case: a later request without facts is told nothing."""
        for recorded in facts:
            if isinstance(recorded.fact, ProposalSubmitted):
                return {"receipt_number": recorded.fact.receipt_number, "secret": secrets.of(id_)}
        return {}

    async def correction_due(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        period = guidelines.in_force(municipality, day(at)).periods.correction
        return {"due": office_days_after(day(at), period)}

    async def edition(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        return {"edition": guidelines.in_force(municipality, day(at)).id, "municipality": municipality}

    return {
        SubmitProposal: Supply(receipt, receipt_and_secret),
        RequestCorrection: Supply(correction_due),
        AcceptProposal: Supply(edition),
    }


def routes(pool: asyncpg.Pool, store: EventStore, identify: Identify) -> APIRouter:
    """How a case stands, for its proposer; lists and proposals, for the office."""
    router = APIRouter(prefix="/intake", tags=["queries"])

    @router.get("/status/{receipt_number}", summary="How a case stands, for its proposer")
    async def status(receipt_number: str, renkei_secret: str = Header()) -> Response:
        found = await case_by_receipt(pool, receipt_number)
        if found is None or not hmac.compare_digest(found["secret_hash"], hashed(renkei_secret)):
            raise NoSuchCase()
        return Answer({name: found.get(name) for name in SHOWN_TO_PROPOSER})

    @router.get("/cases", summary="The latest cases, for the office")
    async def latest(
        status: str | None = None,
        limit: int = Query(default=100, ge=1, le=1000),
        renkei_actor: str | None = Header(default=None),
    ) -> Response:
        _permit(identify, renkei_actor, STAFF)
        return Answer(await cases(pool, status, limit))

    @router.get("/proposal/{case}", summary="The proposal itself, for those who work on it")
    async def proposal(case: str, renkei_actor: str | None = Header(default=None)) -> Response:
        _permit(identify, renkei_actor, READERS_OF_IDEAS)
        stream = PROPOSAL.stream(case)
        found = idea(envelope.fact() for envelope in await store.load(stream))
        if found is None:
            raise NoSuchCase()
        return Answer(found)

    return router


def _permit(identify: Identify, header: str | None, roles: set[Role]) -> None:
    if identify(header).role not in roles:
        raise NotYours(f"This is for: {', '.join(sorted(roles))}.")
