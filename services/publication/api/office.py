"""What the office, proposers and the information section look up; reading what is confidential is kept (V17)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from fastapi import APIRouter, Response
from pydantic import ValidationError

from chassis.commands import Commands
from chassis.decider import Command, NotYours
from chassis.deciding import Asked
from chassis.event_store import EventStore
from chassis.http import Answer
from chassis.identity import Identify
from chassis.problems import Malformed, places
from contracts.actors import Actor, Role
from contracts.confidential import plain
from contracts.publication import DisclosureRequested, PublicationProposed
from services.publication.api.described import (
    PROBLEMS,
    Asking,
    DisclosureNotFound,
    Id,
    Limit,
    NothingOnTheWay,
    Purpose,
    PurposeMissing,
    Secret,
    Status,
)
from services.publication.domain import DISCLOSURE, PUBLICATION
from services.publication.domain.disclosure import ReadRequest
from services.publication.domain.publication import ReadPreview
from services.publication.projections.database import Database
from services.publication.projections.disclosures import disclosure, disclosures
from services.publication.projections.publications import HIDDEN, publication, publications

OFFICE = frozenset({Role.WINDOW, Role.WINDOW_HEAD})
INFORMATION = OFFICE | {Role.INFORMATION_SECTION, Role.DELEGATE, Role.MAYOR}
OWN = "本人による閲覧"  # the purpose of whoever reads their own


class Desk:
    """Shows what is confidential, after the reading is kept."""

    def __init__(
        self,
        db: Database,
        store: EventStore,
        commands: Commands,
        identify: Identify,
        now: Callable[[], datetime],
    ) -> None:
        self.db, self._store, self._commands = db, store, commands
        self._identify, self._now = identify, now

    def permit(self, header: str | None, roles: frozenset[Role]) -> Actor:
        actor = self._identify(header)
        if actor.role not in roles:
            raise NotYours(f"This is for: {', '.join(sorted(roles))}.")
        return actor

    def proposer(self, case: str, secret: str, row: dict[str, Any] | None) -> Actor:
        """Whoever shows the secret of the receipt is the proposer of the case."""
        known = (row or {}).get(HIDDEN)
        if not known or not hmac.compare_digest(known, hashlib.sha256(secret.encode()).hexdigest()):
            raise NothingOnTheWay()
        return Actor(role=Role.PROPOSER, id=case)

    async def kept(
        self, id_: str, type_: type[Command], actor: Actor, purpose: str | None, **more: Any
    ) -> None:
        """Raises PurposeMissing, or that this actor may not read it."""
        if not purpose or not purpose.strip():
            raise PurposeMissing()
        try:
            command = type_.model_validate({"actor": actor, "at": self._now(), "purpose": purpose, **more})
        except ValidationError as error:
            raise Malformed("See `errors`.", errors=places(error)) from None
        await self._commands.handle(Asked(id_, command))

    async def preview(self, case: str) -> dict[str, Any]:
        """What is proposed now, in the clear."""
        facts = [envelope.fact() for envelope in await self._store.load(PUBLICATION.stream(case))]
        last = [fact for fact in facts if isinstance(fact, PublicationProposed)][-1]
        return last.model_dump(mode="json", context={"seal": plain})

    async def request(self, id_: str) -> dict[str, Any]:
        """A request as it was made, in the clear."""
        first = (await self._store.load(DISCLOSURE.stream(id_)))[0].fact()
        assert isinstance(first, DisclosureRequested)
        names = {"requester", "contact", "request"}
        return first.model_dump(mode="json", include=names, context={"seal": plain})


def routes(desk: Desk) -> APIRouter:
    router = APIRouter(prefix="/publication", tags=["queries"], responses=PROBLEMS)

    @router.get("/publications", summary="Signed cases on their way to the public, for the office")
    async def on_the_way(status: Status = None, limit: Limit = 100, renkei_actor: Asking = None) -> Response:
        desk.permit(renkei_actor, OFFICE)
        return Answer(await publications(desk.db, status, limit))

    @router.get("/previews/{case}", summary="What would be shown of a case, for the office and its proposer")
    async def preview(
        case: Id,
        renkei_actor: Asking = None,
        renkei_purpose: Purpose = None,
        renkei_secret: Secret = None,
    ) -> Response:
        row = await publication(desk.db, case)
        if renkei_secret is not None:
            actor = desk.proposer(case, renkei_secret, row)
            purpose: str | None = spoken(renkei_purpose) if renkei_purpose else OWN
        else:
            actor = desk.permit(renkei_actor, OFFICE | {Role.PROPOSER})
            purpose = spoken(renkei_purpose) if renkei_purpose else None
        if row is None:
            raise NothingOnTheWay()
        await desk.kept(case, ReadPreview, actor, purpose, proved=renkei_secret is not None)
        named = ("status", "digest", "outcome_digest", "consent", "confirmed")
        told = {name: row.get(name) for name in named}
        return Answer({"case": case, **told, **await desk.preview(case)})

    @router.get("/disclosures", summary="Requests for disclosure, the first to be decided first")
    async def requests(status: Status = None, limit: Limit = 100, renkei_actor: Asking = None) -> Response:
        desk.permit(renkei_actor, INFORMATION)
        return Answer(await disclosures(desk.db, status, limit))

    @router.get("/disclosures/{id}", summary="Where a request stands")
    async def standing(id: Id, renkei_actor: Asking = None) -> Response:
        desk.permit(renkei_actor, INFORMATION)
        found = await disclosure(desk.db, id)
        if found is None:
            raise DisclosureNotFound()
        return Answer(found)

    @router.get("/disclosures/{id}/request", summary="The request as it was made, read for a purpose")
    async def request(id: Id, renkei_actor: Asking = None, renkei_purpose: Purpose = None) -> Response:
        actor = desk.permit(renkei_actor, OFFICE | {Role.INFORMATION_SECTION})
        if await disclosure(desk.db, id) is None:
            raise DisclosureNotFound()
        await desk.kept(id, ReadRequest, actor, spoken(renkei_purpose) if renkei_purpose else None)
        return Answer({"disclosure": id, **await desk.request(id)})

    return router


def spoken(header: str) -> str:
    """A header as it was meant: HTTP takes its bytes for Latin-1."""
    try:
        header = header.encode("latin-1").decode()
    except UnicodeError:
        pass
    return unquote(header, errors="replace")
