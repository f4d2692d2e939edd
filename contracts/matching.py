"""What the service `matching` publishes: how a case finds the section that takes it on (stream `matching/<case>`).

Every decision keeps the sections considered, their scores and the reasons (GL2-3, V23). Why a section fits is said
in words of its own published duties, never in those of the idea (GL5-04).
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake import Part
from contracts.text import EditionId, Municipality, Name, Reason, Reference, SectionId


class Candidate(Part):
    """A section that was considered: the higher its score the better it fits, 0 where nothing speaks for it."""

    section: SectionId
    score: float = Field(ge=0, allow_inf_nan=False)  # comparable within one ranking only
    reasons: tuple[Name, ...] = ()  # words of the section's duties that the proposal shares; its theme


class Declined(Part):
    """A section that said no, and why."""

    section: SectionId
    reason: Confidential[Reason]


class SectionsRanked(Fact):
    """The sections of the city were ranked for a proposal, best first. None where nothing speaks for any."""

    candidates: tuple[Candidate, ...]
    scorer: Reference  # name and version of the method
    edition: EditionId  # whose sections were considered


class MatchingOpened(Fact):
    """The case was found eligible and looks for its section. What of its edition is needed is kept here (V32)."""

    edition: EditionId
    municipality: Municipality
    zone: str
    sections: tuple[SectionId, ...]  # all that can be asked
    reply_days: int = Field(ge=0)  # office days that a section has for its answer


class MatchProposed(Fact):
    """These are asked in this order, the first from now on; those asked before are not asked again."""

    candidates: tuple[Candidate, ...] = Field(min_length=1)
    offered_to: SectionId
    respond_by: date
    reason: Confidential[Reason] | None = None  # why the office put them in this order; None: by their scores


class SectionOffered(Fact):
    """The next candidate was asked, after the one before said no or gave the case back."""

    section: SectionId
    respond_by: date


class MatchDeclined(Fact):
    """The section that was asked does not take the case on (V23)."""

    section: SectionId
    reason: Confidential[Reason]


class Matched(Fact):
    """A section took the case on as its lead. A milestone."""

    lead: SectionId
    supporting: tuple[SectionId, ...] = ()
    candidates: tuple[Candidate, ...]
    declined: tuple[Declined, ...] = ()
    edition: EditionId
    municipality: Municipality


class NoMatchConcluded(Fact):
    """Every section that was considered said no; the proposal is not established."""

    reasons: Confidential[Reason]
    candidates: tuple[Candidate, ...]
    declined: tuple[Declined, ...]


class RematchRequested(Fact):
    """The lead section, or the proposer, asks for another section."""

    section: SectionId  # the lead until now
    reason: Confidential[Reason]


class MatchingClosed(Fact):
    """Matching ended without anything more to decide."""

    reason: Literal["withdrawn"]
