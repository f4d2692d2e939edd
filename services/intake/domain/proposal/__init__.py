"""Proposals: their commands, their facts, and what may be decided about them.

commands    what can be asked
state       what is known, and what a fact changes
persons     who acts for who proposed
course      stages, stops, another edition, after the acceptance
deciding    which facts follow
"""

from services.intake.domain.proposal.commands import (
    AcceptProposal,
    EscalateAcceptance,
    FollowRevision,
    JoinProposal,
    LapseCorrection,
    LearnWithdrawalTooLate,
    MigrateGuideline,
    ProposalCommand,
    ReachStage,
    RequestCorrection,
    ResumeCase,
    StopCase,
    SubmitCorrection,
    SubmitProposal,
    TurnFree,
    Withdraw,
)
from services.intake.domain.proposal.course import (
    AlreadyAgreed,
    AlreadyUnderEdition,
    CaseIsOver,
    EditionNotInForce,
    NotReceived,
    NotSubmitted,
)
from services.intake.domain.proposal.deciding import (
    PROPOSAL,
    AcceptanceNotDueYet,
    AlreadyReceived,
    CorrectionNotDueYet,
    CorrectionOverdue,
    CorrectionPending,
    NoCorrectionAskedFor,
    NothingCorrected,
    SubmittedBefore,
)
from services.intake.domain.proposal.state import Proposal, ProposalFact

__all__ = [
    "PROPOSAL",
    "AcceptProposal",
    "AcceptanceNotDueYet",
    "AlreadyAgreed",
    "AlreadyReceived",
    "AlreadyUnderEdition",
    "CaseIsOver",
    "CorrectionNotDueYet",
    "CorrectionOverdue",
    "CorrectionPending",
    "EditionNotInForce",
    "EscalateAcceptance",
    "FollowRevision",
    "JoinProposal",
    "LapseCorrection",
    "LearnWithdrawalTooLate",
    "MigrateGuideline",
    "NoCorrectionAskedFor",
    "NotReceived",
    "NotSubmitted",
    "NothingCorrected",
    "Proposal",
    "ProposalCommand",
    "ProposalFact",
    "ReachStage",
    "RequestCorrection",
    "ResumeCase",
    "StopCase",
    "SubmitCorrection",
    "SubmitProposal",
    "SubmittedBefore",
    "TurnFree",
    "Withdraw",
]
