"""Matching: its commands, its facts, and what may be decided about it."""

from services.matching.domain.commands import (
    AcceptMatch,
    CloseMatching,
    ConcludeNoMatch,
    DeclineMatch,
    MatchingCommand,
    OpenMatching,
    ProposeMatch,
    RankSections,
    Rematch,
)
from services.matching.domain.matching import (
    MATCHING,
    AskedBefore,
    Matching,
    MatchingFact,
    MatchingNotOpen,
    NobodyDeclined,
    NotLeadSection,
    NotMatchedYet,
    NotOffered,
    SectionsStillToAsk,
    SupportsItself,
)

__all__ = [
    "MATCHING",
    "AcceptMatch",
    "AskedBefore",
    "CloseMatching",
    "ConcludeNoMatch",
    "DeclineMatch",
    "Matching",
    "MatchingCommand",
    "MatchingFact",
    "MatchingNotOpen",
    "NobodyDeclined",
    "NotLeadSection",
    "NotMatchedYet",
    "NotOffered",
    "OpenMatching",
    "ProposeMatch",
    "RankSections",
    "Rematch",
    "SectionsStillToAsk",
    "SupportsItself",
]
