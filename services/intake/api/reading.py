"""Ideas and questions themselves, for those who work on them and those whose they are.

Each reading says its purpose in the header `Renkei-Purpose`, percent-encoded or UTF-8, and is kept (V17) before
anything is shown. Whose own it is shows the secret of the receipt instead, in `Renkei-Secret`.

    PurposeMissing               422: nobody reads for no reason
"""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from fastapi import APIRouter, Response
from pydantic import ValidationError

from chassis.clock import Clock
from chassis.commands import Commands
from chassis.decider import Command, Refused
from chassis.deciding import Asked
from chassis.event_store import EventStore
from chassis.http import Answer
from chassis.identity import Identify
from chassis.problems import Malformed, places
from contracts.actors import Actor, Role
from contracts.cloudevents import instant
from contracts.fact import Fact
from services.intake.api.described import (
    PROBLEMS,
    Asking,
    ConsultationNotFound,
    Id,
    NoSuchCase,
    Purpose,
    Secret,
    ThemeNotFound,
)
from services.intake.domain import PROPOSAL
from services.intake.domain.access import ACCESS, ReadIdea
from services.intake.domain.consultation import CONSULTATION, ReadConsultation
from services.intake.domain.theme import THEME, ReadThemeQuestions
from services.intake.projections.cases import case as case_of
from services.intake.projections.consultations import consultation as consultation_of
from services.intake.projections.database import Database
from services.intake.projections.ideas import consultation, idea, theme_questions
from services.intake.receipts import hashed

OWN = "本人による閲覧"  # the purpose of whoever reads their own


class PurposeMissing(Refused):
    """Say for what you read it: send the header Renkei-Purpose."""

    status = 422


class Reader:
    """Shows what is confidential, after the reading is kept."""

    def __init__(
        self, db: Database, store: EventStore, commands: Commands, identify: Identify, clock: Clock
    ) -> None:
        self._db, self._store, self._commands = db, store, commands
        self._identify, self._clock = identify, clock

    def now(self) -> datetime:
        return self._clock()

    async def facts(self, stream: str) -> list[Fact]:
        return [envelope.fact() for envelope in await self._store.load(stream)]

    def who(
        self, actor: str | None, secret: str | None, row: dict[str, Any] | None, none: type[Refused]
    ) -> Actor:
        """Whoever asks; who shows a secret is the proposer of that receipt. Raises `none` for one that does not fit."""
        if secret is None:
            return self._identify(actor)
        if row is None or not hmac.compare_digest(row["secret_hash"], hashed(secret)):
            raise none()
        return Actor(role=Role.PROPOSER, id=row["receipt_number"])

    async def kept(
        self, type_: type[Command], id_: str, actor: Actor, purpose: str | None, proved: bool
    ) -> None:
        """Raises PurposeMissing, or that this actor may not read it."""
        said = _spoken(purpose) if purpose else (OWN if proved else "")
        if not said.strip():
            raise PurposeMissing()
        fields = {"actor": actor, "at": self._clock(), "purpose": said}
        if "proved" in type_.model_fields:
            fields["proved"] = proved
        try:
            command = type_.model_validate(fields)
        except ValidationError as error:
            raise Malformed("See `errors`.", errors=places(error)) from None
        await self._commands.handle(Asked(id_, command))

    async def answer(self, id_: str, receipt_number: str) -> str | None:
        """The answer to a question, read by whose receipt it is."""
        actor = Actor(role=Role.PROPOSER, id=receipt_number)
        await self.kept(ReadConsultation, id_, actor, None, True)
        found = consultation(await self.facts(CONSULTATION.stream(id_)))
        return found["answer"] if found else None

    async def log(self, case: str) -> list[dict[str, Any]]:
        """Who read the idea and for what, who may, and who may not, in order."""
        told = await self._store.load(ACCESS.stream(case))
        return [
            {
                "time": instant(envelope.time),
                "actor": envelope.actor,
                "fact": type(fact := envelope.fact()).__name__,
                **fact.model_dump(mode="json"),
            }
            for envelope in told
        ]


def routes(reader: Reader, db: Database) -> APIRouter:
    """The proposal of a case, a question at the window, the questions about a theme."""
    router = APIRouter(prefix="/intake", tags=["reading"], responses=PROBLEMS)

    @router.get("/proposal/{case}", summary="The proposal itself, for those who work on it or made it")
    async def proposal(
        case: Id,
        renkei_actor: Asking = None,
        renkei_purpose: Purpose = None,
        renkei_secret: Secret = None,
    ) -> Response:
        row = await case_of(db, case) if renkei_secret else None
        actor = reader.who(renkei_actor, renkei_secret, row, NoSuchCase)
        found = idea(await reader.facts(PROPOSAL.stream(case)))
        if found is None:
            raise NoSuchCase()
        await reader.kept(ReadIdea, case, actor, renkei_purpose, row is not None)
        return Answer(found)

    @router.get("/consultation/{id}", summary="A question at the window, for those who answer it or asked it")
    async def question(
        id: Id,
        renkei_actor: Asking = None,
        renkei_purpose: Purpose = None,
        renkei_secret: Secret = None,
    ) -> Response:
        row = await consultation_of(db, id) if renkei_secret else None
        actor = reader.who(renkei_actor, renkei_secret, row, ConsultationNotFound)
        found = consultation(await reader.facts(CONSULTATION.stream(id)))
        if found is None:
            raise ConsultationNotFound()
        await reader.kept(ReadConsultation, id, actor, renkei_purpose, row is not None)
        return Answer(found)

    @router.get("/theme-questions/{theme}", summary="Questions about a theme as asked, for those who answer")
    async def questions(
        theme: Id,
        renkei_actor: Asking = None,
        renkei_purpose: Purpose = None,
    ) -> Response:
        actor = reader.who(renkei_actor, None, None, ThemeNotFound)
        facts = await reader.facts(THEME.stream(theme))
        if not facts:
            raise ThemeNotFound()
        await reader.kept(ReadThemeQuestions, theme, actor, renkei_purpose, False)
        return Answer(theme_questions(facts))

    return router


def _spoken(header: str) -> str:
    """A header as it was meant: HTTP takes its bytes for Latin-1."""
    try:
        header = header.encode("latin-1").decode()
    except UnicodeError:
        pass
    return unquote(header, errors="replace")
