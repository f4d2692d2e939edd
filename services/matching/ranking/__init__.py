"""How well the sections of a city fit a proposal, why, and whether any does.

Lexical and semantic evidence against each section's published profile, moved a little by what sections said to cases
like it. Deterministic: the same words, edition, packages and lessons give the same bytes.
"""

from services.matching.ranking.lessons import PastCase
from services.matching.ranking.ranker import SCORER, ProposalText, Ranker, Ranking, rerun

__all__ = ["SCORER", "PastCase", "ProposalText", "Ranker", "Ranking", "rerun"]
