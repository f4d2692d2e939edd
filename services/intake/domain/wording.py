"""Whether one text repeats another: what counts is the run of characters, not how they are set.

Pure. Width, spaces, punctuation, letter case and variation selectors make no difference.
"""

from __future__ import annotations

import unicodedata

LONG_RUN = 16  # characters: more than a term or a usual phrase, less than a sentence
SHORTEST = 8  # a text below that holds no idea


def repeats(text: str, secret: str, known: str = "") -> bool:
    """Whether `text` holds a run of LONG_RUN characters of `secret`, or all of it where it is shorter.

    Runs that stand in `known` anyway, what everybody can read, do not count. Takes time in proportion to the lengths.
    """
    hidden = bare(secret)
    if len(hidden) < SHORTEST:
        return False
    length = min(LONG_RUN, len(hidden))
    return not runs(hidden, length).isdisjoint(runs(bare(text), length) - runs(bare(known), length))


def runs(text: str, length: int) -> set[str]:
    """Every run of so many characters."""
    return {text[start : start + length] for start in range(len(text) - length + 1)}


def bare(text: str) -> str:
    """Letters and digits alone, in one form."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
