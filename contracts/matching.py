"""What the service `matching` publishes: which section of the city takes a proposal on (GL2-3, GL4-2).

Stream: `matching/<case>`. Reasons name words that the city's own description of a section shares with the proposal, and
nothing else of the idea. Every decision keeps the candidates, their scores and the reasons (V23).
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake import Part
from contracts.text import EditionId, Municipality, Name, Reason, SectionId


class Candidate(Part):
    """A section that could take the proposal on: 0 ≤ score ≤ 1, best first in every list."""

    section: SectionId
    score: float = Field(ge=0, le=1)
    reasons: tuple[Name, ...] = ()


class Decline(Part):
    """A section that said no, and why."""

    section: SectionId
    reason: Reason


class SectionsRanked(Fact):
    """The sections were ranked by what the proposal says. `scorer` names the method and its version."""

    candidates: tuple[Candidate, ...]
    scorer: Name
    edition: EditionId


class MatchingOpened(Fact):
    """The proposal is eligible and looks for its section."""

    edition: EditionId
    municipality: Municipality
    reply_office_days: int = Field(ge=0)  # how long a section may take to answer


class MatchProposed(Fact):
    """The ranked candidates were put forward; the first is asked, until the end of the day `respond_by`."""

    candidates: tuple[Candidate, ...] = Field(min_length=1)
    offered_to: SectionId
    respond_by: date
    reason: Reason | None = None  # where the office put forward others than the ranking did


class MatchDeclined(Fact):
    """The section that was asked said no."""

    section: SectionId
    reason: Reason


class SectionOffered(Fact):
    """After a no, the next candidate is asked."""

    section: SectionId
    respond_by: date


class Matched(Fact):
    """A section takes the proposal on. The third of the five milestones."""

    lead: SectionId
    supporting: tuple[SectionId, ...] = ()
    candidates: tuple[Candidate, ...]
    declined: tuple[Decline, ...] = ()


class NoMatchConcluded(Fact):
    """Every section said no; the case ends here, with all reasons."""

    reasons: Reason
    candidates: tuple[Candidate, ...]
    declined: tuple[Decline, ...] = Field(min_length=1)


class RematchRequested(Fact):
    """During the dialogue it turned out that another section should lead."""

    reason: Confidential[Reason]
    former_lead: SectionId


class MatchingClosed(Fact):
    """The proposal was withdrawn."""

    reason: Name
