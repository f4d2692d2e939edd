"""Read models of evaluations.

`evaluations`: who weighs each case, and how; scores are kept apart by reviewer, so that each is told to whom it may be.
`theme_criteria`: what was locked for themes that published no criteria (V20).
Comments and the reasons of who takes no part stay in the facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.agreements import (
    CriteriaLocked,
    EvaluationOpened,
    PilotEvaluated,
    ReviewerAbstained,
    ReviewerNamed,
    ReviewerRecused,
    ScoreSubmitted,
)
from services.agreements.domain.evaluation.commands import LockedCriteria
from services.agreements.projections.partnerships import Database, partnership

WAITS: dict[str, Any] = {"status": "waits", "scores": None}
OF = "of:"  # before the id of a reviewer: what became of them
FOR = "for:"  # before the id of one who takes no part: who was named in their place


def project(recorded: Recorded) -> Sequence[Change]:
    changes = _changes(recorded)
    return [Put(recorded.id, changes)] if changes else []


def _changes(recorded: Recorded) -> dict[str, Any]:
    match recorded.fact:
        case EvaluationOpened(reviewers=reviewers) as fact:
            locked = fact.model_dump(mode="json", include={"criteria", "min_total", "quorum", "theme"})
            nobody_replaced = {f"{FOR}{reviewer}": None for reviewer in reviewers}
            named = {f"{OF}{reviewer}": WAITS for reviewer in reviewers}
            return {**locked, **nobody_replaced, **named, "reviewers": list(reviewers), "total": None}
        case ReviewerNamed() as fact:
            new = fact.reviewer
            return {f"{OF}{new}": WAITS, f"{FOR}{new}": None, f"{FOR}{fact.in_place_of}": new}
        case ScoreSubmitted() as fact:
            return {f"{OF}{fact.reviewer}": {"status": "scored", "scores": dict(fact.scores.reveal())}}
        case ReviewerAbstained() as fact:
            return {f"{OF}{fact.reviewer}": {"status": "abstained", "scores": None}}
        case ReviewerRecused() as fact:
            return {f"{OF}{fact.reviewer}": {"status": "recused", "scores": None}}
        case PilotEvaluated() as fact:
            return {"total": fact.total}
        case _:
            return {}


def lock(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case CriteriaLocked(criteria_version=version):
            return [Put(recorded.id, {"version": version})]
        case _:
            return []


EVALUATIONS = ReadModel("evaluations", project)
THEME_CRITERIA = ReadModel("theme_criteria", lock)

EVALUATION = "select doc from evaluations where key = $1"
LOCKED = "select doc from theme_criteria where key = $1"


async def evaluation(db: Database, case: str, reader: str | None) -> dict[str, Any] | None:
    """How a case is weighed: criteria, min_total, quorum, theme, total (None until it is concluded), and of each
    reviewer the status (waits, scored, abstained, recused) and the scores. Before the conclusion the scores are those
    of `reader` alone, who is one of the reviewers or None.

    None where no evaluation was opened.
    """
    row = await db.fetchrow(EVALUATION, case)
    return _shown(case, row["doc"], reader) if row and "reviewers" in row["doc"] else None


def takes_part(found: dict[str, Any] | None, reviewer: str) -> bool:
    """Whether this is one of the reviewers, and not recused (V19)."""
    return found is not None and any(
        each["reviewer"] == reviewer and each["status"] != "recused" for each in found["reviewers"]
    )


def _shown(case: str, doc: dict[str, Any], reader: str | None) -> dict[str, Any]:
    concluded = doc["total"] is not None
    reviewers = []
    for reviewer in _named(doc):
        stands = doc[f"{OF}{reviewer}"]
        seen = stands["scores"] if concluded or reviewer == reader else None
        reviewers.append({"reviewer": reviewer, "status": stands["status"], "scores": seen})
    locked = {name: doc[name] for name in ("criteria", "min_total", "quorum", "theme", "total")}
    return {"case": case, **locked, "reviewers": reviewers}


def _named(doc: dict[str, Any]) -> list[str]:
    """The reviewers of the evaluation that was opened last, and who was named in the place of any of them."""
    named: list[str] = list(doc["reviewers"])
    for reviewer in named:  # grows meanwhile: whoever was named may be replaced as well
        if (other := doc.get(f"{FOR}{reviewer}")) and other not in named:
            named.append(other)
    return named


async def locked_for(db: Database, case: str) -> LockedCriteria | None:
    """What was locked for the theme that a case answers, if it answers one and anything was."""
    known = await partnership(db, case)
    theme = known.get("theme") if known else None
    if theme is None:
        return None
    row = await db.fetchrow(LOCKED, theme)
    return LockedCriteria(theme, row["doc"]["version"]) if row else None
