"""Partnerships: their commands, their facts, and what may be decided about them.

commands     what can be asked, by whom
standing     where a case stands, and who speaks for which side
dialogue     minutes, goals, what it costs the city
pilot        trying the idea out
evaluation   criteria, scores, the total
signing      what comes of the case, and the signature
partnership  which of these answers which command
"""

from services.agreements.domain.commands import (
    CloseForWithdrawal,
    NotePartnerScreening,
    OpenDialogue,
    PartnershipCommand,
    ReleaseLead,
)
from services.agreements.domain.partnership import PARTNERSHIP
from services.agreements.domain.state import Partnership, PartnershipFact

__all__ = [
    "PARTNERSHIP",
    "CloseForWithdrawal",
    "NotePartnerScreening",
    "OpenDialogue",
    "Partnership",
    "PartnershipCommand",
    "PartnershipFact",
    "ReleaseLead",
]
