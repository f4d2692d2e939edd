"""What screening adds to its commands, and its queries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

import asyncpg
from fastapi import APIRouter, Header, Path, Query, Response

import guidelines
from chassis.decider import Command, NotYours, Refused
from chassis.http import Answer, Supply
from chassis.identity import Identify
from chassis.openapi import ProblemDocument
from contracts.actors import Role
from contracts.days import day
from contracts.screening import Register
from guidelines import Edition
from services.screening.domain import (
    AdverseFactFound,
    ConfirmEligible,
    ConfirmFlag,
    CorrectMeasure,
    DeclareIneligible,
    RecordEmploymentLink,
    RecordMeasure,
    RecordPartnerScreening,
)
from services.screening.projections import (
    imports,
    links,
    measures_as_of,
    screening,
    screenings,
    waiting_flags,
)
from services.screening.projections.lookup import measures_against
from services.screening.projections.registers import PERSONAL

READERS = frozenset(
    {Role.WINDOW, Role.WINDOW_HEAD, Role.CONTRACT_SECTION, Role.DELEGATE, Role.MAYOR, Role.AUDITOR}
)
KEEPERS = frozenset({Role.CONTRACT_SECTION})  # of the registers, with the names of persons in them
ID = r"^[A-Za-z0-9._-]{1,64}$"
NUMBER = r"^[1-9][0-9]{12}$"

Asking = Annotated[
    str | None, Header(alias="Renkei-Actor", description="role:id[:section]", examples=["window:W-01:S01"])
]
Limit = Annotated[int, Query(ge=1, le=1000, description="At most so many.")]
After = Annotated[
    str, Query(pattern=r"^[A-Za-z0-9._-]{0,64}$", description="The last id of the page before.")
]


class NoSuchScreening(Refused):
    """This case is not known to screening; it comes here when its proposal has been accepted."""

    status = 404


class NoGuideline(Refused):
    """This municipality has no guideline yet, so that nobody can say which clause a register answers."""


class NoClauseForRegister(Refused):
    """By the guideline in force this register answers no clause; nothing is entered into it."""


def supplies(pool: asyncpg.Pool, municipality: str) -> Mapping[type[Command], Supply]:
    """What the registers hold goes into decisions; the clauses that they answer, into the registers."""

    async def measures(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        return {"measures": await measures_against(pool, id_, _as_of(body, day(at)))}

    async def clause(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        edition = _edition(municipality, day(at))
        register = body.get("register")
        answers = {str(name): clause for name, clause in edition.registers.items()}
        found = answers.get(register) if isinstance(register, str) else next(iter(answers.values()), None)
        if found is None and register in ("bid_suspension", "gang_exclusion", "art167_4"):
            raise NoClauseForRegister(f"{register} by {edition.id}.")
        return {"register_clause": found or edition.partner_clauses[0], "zone": edition.zone}

    async def zone(id_: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        return {"zone": _edition(municipality, day(at)).zone}

    concerning = (RecordPartnerScreening, ConfirmEligible, DeclareIneligible, ConfirmFlag, AdverseFactFound)
    return {
        **dict.fromkeys(concerning, Supply(measures)),
        **dict.fromkeys((RecordMeasure, CorrectMeasure), Supply(clause)),
        RecordEmploymentLink: Supply(zone),
    }


def routes(pool: asyncpg.Pool, identify: Identify) -> APIRouter:
    """Screenings and registers, for those who screen."""
    router = APIRouter(prefix="/screening", tags=["queries"], responses=PROBLEMS)

    def permit(header: str | None, readers: frozenset[Role] = READERS) -> Role:
        role = identify(header).role
        if role not in readers:
            raise NotYours(f"This is for: {', '.join(sorted(readers))}.")
        return role

    @router.get("/screenings", summary="Screenings of one status, oldest first")
    async def of_status(
        status: Literal["open", "eligible", "ineligible", "reconsideration", "upheld", "closed"] = "open",
        limit: Limit = 100,
        renkei_actor: Asking = None,
    ) -> Response:
        permit(renkei_actor)
        return Answer(await screenings(pool, status, limit))

    @router.get("/screening/{case}", summary="How far the screening of a case is", responses={404: NOT_FOUND})
    async def one(case: Annotated[str, Path(pattern=ID)], renkei_actor: Asking = None) -> Response:
        permit(renkei_actor)
        found = await screening(pool, case)
        if found is None:
            raise NoSuchScreening()
        return Answer(found)

    @router.get(
        "/flags",
        summary="Entries of registers that wait for somebody to say whether they are about a partner",
    )
    async def flags(limit: Limit = 100, renkei_actor: Asking = None) -> Response:
        permit(renkei_actor)
        return Answer(await waiting_flags(pool, limit))

    @router.get("/measures", summary="Entries of the registers, those in force on a day if one is given")
    async def measures(
        as_of: Annotated[date | None, Query(description="Both end dates count.")] = None,
        register: Register | None = None,
        corporate_number: Annotated[str | None, Query(pattern=NUMBER)] = None,
        after: After = "",
        limit: Limit = 1000,
        renkei_actor: Asking = None,
    ) -> Response:
        role = permit(renkei_actor)
        found = await measures_as_of(pool, as_of, register, corporate_number, after, limit)
        return Answer(found if role in KEEPERS else [_without_persons(each) for each in found])

    @router.get("/links", summary="Who is known to use a person that a finding is about")
    async def used(after: After = "", limit: Limit = 1000, renkei_actor: Asking = None) -> Response:
        permit(renkei_actor, KEEPERS)
        return Answer(await links(pool, after, limit))

    @router.get(
        "/register-imports", summary="Files that registers were brought up to date from, the latest first"
    )
    async def imported(limit: Limit = 100, renkei_actor: Asking = None) -> Response:
        permit(renkei_actor)
        return Answer(await imports(pool, limit))

    return router


NOT_FOUND: dict[str, Any] = {
    "description": "Not known here.",
    "content": {"application/problem+json": {"schema": ProblemDocument.model_json_schema()}},
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: {**NOT_FOUND, "description": "Nobody known is asking."},
    403: {**NOT_FOUND, "description": "This role may not do this."},
    503: {**NOT_FOUND, "description": "Try again."},
}


def _as_of(body: Mapping[str, Any], today: date) -> date:
    """The day whose registers are asked for; what is no day is said when the command is read."""
    try:
        return date.fromisoformat(str(body.get("as_of")))
    except ValueError:
        return today


def _edition(municipality: str, today: date) -> Edition:
    """The guideline in force; before the first one of all, that one: registers are older than guidelines."""
    try:
        return guidelines.in_force(municipality, today)
    except guidelines.NoEditionInForce:
        own = (guidelines.load(id_) for id_ in guidelines.editions())
        earliest = min(
            (edition for edition in own if edition.municipality == municipality),
            key=lambda edition: edition.effective,
            default=None,
        )
    if earliest is None:
        raise NoGuideline(f"{municipality} on {today}.")
    return earliest


def _without_persons(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in PERSONAL}
