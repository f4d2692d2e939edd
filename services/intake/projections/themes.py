"""`themes`: what sections want proposals for; `theme_questions`: what was asked about them and answered to all.

Drafts are for the office; what is public never holds a question as it was asked (V16).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.intake import (
    EscalationRaised,
    ThemeCancelled,
    ThemeClosed,
    ThemeConcluded,
    ThemeDrafted,
    ThemePublished,
    ThemeQuestionAnswered,
    ThemeQuestionAsked,
)
from services.intake.policies import KnownTheme
from services.intake.projections.database import Database, shown, with_key


def project_theme(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case ThemeDrafted() as fact:
            return [Put(recorded.id, {**fact.model_dump(mode="json"), "status": "draft"})]
        case ThemePublished() as fact:
            kept = fact.model_dump(mode="json", include={"criteria_version", "published_on"})
            return [Put(recorded.id, {**kept, "status": "open"})]
        case ThemeClosed():
            return [Put(recorded.id, {"status": "closed"})]
        case ThemeCancelled() as fact:
            return [Put(recorded.id, {"status": "cancelled", "reason": fact.reason})]
        case ThemeConcluded():
            return [Put(recorded.id, {"status": "concluded"})]
        case _:
            return []


def project_question(recorded: Recorded) -> Sequence[Change]:
    """Of a question that waits, only its number and its days."""
    if not recorded.envelope.subject.startswith("theme/"):
        return []
    match recorded.fact:
        case ThemeQuestionAsked() as fact:
            doc = fact.model_dump(mode="json", include={"number", "asked_on", "answer_by"})
            return [Put(_key(recorded, fact.number), {**doc, "theme": recorded.id, "status": "waiting"})]
        case ThemeQuestionAnswered() as fact:
            doc = {**fact.model_dump(mode="json"), "status": "answered", "overdue": None}
            return [Put(_key(recorded, fact.number), doc)]
        case EscalationRaised(number=number, due=due):
            return [Put(_key(recorded, number or 0), {"overdue": due.isoformat()})]
        case _:
            return []


def _key(recorded: Recorded, number: int) -> str:
    return f"{recorded.id}/{number:04d}"


THEMES = ReadModel("themes", project_theme)
THEME_QUESTIONS = ReadModel("theme_questions", project_question)

THEME = "select key, doc from themes where key = $1"
# Those that were published, the last one first.
PUBLISHED = """
select key, doc from themes where doc ->> 'status' <> 'draft'
order by doc ->> 'opens' desc, key desc limit $1
"""
DRAFTS = "select key, doc from themes where doc ->> 'status' = 'draft' order by key limit $1"
QUESTIONS = "select key, doc from theme_questions where doc ->> 'theme' = $1 order by key"


async def theme(db: Database, id_: str) -> dict[str, Any] | None:
    """Everything about a theme but its questions; None where there is none of this id."""
    return with_key(await db.fetchrow(THEME, id_), "theme")


async def known_theme(db: Database, id_: str) -> KnownTheme | None:
    """What a submission needs to know of it."""
    found = await theme(db, id_)
    return KnownTheme.model_validate(found) if found else None


async def published(db: Database, limit: int = 100) -> list[dict[str, Any]]:
    """For everybody."""
    return shown(await db.fetch(PUBLISHED, limit), "theme")


async def drafts(db: Database, limit: int = 100) -> list[dict[str, Any]]:
    """For the office."""
    return shown(await db.fetch(DRAFTS, limit), "theme")


async def answers(db: Database, id_: str) -> list[dict[str, Any]]:
    """Questions and answers as published to all: number, question, answer, answered_on."""
    names = ("number", "question", "answer", "answered_on")
    rows = await db.fetch(QUESTIONS, id_)
    return [{n: row["doc"][n] for n in names} for row in rows if row["doc"]["status"] == "answered"]
