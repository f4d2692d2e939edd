"""What matching adds to its commands, and its queries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import asyncpg
from fastapi import APIRouter, Header, Query, Response

import guidelines
from chassis.clock import Clock
from chassis.decider import Command, NotYours, Refused
from chassis.event_store import EventStore
from chassis.http import Answer, Supply
from chassis.identity import Identify
from contracts.actors import Actor, Role
from contracts.days import day
from guidelines.notices import usual_clauses
from services.matching.domain import (
    MATCHING,
    AcceptMatch,
    ConcludeNoMatch,
    DeclareConflict,
    DeclineMatch,
    ProposeMatch,
    RecordInterest,
    RevokeDecision,
    SetCapacity,
    UpholdDecision,
)
from services.matching.policies import (
    UnknownSection,
    partial_persons_decide_nothing,
    partial_sections_stay_out,
)
from services.matching.projections import (
    capacity,
    interests,
    led,
    matching,
    of_case,
    offered,
    steps,
    waiting_for_office,
)

OFFICE = {Role.WINDOW, Role.WINDOW_HEAD}
READERS = OFFICE | {Role.SECTION}
REGISTRARS = OFFICE | {Role.CONTRACT_SECTION}
LIMIT = Query(default=100, ge=1, le=1000)


class NoSuchMatching(Refused):
    """This case is not known to matching; it comes here when it has been received."""

    status = 404


class NotYourList(Refused):
    """What a section works on is shown to its own staff and to the office."""

    status = 403


def supplies(pool: asyncpg.Pool, municipality: str) -> Mapping[type[Command], Supply]:
    """What is true beyond the case, and which sections there are."""

    async def standing(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        beyond = await of_case(pool, id_, day(at))
        return {"full": beyond.full, "conflicts": beyond.conflicts}

    async def conclusion(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """V07: what such a refusal rests on, as the edition of the case says."""
        found = await matching(pool, id_)
        edition = guidelines.load(found["edition"]) if found and found.get("edition") else None
        usual = usual_clauses(edition, "no_match") if edition else ()
        return {**await standing(id_, body, at), "usual_clauses": usual}

    async def sections(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        try:
            edition = guidelines.in_force(municipality, day(at))
        except guidelines.NoEditionInForce:
            return {"sections": ()}
        return {"sections": tuple(section.id for section in edition.sections)}

    async def section(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        return {"section": id_, **await sections(id_, body, at)}

    informed = (
        ProposeMatch,
        AcceptMatch,
        DeclineMatch,
        UpholdDecision,
        RevokeDecision,
        DeclareConflict,
    )
    return {
        **dict.fromkeys(informed, Supply(standing)),
        ConcludeNoMatch: Supply(conclusion),
        RecordInterest: Supply(sections),
        SetCapacity: Supply(section),
    }


def routes(
    pool: asyncpg.Pool, store: EventStore, identify: Identify, clock: Clock, municipality: str
) -> APIRouter:
    """What is offered to a section and what it works on, how the matching of a case stands and why, what waits for the
    office, and the register of interests."""
    router = APIRouter(prefix="/matching", tags=["queries"])

    def permit(header: str | None, roles: set[Role]) -> Actor:
        actor = identify(header)
        if actor.role not in roles:
            raise NotYours(f"This is for: {', '.join(sorted(roles))}.")
        return actor

    @router.get("/offered/{section}", summary="What waits for a section's answer")
    async def waiting(
        section: str, limit: int = LIMIT, renkei_actor: str | None = Header(default=None)
    ) -> Response:
        actor = permit(renkei_actor, READERS)
        return Answer(_visible(await offered(pool, section, limit), actor))

    @router.get("/work/{section}", summary="What a section works on, and how much more it can lead")
    async def work(
        section: str, limit: int = LIMIT, renkei_actor: str | None = Header(default=None)
    ) -> Response:
        actor = permit(renkei_actor, READERS)
        if actor.role == Role.SECTION and actor.section != section:
            raise NotYourList()
        try:
            running, at_most = await capacity(pool, guidelines.in_force(municipality, day(clock())), section)
        except LookupError:  # of this section, or of an edition that day
            raise UnknownSection(f"Not a section here: {section}.") from None
        leading, supporting = await led(pool, section, limit)
        return Answer(
            {
                "section": section,
                "running": running,
                "capacity": at_most,
                "offered": _visible(await offered(pool, section, limit), actor),
                "leading": _visible(leading, actor),
                "supporting": _visible(supporting, actor),
            }
        )

    @router.get("/for-office", summary="Cases for which nobody is asked without the office")
    async def for_office(limit: int = LIMIT, renkei_actor: str | None = Header(default=None)) -> Response:
        permit(renkei_actor, OFFICE)
        return Answer(await waiting_for_office(pool, limit))

    @router.get("/interests", summary="The register of interests")
    async def register(limit: int = LIMIT, renkei_actor: str | None = Header(default=None)) -> Response:
        permit(renkei_actor, REGISTRARS)
        return Answer(await interests(pool, limit))

    @router.get("/matching/{case}", summary="How the matching of a case stands, and why")
    async def one(case: str, renkei_actor: str | None = Header(default=None)) -> Response:
        actor = permit(renkei_actor, READERS)
        found = await matching(pool, case)
        if found is None:
            raise NoSuchMatching()
        _not_partial(found, actor)
        return Answer(_for(found, actor))

    @router.get("/matching/{case}/steps", summary="Everything that was decided in the matching of a case")
    async def history(case: str, renkei_actor: str | None = Header(default=None)) -> Response:
        actor = permit(renkei_actor, OFFICE | {Role.AUDITOR})
        found = await matching(pool, case)
        if found is None:
            raise NoSuchMatching()
        _not_partial(found, actor)
        return Answer(steps(await store.load(MATCHING.stream(case))))

    return router


def _not_partial(found: Mapping[str, Any], actor: Actor) -> None:
    """V19: who is partial sees nothing of the case."""
    persons, sections = _partial(found)
    partial_persons_decide_nothing(actor, persons)
    if actor.role == Role.SECTION and actor.section:
        partial_sections_stay_out([actor.section], sections)


def _visible(found: list[dict[str, Any]], actor: Actor) -> list[dict[str, Any]]:
    """Without the cases in which the reader is partial."""
    shown = []
    for each in found:
        persons, sections = _partial(each)
        if actor.id not in persons and not (actor.role == Role.SECTION and actor.section in sections):
            shown.append(_for(each, actor))
    return shown


def _partial(found: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    conflicts = found["conflicts"]
    persons = {each["person"] for each in conflicts if each["person"]}
    return persons, {each["section"] for each in conflicts if each["whole_section"]}


def _for(found: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """Who else is partial is the office's to know."""
    return {**found, "conflicts": []} if actor.role == Role.SECTION else found
