"""From a fact, ours or another service's, to the command that issues its notice."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from datetime import date, datetime

import asyncpg

import guidelines
from chassis.decider import Recorded
from chassis.event_store import EventStore
from chassis.inbox import Following, Reaction
from contracts.actors import Actor, Role
from contracts.days import day
from contracts.fact import Fact
from contracts.text import EditionId
from guidelines import Edition, NoEditionInForce, notices
from services.intake.domain.notices import IssueNotice
from services.intake.notices.numbers import NoticeNumbers
from services.intake.notices.parties import CONSULTATION, Party, party
from services.intake.notices.plans import IN_ANY_CASE, PLANS, Plan, plan

log = logging.getLogger(__name__)

INTAKE = Actor(role=Role.SERVICE, id="intake")


def reactions(pool: asyncpg.Pool, store: EventStore, municipality: str) -> dict[type[Fact], Reaction]:
    """Fact → the command that issues its notice, where it has one."""
    return dict.fromkeys(PLANS, Issuing(pool, store, municipality))


class Issuing:
    """Issues the notice of a fact, once: whom it concerns and under which edition is looked up."""

    def __init__(self, pool: asyncpg.Pool, store: EventStore, municipality: str) -> None:
        self._numbers = NoticeNumbers(pool)
        self._store = store
        self._municipality = municipality

    def __call__(self, recorded: Recorded, at: datetime) -> Following | Awaitable[Following]:
        planned = plan(recorded)
        return self._issue(planned, recorded, at) if planned else []

    async def _issue(self, planned: Plan, recorded: Recorded, at: datetime) -> Following:
        asks = recorded.envelope.subject.startswith(f"{CONSULTATION}/")
        case = planned.case or recorded.id
        found = await party(self._store, case, asks=asks)
        to_proposer = planned.to == "proposer"
        if to_proposer and (found is None or (found.address is None and planned.kind not in IN_ANY_CASE)):
            return []
        try:
            edition = self._edition(planned, found, recorded)
        except NoEditionInForce as error:
            log.error("no notice of %s: no edition was in force: %s", recorded.envelope.id, error)
            return []
        issued_on = day(recorded.envelope.time, edition.zone)
        return [
            (
                case,
                IssueNotice(
                    actor=INTAKE,
                    at=at,
                    number=await self._numbers.next(edition, issued_on) if to_proposer else None,
                    kind=planned.kind,
                    case=case,
                    cites=planned.cites or notices.usual_clauses(edition, planned.kind),
                    edition=edition.id,
                    law_edition=planned.law_edition or self._elsewhere(edition, planned, issued_on),
                    of=recorded.envelope.id,
                    to=planned.to,
                    way="post" if to_proposer and (found is None or found.address is None) else "mail",
                    issued_on=issued_on,
                    until=planned.until,
                    section=planned.section,
                    about=planned.about,
                    words=planned.words,
                ),
            )
        ]

    def _edition(self, planned: Plan, found: Party | None, recorded: Recorded) -> Edition:
        """V32: that of the decision, else that of the case, else the one in force. Raises NoEditionInForce."""
        bound = planned.edition or (found and found.edition)
        if bound:
            return guidelines.load(bound)
        return guidelines.in_force(self._municipality, day(recorded.envelope.time))

    def _elsewhere(self, edition: Edition, planned: Plan, issued_on: date) -> EditionId | None:
        """V32: a clause that protects the law may stand in the edition in force, and not in that of the case."""
        if {clause.id for clause in edition.clauses}.issuperset(planned.cites):
            return None
        return guidelines.in_force(edition.municipality, issued_on).id
