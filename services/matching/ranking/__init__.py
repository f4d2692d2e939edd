"""How well the sections of a city fit a proposal, why, and whether any does.

Words and meaning against each section's published profile, and against what no city does; moved a little by what
sections said to cases like it. Deterministic: the same text, edition, packages and lessons give the same bytes.

    words.py     Japanese text as words            encoder.py   sentences as vectors
    outside.py   what no section of a city does    profile.py   what sections are known by
    evidence.py  what speaks for each section      lessons.py   what is learnt from their answers
    ranker.py    the ranking, and its record       evaluation.py  how good it is on labelled proposals
"""

from services.matching.ranking.lessons import PastCase
from services.matching.ranking.ranker import RULE, SCORER, ProposalText, Ranker, Ranking, rerun

__all__ = ["RULE", "SCORER", "PastCase", "ProposalText", "Ranker", "Ranking", "rerun"]
