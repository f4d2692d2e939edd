"""What of the guideline the window goes by on a day: its terms, and how long people wait.

The window is open on any day (V21), also before a guideline was in force: then nothing is promised by it, and days are
counted as usual.

    NoGuidelineInForce           409: what is bound to an edition has to wait for one
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

import guidelines
from chassis.decider import Refused
from contracts.days import JAPAN
from contracts.intake import ClauseRevised
from contracts.text import EditionId
from guidelines import BrokenPack, Edition, NoEditionInForce, NoSuchEdition, packs, release
from services.intake.domain.guideline import KnownRevision

Period = Literal["receipt", "correction", "consultation", "theme_answer"]
USUAL: dict[Period, int] = {"receipt": 3, "correction": 5, "consultation": 10, "theme_answer": 5}


class NoGuidelineInForce(Refused):
    """No guideline is in force on this day; wait until there is one."""


def on(municipality: str, day: date) -> Edition | None:
    """The edition in force; None where there is none. Every submission asks, so the answer is kept."""
    return _on(packs.roots(), municipality, day)


def in_force(municipality: str, day: date) -> Edition:
    """Raises NoGuidelineInForce."""
    edition = on(municipality, day)
    if edition is None:
        raise NoGuidelineInForce(f"{municipality}, {day}.")
    return edition


def terms(municipality: str, day: date) -> EditionId | None:
    """The edition whose terms a proposer accepts that day."""
    edition = on(municipality, day)
    return edition.id if edition else None


def last_day(municipality: str, day: date, period: Period) -> date:
    """So many office days after `day` as the edition in force promises (V35)."""
    return _last_day(packs.roots(), municipality, day, period)


def revision(edition_id: EditionId) -> KnownRevision | None:
    """What an edition says of itself, and how it differs from the one in force the day before.

    None where there is none that can be relied on: `renkei guideline check` says what is wrong with it.
    """
    from guidelines import diff  # brings the engine for rules along, which the window needs for nothing else

    try:
        edition, folder = guidelines.load(edition_id), guidelines.folder_of(edition_id)
        before = on(edition.municipality, edition.effective - timedelta(days=1))
        changes = diff.compare(guidelines.folder_of(before.id), folder) if before else []
    except (NoSuchEdition, BrokenPack):
        return None
    return KnownRevision(
        municipality=edition.municipality,
        zone=edition.zone,
        effective_on=edition.effective,
        supersedes=before.id if before else None,
        running_cases=edition.running_cases,
        clauses=tuple(ClauseRevised(clause=c, kind=kind) for c, kind in diff.of_clauses(changes).items()),
        differences=len(changes),
        diff=diff.digest(changes),
        digest=release.digest(folder),
    )


@lru_cache(maxsize=4096)
def _on(roots: tuple[Path, ...], municipality: str, day: date) -> Edition | None:
    try:
        return guidelines.in_force(municipality, day)
    except NoEditionInForce:
        return None


@lru_cache(maxsize=4096)
def _last_day(roots: tuple[Path, ...], municipality: str, day: date, period: Period) -> date:
    edition = _on(roots, municipality, day)
    if edition is None:
        return JAPAN.after(day, USUAL[period])
    return edition.calendar.after(day, getattr(edition.periods, period))
