"""Lists, themes, terms, and how a case stands: nothing here tells a word of an idea, but an answer to whose it is."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import APIRouter, Header, Response

from chassis.decider import NotYours
from chassis.http import Answer
from chassis.identity import Identify
from contracts.actors import Role
from contracts.days import day
from contracts.intake import EditionTookEffect, GuidelineRevised
from services.intake import law
from services.intake.api.described import (
    PROBLEMS,
    Asking,
    Id,
    Limit,
    NoSuchCase,
    Receipt,
    Status,
    Theme,
    ThemeNotFound,
)
from services.intake.api.reading import Reader
from services.intake.domain.guideline import GUIDELINE
from services.intake.projections import cases, consultations, themes
from services.intake.projections.database import Database
from services.intake.projections.overdue import overdue
from services.intake.receipts import hashed

OFFICE = frozenset({Role.WINDOW, Role.WINDOW_HEAD})
AUDIT = frozenset({Role.WINDOW_HEAD, Role.AUDITOR})
OF_A_CASE = (
    "case",
    "receipt_number",
    "status",
    "submitted_on",
    "received_on",
    "edition",
    "due",
    "kind",
    "theme",
    "pilot",
)
OF_A_QUESTION = ("receipt_number", "status", "opened_on", "answer_by", "answered_on", "case")


def routes(reader: Reader, db: Database, identify: Identify, municipality: str) -> APIRouter:
    """How something stands, for whose it is; themes and terms, for everybody; lists, for the office."""
    router = APIRouter(prefix="/intake", tags=["queries"], responses=PROBLEMS)

    def permit(actor: str | None, roles: frozenset[Role]) -> None:
        if identify(actor).role not in roles:
            raise NotYours(f"This is for: {', '.join(sorted(roles))}.")

    @router.get("/status/{receipt_number}", summary="How a case or a question stands, for whose it is")
    async def status(receipt_number: Receipt, renkei_secret: Annotated[str, Header()]) -> Response:
        case = await cases.case_by_receipt(db, receipt_number)
        found = case or await consultations.consultation_by_receipt(db, receipt_number)
        if found is None or not hmac.compare_digest(found["secret_hash"], hashed(renkei_secret)):
            raise NoSuchCase()
        if case:
            return Answer({name: case.get(name) for name in OF_A_CASE})
        told = {name: found.get(name) for name in OF_A_QUESTION}
        if "answered_on" in found:
            told["answer"] = await reader.answer(found["consultation"], receipt_number)
        return Answer({**told, "kind": "consultation"})

    @router.get("/terms", summary="What a proposer accepts today")
    async def terms() -> Response:
        edition = law.in_force(municipality, day(reader.now()))
        clauses = [edition.clause(id_).model_dump(mode="json") for id_ in edition.terms]
        return Answer({"edition": edition.id, "title": edition.title, "terms": clauses})

    @router.get("/guideline", summary="The edition in force today, and which edition superseded which")
    async def guideline() -> Response:
        edition = law.in_force(municipality, day(reader.now()))
        facts = await reader.facts(GUIDELINE.stream(municipality))
        revisions = [fact.model_dump(mode="json") for fact in facts if isinstance(fact, GuidelineRevised)]
        in_effect = {fact.edition for fact in facts if isinstance(fact, EditionTookEffect)}
        return Answer(
            {
                "edition": edition.id,
                "title": edition.title,
                "effective_on": edition.effective.isoformat(),
                "revisions": [{**each, "in_effect": each["edition"] in in_effect} for each in revisions],
            }
        )

    @router.get("/themes", summary="What sections want proposals for")
    async def all_themes(limit: Limit = 100) -> Response:
        return Answer(await themes.published(db, limit))

    @router.get("/themes/{theme}", summary="One of them, with questions and answers")
    async def one_theme(theme: Id) -> Response:
        found = await themes.theme(db, theme)
        if found is None or found["status"] == "draft":
            raise ThemeNotFound()
        return Answer({**found, "questions": await themes.answers(db, theme)})

    @router.get("/theme-drafts", summary="Themes that are not published yet, for the office")
    async def drafts(limit: Limit = 100, renkei_actor: Asking = None) -> Response:
        permit(renkei_actor, OFFICE | {Role.SECTION})
        return Answer(await themes.drafts(db, limit))

    @router.get("/cases", summary="The latest cases, for the office")
    async def latest_cases(
        status: Status = None,
        theme: Theme = None,
        limit: Limit = 100,
        renkei_actor: Asking = None,
    ) -> Response:
        permit(renkei_actor, OFFICE)
        return Answer(await cases.cases(db, status, theme, limit))

    @router.get("/consultations", summary="The latest questions, for the office")
    async def latest_consultations(
        status: Status = None, limit: Limit = 100, renkei_actor: Asking = None
    ) -> Response:
        permit(renkei_actor, OFFICE)
        return Answer(await consultations.consultations(db, status, limit))

    @router.get("/overdue", summary="What waits longer than was promised, for the office")
    async def waiting(limit: Limit = 100, renkei_actor: Asking = None) -> Response:
        permit(renkei_actor, OFFICE)
        return Answer(await overdue(db, limit))

    @router.get("/access/{case}", summary="Who read the idea of a case, and who may")
    async def access(case: Id, renkei_actor: Asking = None) -> Response:
        permit(renkei_actor, AUDIT)
        return Answer(await reader.log(case))

    return router
