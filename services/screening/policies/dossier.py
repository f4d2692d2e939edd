"""All that a decision stands on: what was asked, answered, found, and flagged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from contracts.screening import Answer, Flag, MayorFound, PartnerScreened, ProjectScreened, ScreeningOpened
from contracts.text import ClauseId, MeasureId


@dataclass(frozen=True, slots=True)
class Flagged:
    """An entry that may be about the partner, and what a person said of it."""

    flag: Flag
    answer: Literal["confirmed", "dismissed"] | None = None
    answered_by: str | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a decision stands on."""

    opened: ScreeningOpened  # with what of a later edition the case was migrated to
    partner: PartnerScreened | None = None
    project: ProjectScreened | None = None
    findings: tuple[MayorFound, ...] = ()  # the latest of each clause
    flags: Mapping[MeasureId, Flagged] = field(default_factory=dict)

    @property
    def answers(self) -> tuple[Answer, ...]:
        return (self.partner.answers if self.partner else ()) + (self.project.answers if self.project else ())

    @property
    def applying(self) -> frozenset[ClauseId]:
        """The clauses that were answered to apply."""
        return frozenset(answer.clause for answer in self.answers if answer.applies)

    @property
    def found(self) -> frozenset[ClauseId]:
        """The clauses that the mayor found to apply."""
        return frozenset(finding.clause for finding in self.findings if finding.applies)

    @property
    def requirements(self) -> tuple[ClauseId, ...]:
        """Every clause of the edition, in its order."""
        return self.opened.partner_clauses + self.opened.project_clauses

    @property
    def took_part(self) -> frozenset[str]:
        """V34: whoever answered, found or looked at an entry had a part in the decision."""
        return frozenset(
            {finding.found_by for finding in self.findings}
            | {flagged.answered_by for flagged in self.flags.values() if flagged.answered_by}
            | {
                screened.screened_by
                for screened in (self.partner, self.project)
                if screened and screened.screened_by
            }
        )
