"""How a case finds its section (stream `matching/<case>`)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from contracts.actors import Pseudonym
from contracts.confidential import Confidential
from contracts.days import JAPAN, OfficeCalendar
from contracts.fact import Fact
from contracts.intake import Part, Partner
from contracts.matching.ranking import Candidate, LeftOut
from contracts.text import (
    ClauseId,
    CorporateNumber,
    EditionId,
    Municipality,
    Reason,
    Reference,
    SectionId,
    Text,
)

Ground = Literal["not_ours", "no_room", "other"]  # 所管外, 体制, その他


class Declined(Part):
    """A section that said no, and why."""

    section: SectionId
    reason: Confidential[Reason]


class PartnerNoted(Fact):
    """Who proposes, so that whoever is partial takes no part (V19)."""

    partner: Partner
    related: tuple[CorporateNumber, ...] = ()  # affiliates, members of a joint venture and the like
    proposers: tuple[Pseudonym, ...] = ()  # who acts for the partner so far


class ProposersNoted(Fact):
    """These persons act for the partner: all who submitted the proposal or joined it since (GL5-04)."""

    persons: tuple[Pseudonym, ...]


class MatchingOpened(Fact):
    """The case was found eligible and looks for its section. What of its edition is needed is kept here (V32)."""

    edition: EditionId
    municipality: Municipality
    zone: str
    sections: tuple[SectionId, ...]  # all that can be asked
    reply_days: int = Field(ge=0)  # office days that a section has for its answer
    calendar: OfficeCalendar = JAPAN
    respond_by: date | None = None  # the office looks after it by then, where no ranking leads to an offer


class MatchProposed(Fact):
    """These are asked in this order, the first from now on; those asked before are not asked again."""

    candidates: tuple[Candidate, ...] = Field(min_length=1)
    offered_to: SectionId
    respond_by: date
    reason: Confidential[Reason] | None = None  # why the office put them in this order; None: by their scores
    left_out: tuple[LeftOut, ...] = ()  # passed over, as things stood that day
    proposed_by: Pseudonym | None = None  # who put them in this order; None: by their scores


class SectionOffered(Fact):
    """The next candidate was asked, after the one before said no or gave the case back."""

    section: SectionId
    respond_by: date
    left_out: tuple[LeftOut, ...] = ()  # passed over, as things stood that day


class LeftToOffice(Fact):
    """Nobody is asked without the office: it names sections with a reason, or concludes with reasons (V23).

    none_fits   no section fits well enough
    no_room     those that are left lead as many cases as they can
    nobody_left everybody said no, gave the case back or is partial
    """

    why: Literal["none_fits", "no_room", "nobody_left"]
    respond_by: date
    left_out: tuple[LeftOut, ...] = ()


class MatchDeclined(Fact):
    """The section that was asked does not take the case on (V23)."""

    section: SectionId
    reason: Confidential[Reason]
    ground: Ground | None = None  # in a word, for who learns from it
    declined_by: Pseudonym | None = None


class Matched(Fact):
    """A section took the case on as its lead. A milestone."""

    lead: SectionId
    supporting: tuple[SectionId, ...] = ()
    candidates: tuple[Candidate, ...]
    declined: tuple[Declined, ...] = ()
    edition: EditionId
    municipality: Municipality


class NoMatchConcluded(Fact):
    """No section takes the proposal on: who was asked said no, or none fits; it is not established."""

    reasons: Confidential[Reason]
    candidates: tuple[Candidate, ...]
    declined: tuple[Declined, ...]
    none_fits: bool = False  # by the ranking
    left_out: tuple[LeftOut, ...] = ()
    clauses: tuple[ClauseId, ...] = ()  # those it rests on: one at least (V07)
    edition: EditionId | None = None  # in which these clauses stand (V08)
    decided_by: Pseudonym | None = None
    reconsider_by: date | None = None  # last day on which the proposer may ask for reconsideration


class ReconsiderationRequested(Fact):
    """The proposer asks that the conclusion be looked at again, by somebody else (V34)."""

    grounds: Confidential[Text]
    decide_by: date | None = None  # the last day for the answer (V22)


class DecisionUpheld(Fact):
    """Looked at again, the conclusion stands: no section takes the proposal on."""

    reasons: Confidential[Reason]
    clauses: tuple[ClauseId, ...] = ()  # those it rests on, as before (V07)
    edition: EditionId | None = None
    decided_by: Pseudonym | None = None


class DecisionRevoked(Fact):
    """Looked at again, the conclusion falls; sections are asked anew, also those that declined."""

    reasons: Confidential[Reason]
    decided_by: Pseudonym | None = None


class RematchRequested(Fact):
    """The talks with the lead section are over, and another one is looked for (GL2-3)."""

    section: SectionId  # the lead until now
    reason: Confidential[Reason]


class MatchingClosed(Fact):
    """Matching ended without anything more to decide."""

    reason: Literal["withdrawn"]


class ConflictFound(Fact):
    """Somebody is partial in this case: a person, or a whole section; they see nothing of it (GL5-01, V19)."""

    person: Pseudonym | None = None
    section: SectionId
    whole_section: bool = False
    basis: Literal["registry", "declared"]
    interest: Reference | None = None  # the entry of the register
    reason: Confidential[Reason] | None = None  # as declared


class LeadSettled(Fact):
    """The case went on past the dialogue with its lead; from here on it keeps it."""

    section: SectionId


class LeadFreed(Fact):
    """The case counts no longer among those that the section leads."""

    section: SectionId
    reason: Literal["signed", "not_established", "closed"]


class LeadResumed(Fact):
    """The decision that had ended the case fell; it counts again among those that the section leads (V34)."""

    section: SectionId


class EscalationRaised(Fact):
    """The last day for an answer passed without one; what was asked still stands (V22)."""

    waiting_for: Reference  # section_reply, office, reconsideration
    section: SectionId | None = None  # that was asked
    due: date


class MatchingSuspended(Fact):
    """A measure or a finding stands against the partner or the project: all waits until it is screened again."""


class MatchingResumed(Fact):
    """Screened again, the case is eligible; it goes on where it was."""

    respond_by: date | None = None  # whoever has to answer has until then


class MatchingEnded(Fact):
    """Screened again, the case is not eligible; no section is looked for."""

    clauses: tuple[ClauseId, ...] = ()  # those that apply


class GuidelineFollowed(Fact):
    """The case was migrated to this edition; what of it is needed is kept here (V32)."""

    edition: EditionId
    municipality: Municipality
    zone: str
    sections: tuple[SectionId, ...]
    reply_days: int = Field(ge=0)
    calendar: OfficeCalendar = JAPAN
