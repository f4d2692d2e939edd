"""The case itself, from its section to its end (stream `partnership/<case>`)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from contracts.actors import Pseudonym
from contracts.confidential import Confidential
from contracts.fact import Fact
from contracts.intake import CostClass, Partner
from contracts.text import ClauseId, Digest, EditionId, Municipality, Reason, SectionId, ThemeId, Yen

Side = Literal["city", "partner"]


class DialogueOpened(Fact):
    """The lead section and the proposer talk. What of the edition is needed later is kept here (V32)."""

    lead: SectionId
    supporting: tuple[SectionId, ...] = ()
    edition: EditionId
    municipality: Municipality
    zone: str
    screening_valid_days: int = Field(ge=0)  # calendar days that a partner screening may be old at signing


class PartnerNoted(Fact):
    """Who proposes, so that contracts with one partner can be added up (V04)."""

    partner: Partner


class ProposersNoted(Fact):
    """These persons act for the partner: all who submitted the proposal or joined it since (GL5-04)."""

    persons: tuple[Pseudonym, ...]


class ThemeNoted(Fact):
    """The case answers a theme, whose criteria it is weighed by like its rivals; or, both None, no longer (V20)."""

    theme: ThemeId | None = None
    criteria_version: Digest | None = None


class ConflictNoted(Fact):
    """This person is partial in the case, and reviews nothing of it (GL5-01, V19)."""

    person: Pseudonym


class GuidelineFollowed(Fact):
    """The case was migrated to this edition; what of it is needed later is kept here (V32)."""

    edition: EditionId
    municipality: Municipality
    zone: str
    screening_valid_days: int = Field(ge=0)


class CostClassified(Fact):
    """What the case costs the city, as the lead section or the finance section sees it. Yen, tax included."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    class_: CostClass = Field(validation_alias="class", serialization_alias="class")
    amount_yen: Yen | None = None
    approved_by_finance: bool
    note: Confidential[Reason] | None = None


class PartnerScreeningNoted(Fact):
    """The partner was screened with the registers as of this day; signing looks at it (V09)."""

    as_of: date
    clear: bool


class LeadReleased(Fact):
    """The case goes back to matching; what was agreed with this section binds no other."""

    section: SectionId


class RematchRequested(Fact):
    """The lead section, or the proposer, asks for another section; the talks with this one are over (GL2-3)."""

    section: SectionId  # the lead until now
    reason: Confidential[Reason]


class PartnershipSuspended(Fact):
    """A measure or a finding stands against the partner or the project: all waits until it is screened again."""


class PartnershipResumed(Fact):
    """Screened again, the case is eligible; it goes on where it was."""


class PartnershipEnded(Fact):
    """Screened again, the case is not eligible; the talks end where they stand."""

    clauses: tuple[ClauseId, ...] = ()  # those that apply


class PartnershipClosed(Fact):
    """The proposal was withdrawn before a signature (V33)."""

    reason: Literal["withdrawn"]


class WithdrawalRefused(Fact):
    """The withdrawal came after the signature; the agreement stands."""

    signed_on: date


Waiting = Literal["pilot_end", "pilot_suspended", "resource", "reconsideration", "erasure"]


class EscalationRaised(Fact):
    """Something in the talks, or of their data, waits too long; the head of the window looks after it (V22)."""

    waiting_for: Waiting
    due: date  # the last day that passed
    number: int | None = Field(default=None, ge=1)  # of the request
    section: SectionId | None = None  # that is asked
