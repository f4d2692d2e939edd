"""The fields of commands that only the service can know, and what its answers add."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import asyncpg

from chassis.decider import Command, Recorded, Refused
from chassis.event_store import EventStore
from chassis.http import Supply
from contracts.days import day
from contracts.intake import ConsultationConverted, ConsultationOpened, Partner, ProposalSubmitted
from services.intake import law
from services.intake.domain import (
    PROPOSAL,
    AcceptProposal,
    MigrateGuideline,
    NotSubmitted,
    RequestCorrection,
    SubmitProposal,
)
from services.intake.domain.access import ReadIdea
from services.intake.domain.consultation import ConvertToProposal, OpenConsultation, ReferConsultation
from services.intake.domain.guideline import ReviseGuideline
from services.intake.domain.theme import (
    AnswerThemeQuestion,
    AskThemeQuestion,
    ConcludeTheme,
    DraftTheme,
    PublishTheme,
)
from services.intake.domain.wording import repeats
from services.intake.projections.cases import case, earlier_cases, of_theme, running_of_theme
from services.intake.projections.ideas import words
from services.intake.projections.themes import known_theme, theme
from services.intake.receipts import ReceiptNumbers, Secrets, hashed, of_consultation

EDITION_ID = re.compile(r"[a-z0-9-]{1,40}/[0-9]{4}-[0-9]{2}")
THEME_ID = re.compile(r"[A-Za-z0-9-]{1,40}")
CASE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
Body = Mapping[str, Any]


class ThemeIdUnfit(Refused):
    """The id of a theme has 1 to 40 letters, digits and hyphens; choose another one."""


def supplies(
    pool: asyncpg.Pool, store: EventStore, secrets: Secrets, municipality: str
) -> Mapping[type[Command], Supply]:
    """Command → what the service adds to it before it is decided."""
    at_the_window = Window(pool, store, secrets, municipality)
    return {
        SubmitProposal: Supply(at_the_window.submission, at_the_window.receipt),
        RequestCorrection: Supply(at_the_window.correction_due),
        AcceptProposal: Supply(at_the_window.acceptance),
        MigrateGuideline: Supply(at_the_window.edition_in_force),
        ReviseGuideline: Supply(at_the_window.revision),
        ReferConsultation: Supply(at_the_window.section_asked),
        OpenConsultation: Supply(at_the_window.consultation, at_the_window.receipt),
        ConvertToProposal: Supply(at_the_window.conversion, at_the_window.receipt),
        DraftTheme: Supply(at_the_window.fit_theme),
        PublishTheme: Supply(at_the_window.known_section),
        ConcludeTheme: Supply(at_the_window.still_running),
        AskThemeQuestion: Supply(at_the_window.theme_answer_due),
        AnswerThemeQuestion: Supply(at_the_window.ideas_told),
        ReadIdea: Supply(at_the_window.existing_case),
    }


class Window:
    """What the window knows: its numbers and secrets, the guideline of the day, and what it has on file."""

    def __init__(self, pool: asyncpg.Pool, store: EventStore, secrets: Secrets, municipality: str) -> None:
        self._pool = pool
        self._store = store
        self._secrets = secrets
        self._municipality = municipality
        self._numbers = ReceiptNumbers(pool)

    async def submission(self, id_: str, body: Body, at: datetime) -> dict[str, Any]:
        """The busiest way there is: without a theme, nothing is looked up."""
        return {**await self._form(body, at), "secret_hash": hashed(self._secrets.of(id_))}

    async def conversion(self, id_: str, body: Body, at: datetime) -> dict[str, Any]:
        wanted = body.get("case")
        if not isinstance(wanted, str) or not CASE_ID.fullmatch(wanted):
            wanted = ""  # refused as malformed
        return {
            **await self._form(body, at),
            "secret_hash": hashed(self._secrets.of(wanted)),
            "case_taken": bool(wanted) and await case(self._pool, wanted) is not None,
        }

    async def _form(self, body: Body, at: datetime) -> dict[str, Any]:
        """V20: the theme as it is known now; GL6: the terms in force."""
        named = body.get("theme")
        fits = isinstance(named, str) and THEME_ID.fullmatch(named)
        return {
            "receipt_number": await self._numbers.next(day(at)),
            "terms_in_force": law.terms(self._municipality, day(at)),
            "known_theme": await known_theme(self._pool, str(named)) if fits else None,
        }

    async def consultation(self, id_: str, body: Body, at: datetime) -> dict[str, Any]:
        return {
            "receipt_number": await self._numbers.next(day(at)),
            "secret_hash": hashed(self._secrets.of(of_consultation(id_))),
            "answer_by": law.last_day(self._municipality, day(at), "consultation"),
        }

    def receipt(self, id_: str, facts: Sequence[Recorded]) -> dict[str, Any]:
        """Only for the one whose request made it: a later request without facts is told nothing."""
        for recorded in facts:
            match recorded.fact:
                case ProposalSubmitted(receipt_number=number):
                    return {"receipt_number": number, "secret": self._secrets.of(id_)}
                case ConsultationOpened(receipt_number=number):
                    return {"receipt_number": number, "secret": self._secrets.of(of_consultation(id_))}
                case ConsultationConverted(receipt_number=number, case=new):
                    return {"case": new, "receipt_number": number, "secret": self._secrets.of(new)}
        return {}

    async def correction_due(self, id_: str, body: Body, at: datetime) -> dict[str, Any]:
        return {"due": law.last_day(self._municipality, day(at), "correction")}

    async def theme_answer_due(self, id_: str, body: Body, at: datetime) -> dict[str, Any]:
        return {"answer_by": law.last_day(self._municipality, day(at), "theme_answer")}

    async def edition_in_force(self, id_: str, body: Body, at: datetime) -> dict[str, Any]:
        return {"in_force": law.in_force(self._municipality, day(at)).id}

    async def revision(self, id_: str, body: Body, at: datetime) -> dict[str, Any]:
        """The diff is made from the packs, off the loop."""
        named = body.get("edition")
        fits = isinstance(named, str) and EDITION_ID.fullmatch(named)
        return {
            "municipality": self._municipality,
            "guideline": id_,
            "known": await asyncio.to_thread(law.revision, str(named)) if fits else None,
        }

    async def acceptance(self, id_: str, body: Body, at: datetime) -> dict[str, Any]:
        """The edition from now on (V32), who was here before, and whether the theme is gone."""
        edition = law.in_force(self._municipality, day(at)).id
        given = {"edition": edition, "municipality": self._municipality}
        form = await self._submitted(id_)
        if form is None:
            return given
        partner = Partner(name=form.proposer.name, corporate_number=form.proposer.corporate_number)
        earlier = await earlier_cases(self._pool, id_, partner)
        named = form.previous_case
        if named and named != id_ and named not in earlier and await case(self._pool, named):
            earlier = [named, *earlier]
        found = await theme(self._pool, form.theme) if form.theme else None
        gone = found["reason"] if found and found["status"] == "cancelled" else None
        return {**given, "earlier_cases": tuple(earlier), "theme_cancelled": gone}

    async def _submitted(self, id_: str) -> ProposalSubmitted | None:
        events = await self._store.load(PROPOSAL.stream(id_))
        first = events[0].fact() if events else None
        return first if isinstance(first, ProposalSubmitted) else None

    async def fit_theme(self, id_: str, body: Body, at: datetime) -> dict[str, Any]:
        if not THEME_ID.fullmatch(id_):
            raise ThemeIdUnfit()
        return {}

    async def known_section(self, id_: str, body: Body, at: datetime) -> dict[str, Any]:
        edition = law.in_force(self._municipality, day(at))
        found = await theme(self._pool, id_)
        known = {section.id for section in edition.sections}
        return {"section_known": found is None or found["section"] in known}

    async def section_asked(self, id_: str, body: Body, at: datetime) -> dict[str, Any]:
        known = {section.id for section in law.in_force(self._municipality, day(at)).sections}
        return {"section_known": body.get("section") in known}

    async def still_running(self, id_: str, body: Body, at: datetime) -> dict[str, Any]:
        return {"running": tuple(await running_of_theme(self._pool, id_))}

    async def ideas_told(self, id_: str, body: Body, at: datetime) -> dict[str, Any]:
        """V16: which proposals to this theme are repeated by what is to be published. Nobody sees them for it."""
        public = f"{body.get('question')}\n{body.get('answer')}"
        found = await theme(self._pool, id_)
        known = f"{found['title']}\n{found['issue']}" if found else ""
        histories = await self._store.histories(PROPOSAL.stream(c) for c in await of_theme(self._pool, id_))
        ideas = {
            stream.partition("/")[2]: words(envelope.fact() for envelope in history.events)
            for stream, history in histories.items()
        }
        told = await asyncio.to_thread(
            lambda: [case for case, idea in ideas.items() if repeats(public, idea, known)]
        )
        return {"tells_of": tuple(told)}

    async def existing_case(self, id_: str, body: Body, at: datetime) -> dict[str, Any]:
        if await case(self._pool, id_) is None:
            raise NotSubmitted()
        return {}
