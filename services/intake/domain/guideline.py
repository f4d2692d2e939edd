"""The guideline of the city: which edition superseded which, and what becomes of the cases that run (V32, GL6-4).

Pure: no I/O, no clock, no new ids. What a revision changes comes with the command, from the packs themselves. The
edition in force on a day follows from the packs alone; what is kept here is that it was decided, by whom and why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, assert_never

from chassis.decider import Command, Decider, Given, Refused
from contracts.actors import Role
from contracts.days import ZONE, day
from contracts.intake import (
    ClauseRevised,
    EditionTookEffect,
    GuidelineRevised,
    Part,
    RunningCases,
)
from contracts.text import Digest, EditionId, Municipality, Reason, Reference
from services.intake.domain.roles import TIMER

MAYOR = frozenset({Role.MAYOR, Role.DELEGATE})


class EditionUnknown(Refused):
    """There is no such edition here; put its pack in place, check and release it first."""


class GuidelineOfAnotherCity(Refused):
    """This office keeps the guideline of its own city; another city revises its own."""


class EffectiveOnAnotherDay(Refused):
    """The edition says itself from which day on it is in force; name that day."""


class NotItsPredecessor(Refused):
    """The edition follows another one; name the one that is in force until then."""


class RunningCasesOtherwise(Refused):
    """The edition says itself what becomes of running cases; name that."""


class KnownRevision(Part):
    """What an edition says of itself, and how it differs from the one before."""

    municipality: Municipality
    zone: str = ZONE
    effective_on: date
    supersedes: EditionId | None  # None: it is the first of its city
    running_cases: RunningCases
    clauses: tuple[ClauseRevised, ...]
    differences: int
    diff: Digest
    digest: Digest


class ReviseGuideline(Command):
    """Let an edition supersede the one before, from its first day on; what becomes of running cases it says itself."""

    by: ClassVar[frozenset[Role]] = MAYOR
    edition: EditionId
    supersedes: EditionId
    effective_on: date
    running_cases: RunningCases | None = None  # None: as the edition says
    reason: Reason
    municipality: Given[Municipality]  # of this office
    guideline: Given[Reference]  # whose revision is asked for
    known: Given[KnownRevision | None] = None


class TakeEffect(Command):
    """The first day of an edition has come."""

    by: ClassVar[frozenset[Role]] = TIMER
    edition: EditionId


GuidelineCommand = ReviseGuideline | TakeEffect
GuidelineFact = GuidelineRevised | EditionTookEffect


@dataclass(frozen=True, slots=True)
class Guideline:
    """The revisions that were decided, and the editions of them that are in effect."""

    revisions: tuple[GuidelineRevised, ...] = ()
    in_effect: frozenset[str] = frozenset()

    def revision(self, edition: str) -> GuidelineRevised | None:
        return next((each for each in self.revisions if each.edition == edition), None)


def decide(command: GuidelineCommand, state: Guideline) -> list[GuidelineFact]:
    match command:
        case ReviseGuideline():
            return [] if state.revision(command.edition) else [_revised(command)]
        case TakeEffect(edition=edition):
            revision = state.revision(edition)
            due = revision is not None and day(command.at, revision.zone) >= revision.effective_on
            if revision is None or edition in state.in_effect or not due:
                return []
            return [
                EditionTookEffect(
                    edition=edition,
                    supersedes=revision.supersedes,
                    running_cases=revision.running_cases,
                    reason=revision.reason,
                )
            ]
        case _:
            assert_never(command)


def _revised(command: ReviseGuideline) -> GuidelineRevised:
    """V32: as the packs have it, so that the log and the law never say two things."""
    known = command.known
    if command.guideline != command.municipality:
        raise GuidelineOfAnotherCity(f"It is {command.municipality}.")
    if known is None:
        raise EditionUnknown(f"It is {command.edition}.")
    if known.municipality != command.municipality:
        raise GuidelineOfAnotherCity(f"{command.edition} is of {known.municipality}.")
    if known.effective_on != command.effective_on:
        raise EffectiveOnAnotherDay(f"It is {known.effective_on}.")
    if known.supersedes is None or known.supersedes != command.supersedes:
        raise NotItsPredecessor(f"It is {known.supersedes or 'none'}.")
    if command.running_cases not in (None, known.running_cases):
        raise RunningCasesOtherwise(f"It says {known.running_cases}.")
    return GuidelineRevised(
        edition=command.edition,
        supersedes=known.supersedes,
        effective_on=known.effective_on,
        zone=known.zone,
        running_cases=known.running_cases,
        clauses=known.clauses,
        differences=known.differences,
        diff=known.diff,
        digest=known.digest,
        reason=command.reason,
    )


def evolve(state: Guideline, fact: GuidelineFact) -> Guideline:
    match fact:
        case GuidelineRevised():
            return replace(state, revisions=(*state.revisions, fact))
        case EditionTookEffect():
            return replace(state, in_effect=state.in_effect | {fact.edition})
        case _:
            assert_never(fact)


GUIDELINE: Decider[GuidelineCommand, Guideline, GuidelineFact] = Decider(
    "guideline", (ReviseGuideline, TakeEffect), Guideline(), decide, evolve
)
