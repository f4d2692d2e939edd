"""Whether one text repeats another: what counts is the run of characters, not how they are set.

Pure. Width, spaces, punctuation, letter case and variation selectors make no difference.
"""

from __future__ import annotations

import unicodedata

LONG_RUN = 16  # characters: more than a term or a usual phrase, less than a sentence
SHORTEST = 8  # a text below that holds no idea


def repeats(text: str, secret: str, known: str = "") -> bool:
    """Whether `text` holds a run of LONG_RUN characters of `secret`, or all of it where it is shorter.

    What of the secret stands in `known` anyway, which everybody can read, does not count. Takes time in proportion to
    the lengths.
    """
    hidden = bare(secret)
    if len(hidden) < SHORTEST:
        return False
    length = min(LONG_RUN, len(hidden))
    said = runs(bare(text), length)
    return any(not runs(part, length).isdisjoint(said) for part in _unknown(hidden, bare(known)))


def runs(text: str, length: int) -> set[str]:
    """Every run of so many characters."""
    return {text[start : start + length] for start in range(len(text) - length + 1)}


def bare(text: str) -> str:
    """Letters and digits alone, in one form."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _unknown(hidden: str, known: str) -> list[str]:
    """The parts of a text between those that stand in another one too."""
    public = runs(known, SHORTEST)
    covered = [False] * len(hidden)
    for start in range(len(hidden) - SHORTEST + 1):
        if hidden[start : start + SHORTEST] in public:
            covered[start : start + SHORTEST] = [True] * SHORTEST
    return "".join("\n" if gone else c for c, gone in zip(hidden, covered, strict=True)).split("\n")
