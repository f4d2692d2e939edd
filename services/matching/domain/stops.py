"""A case in which an adverse fact was found: stopped, its place remembered, and it goes on or ends (GL7, V32).

What other services tell may come late, twice, or before the matching opened: then nothing follows.
"""

from __future__ import annotations

from contracts.matching import (
    GuidelineFollowed,
    MatchingEnded,
    MatchingOpened,
    MatchingResumed,
    MatchingSuspended,
)
from services.matching.domain.commands import EndMatching, FollowGuideline, OpenMatching
from services.matching.domain.offers import respond_by
from services.matching.domain.state import Matching


def open_or_resume(command: OpenMatching, state: Matching) -> list[MatchingOpened | MatchingResumed]:
    """Eligible: a case that is new here opens, one that was stopped goes on; also where the decision that ended it
    was revoked (V34). Under the edition it was migrated to, where that was told before.
    """
    if state.over:
        return []
    if state.halt and state.pinned:
        somebody_answers = state.status == "open"  # a section, or the office
        return [MatchingResumed(respond_by=respond_by(command, state.pinned) if somebody_answers else None)]
    if state.status != "new":
        return []
    law = state.followed or command
    opened = MatchingOpened(
        edition=law.edition,
        municipality=law.municipality,
        zone=law.zone,
        sections=law.sections,
        reply_days=law.reply_days,
        calendar=law.calendar,
    )
    return [opened.model_copy(update={"respond_by": respond_by(command, opened)})]


def suspend(state: Matching) -> list[MatchingSuspended]:
    """Before the case is eligible there is nothing here to stop: it comes when it is."""
    return [MatchingSuspended()] if _running(state) and state.halt is None else []


def end(command: EndMatching, state: Matching) -> list[MatchingEnded]:
    """The first decision of a screening finds no case here."""
    if not _running(state) or state.halt == "ended":
        return []
    return [MatchingEnded(clauses=command.clauses)]


def follow(command: FollowGuideline, state: Matching) -> list[GuidelineFollowed]:
    """V32: a case keeps its edition unless it is migrated, with a reason that the office gave."""
    told = GuidelineFollowed(
        edition=command.edition,
        municipality=command.municipality,
        zone=command.zone,
        sections=command.sections,
        reply_days=command.reply_days,
        calendar=command.calendar,
    )
    return [] if state.over or told == state.followed else [told]


def _running(state: Matching) -> bool:
    return state.status in ("open", "matched")
