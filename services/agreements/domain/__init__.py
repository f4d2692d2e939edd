"""Partnerships: their commands, their facts, and what may be decided about them.

commands     what people can ask, and who of them
told         what other services tell
standing     where a case stands, and who speaks for which side
dialogue     minutes, goals, what it costs the city
pilot        trying the idea out, and what comes of it for everybody
environment  what the city provides for it: asked for, granted, refused
waiting      what waits longer than it should
evaluation   criteria, reviewers, blind scores, the total
stops        an adverse fact, and what becomes of the case then; another edition
signing      what comes of the case, and the signature
reconsideration  that nothing comes of it, looked at again
partnership  which of these answers which command
"""

from services.agreements.domain.commands import EscalateReconsideration, PartnershipCommand
from services.agreements.domain.partnership import PARTNERSHIP
from services.agreements.domain.persons import NoteProposers
from services.agreements.domain.state import Partnership, PartnershipFact
from services.agreements.domain.told import (
    CloseForWithdrawal,
    EndPartnership,
    FollowGuideline,
    NoteConflict,
    NotePartnerScreening,
    NoteTheme,
    OpenDialogue,
    ReleaseLead,
    ResumePartnership,
    SuspendPartnership,
)

__all__ = [
    "PARTNERSHIP",
    "CloseForWithdrawal",
    "EndPartnership",
    "EscalateReconsideration",
    "FollowGuideline",
    "NoteConflict",
    "NotePartnerScreening",
    "NoteProposers",
    "NoteTheme",
    "OpenDialogue",
    "Partnership",
    "PartnershipCommand",
    "PartnershipFact",
    "ReleaseLead",
    "ResumePartnership",
    "SuspendPartnership",
]
