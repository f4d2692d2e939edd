"""What agreements adds to its commands, and its queries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

import asyncpg
from fastapi import APIRouter, Header, Query, Response
from fastapi import Path as PathParameter
from pydantic import ValidationError

import guidelines
from chassis.clock import Clock
from chassis.decider import Command, NotYours, Refused
from chassis.http import ID, Answer, Supply
from chassis.identity import Identify
from contracts.actors import Role
from contracts.days import day
from contracts.intake import Partner
from guidelines.catalogue import catalogue
from services.agreements.domain.agreement import AddProject, DecideProject
from services.agreements.domain.commands import SignAgreement
from services.agreements.domain.evaluation.commands import OpenEvaluation
from services.agreements.domain.procurement.commands import RecordAward, RecordMethod, ResolveSplitOrder
from services.agreements.domain.procurement.splitting import key_of
from services.agreements.projections import partnership
from services.agreements.projections.agreements import agreement, ending, found_as_project
from services.agreements.projections.evaluations import evaluation, locked_for, takes_part
from services.agreements.projections.requests import of_case, of_section
from services.agreements.projections.small_contracts import beside, with_partner

READERS = {
    Role.WINDOW,
    Role.WINDOW_HEAD,
    Role.SECTION,
    Role.FINANCE,
    Role.CONTRACT_SECTION,
    Role.DELEGATE,
    Role.MAYOR,
}


EVALUATION_READERS = {
    Role.REVIEWER,
    Role.WINDOW,
    Role.WINDOW_HEAD,
    Role.DELEGATE,
    Role.MAYOR,
    Role.AUDITOR,
}


class NoSuchPartnership(Refused):
    """This case is not known to agreements; it comes here when a section has accepted it."""

    status = 404


class NoSuchAgreement(Refused):
    """Nothing was signed in this case, as far as is known here."""

    status = 404


class NotEvaluatedYet(Refused):
    """No evaluation was opened for this case."""

    status = 404


class NotAmongTheReviewers(Refused):
    """The evaluation of a case is for its own reviewers, and for none with a conflict of interest."""

    status = 403


class NoSuchCatalogue(Refused):
    """There is no edition of this name, or none in force."""

    status = 404


def supplies(pool: asyncpg.Pool) -> Mapping[type[Command], Supply]:
    """What decisions need to know of other streams: how a project stands (V27), other small contracts (V04), what was
    locked for a theme (V20)."""

    async def project(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        case = body.get("project")
        return {
            "found": await found_as_project(pool, case)
            if isinstance(case, str) and ID.fullmatch(case)
            else None
        }

    async def added(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        own = await partnership(pool, id_)
        return {
            **await project(id_, body, at),
            "agreement": id_,
            "partner": own.get("partner") if own else None,
        }

    async def criteria(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        return {"locked": await locked_for(pool, id_)}

    async def chosen(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """For the purpose that is said now."""
        case, purpose = await partnership(pool, id_), body.get("purpose")
        if case is None or case.get("partner") is None or not isinstance(purpose, str) or "\x00" in purpose:
            return {}
        return {"small_contracts": await with_partner(pool, id_, case["partner"], purpose)}

    async def awarded(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """Those of the organisation that gets this contract."""
        try:
            partner = key_of(Partner.model_validate(body.get("organisation")))
        except ValidationError:
            return {}
        return {"small_contracts": await beside(pool, id_, partner)}

    async def as_chosen(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        return {"small_contracts": await beside(pool, id_)}

    return {
        AddProject: Supply(added),
        DecideProject: Supply(project),
        OpenEvaluation: Supply(criteria),
        RecordMethod: Supply(chosen),
        RecordAward: Supply(awarded),
        ResolveSplitOrder: Supply(as_chosen),
        SignAgreement: Supply(as_chosen),
    }


def routes(pool: asyncpg.Pool, identify: Identify, now: Clock, municipality: str) -> APIRouter:
    """How far a partnership is, how an agreement stands; what the city provides, and who asked for it."""
    router = APIRouter(prefix="/agreements", tags=["queries"])

    def permit(header: str | None) -> None:
        if identify(header).role not in READERS:
            raise NotYours(f"Partnerships are for: {', '.join(sorted(READERS))}.")

    @router.get("/partnership/{case}", summary="How far the partnership of a case is")
    async def one(case: str, renkei_actor: str | None = Header(default=None)) -> Response:
        permit(renkei_actor)
        found = await partnership(pool, case)
        if found is None:
            raise NoSuchPartnership()
        return Answer(found)

    @router.get(
        "/partnership/{case}/evaluation", summary="How a case is weighed; scores once it is concluded"
    )
    async def weighed(case: str, renkei_actor: str | None = Header(default=None)) -> Response:
        actor = identify(renkei_actor)
        if actor.role not in EVALUATION_READERS:
            raise NotYours(f"Evaluations are for: {', '.join(sorted(EVALUATION_READERS))}.")
        reviewer = actor.id if actor.role == Role.REVIEWER else None
        found = await evaluation(pool, case, reviewer)
        if reviewer is not None and not takes_part(found, reviewer):
            raise NotAmongTheReviewers()
        if found is None:
            raise NotEvaluatedYet()
        return Answer(found)

    @router.get("/agreement/{case}", summary="How the agreement of a case stands, and the projects under it")
    async def signed(case: str, renkei_actor: str | None = Header(default=None)) -> Response:
        permit(renkei_actor)
        found = await agreement(pool, case)
        if found is None:
            raise NoSuchAgreement()
        return Answer(found)

    @router.get("/agreements", summary="Agreements whose term ends by a day, the first to end first")
    async def by_end(
        until: Annotated[date, Query(description="The day.")],
        limit: Annotated[int, Query(ge=1, le=1000, description="At most so many.")] = 100,
        renkei_actor: str | None = Header(default=None),
    ) -> Response:
        permit(renkei_actor)
        return Answer(await ending(pool, until.isoformat(), limit))

    @router.get("/catalogue", summary="What the city provides to those who work with it; for everybody")
    async def provided(
        edition: Annotated[str | None, Query(description="An edition; without it, that in force.")] = None,
    ) -> Response:
        try:
            law = guidelines.load(edition) if edition else guidelines.in_force(municipality, day(now()))
        except (guidelines.NoSuchEdition, guidelines.NoEditionInForce):
            raise NoSuchCatalogue() from None
        names = {section.id: section.name for section in law.sections}
        items = [
            {**one.model_dump(mode="json"), "section_name": names.get(one.section)}
            for one in catalogue(law.id)
        ]
        return Answer({"edition": law.id, "items": items})

    @router.get("/partnership/{case}/requests", summary="What a case asked for of the catalogue")
    async def requests(case: str, renkei_actor: str | None = Header(default=None)) -> Response:
        permit(renkei_actor)
        return Answer({"items": await of_case(pool, case)})

    @router.get(
        "/section/{section}/requests",
        summary="What waits for the answer of a section, the first due first",
    )
    async def waiting(
        section: Annotated[str, PathParameter(pattern=r"^S[0-9]{2}$", description="Such as S27.")],
        limit: Annotated[int, Query(ge=1, le=1000, description="At most so many.")] = 100,
        renkei_actor: str | None = Header(default=None),
    ) -> Response:
        permit(renkei_actor)
        return Answer({"items": await of_section(pool, section, limit)})

    return router
