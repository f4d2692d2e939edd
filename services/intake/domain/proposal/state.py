"""What is known of a proposal, and what each of its facts changes.

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, assert_never

from contracts.intake import (
    CorrectionRequested,
    CorrectionSubmitted,
    EscalationRaised,
    GuidelineMigrated,
    PilotStand,
    ProposalLapsed,
    ProposalReceived,
    ProposalSubmitted,
    ProposerJoined,
    Stage,
    StageReached,
    TurnedFree,
    WithdrawalCameTooLate,
    Withdrawn,
)

ProposalFact = (
    ProposalSubmitted
    | ProposerJoined
    | CorrectionRequested
    | CorrectionSubmitted
    | ProposalLapsed
    | EscalationRaised
    | ProposalReceived
    | TurnedFree
    | GuidelineMigrated
    | StageReached
    | Withdrawn
    | WithdrawalCameTooLate
)

CORRECTABLE = ("title", "body", "city_cost", "requested_resources", "related")
ENDS = frozenset({Stage.INELIGIBLE, Stage.NOT_ESTABLISHED})
FINAL = ENDS | {Stage.AGREED}
STILL_STOPPED = frozenset({Stage.SCREENING, Stage.INELIGIBLE, Stage.RECONSIDERATION})


@dataclass(frozen=True, slots=True)
class Proposal:
    """What decisions about a proposal need to know."""

    status: Literal["new", "submitted", "correction", "lapsed", "received", "withdrawn"] = "new"
    form: ProposalSubmitted | None = None  # as last corrected
    proposers: tuple[str, ...] = ()  # the persons who act for who proposed
    due: date | None = None  # of the correction
    escalated: date | None = None  # the day that passed without acceptance
    edition: str = ""  # once received
    stage: Stage | None = None
    since: datetime | None = None  # when the fact behind the stage happened
    remembers: Stage | None = None  # where a case that was stopped goes on
    pilot: PilotStand | None = None  # within the dialogue

    @property
    def stopped(self) -> bool:
        """Waits to be screened again."""
        at_screening = self.status == "received" and self.stage == Stage.SCREENING
        return at_screening and self.remembers is not None

    @property
    def running(self) -> bool:
        """On its way, and neither ended nor agreed."""
        return self.status in ("submitted", "correction", "received") and self.stage not in FINAL


def evolve(state: Proposal, fact: ProposalFact) -> Proposal:
    match fact:
        case ProposalSubmitted():
            who = (fact.submitted_by,) if fact.submitted_by else ()
            return Proposal(status="submitted", form=fact, proposers=who)
        case ProposerJoined():
            return replace(state, proposers=(*state.proposers, fact.person))
        case CorrectionRequested():
            return replace(state, status="correction", due=fact.due)
        case CorrectionSubmitted():
            return replace(state, status="submitted", due=None, form=_corrected(state, fact))
        case ProposalLapsed():
            return replace(state, status="lapsed", due=None)
        case EscalationRaised():
            return replace(state, escalated=fact.due)
        case ProposalReceived():
            return replace(state, status="received", stage=Stage.SCREENING, edition=fact.edition)
        case TurnedFree():
            return replace(state, form=_freed(state))
        case GuidelineMigrated():
            return replace(state, edition=fact.to_edition)
        case StageReached():
            still = fact.stage in STILL_STOPPED
            return replace(
                state,
                stage=fact.stage,
                since=fact.since,
                remembers=fact.remembers or (state.remembers if still else None),
                pilot=fact.pilot or (state.pilot if still else None),
            )
        case Withdrawn():
            return replace(state, status="withdrawn", due=None)
        case WithdrawalCameTooLate():
            return replace(state, status="received", stage=Stage.AGREED, remembers=None)
        case _:
            assert_never(fact)


def _corrected(state: Proposal, fact: CorrectionSubmitted) -> ProposalSubmitted | None:
    """The form with what was handed in since."""
    handed_in = {name: value for name in CORRECTABLE if (value := getattr(fact, name)) is not None}
    return state.form and state.form.model_copy(update=handed_in)


def _freed(state: Proposal) -> ProposalSubmitted | None:
    free = {"kind": "free_proposal", "theme": None, "theme_section": None, "criteria_version": None}
    return state.form and state.form.model_copy(update=free)
