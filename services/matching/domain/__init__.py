"""Matchings: their commands, their facts, and what may be decided about them."""

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
    MatchingNotOpen,
    NotMatched,
)
from services.matching.domain.state import Matching, MatchingFact

__all__ = [
    "MATCHING",
    "AcceptMatch",
    "CloseMatching",
    "ConcludeNoMatch",
    "DeclineMatch",
    "Matching",
    "MatchingCommand",
    "MatchingFact",
    "MatchingNotOpen",
    "NotMatched",
    "OpenMatching",
    "ProposeMatch",
    "RankSections",
    "Rematch",
]
