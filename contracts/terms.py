"""The Japanese terms that people read, from the one place where they stand: docs/glossary.md.

Where the glossary is not installed, the English words stay.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.md"
WORDS = re.compile(
    r"`([A-Za-z0-9_]+)`(?:\*\*)?(?: \(([a-z]+)\))?"
)  # `agreed`, **`EligibilityDecided`** (eligible)


def fact_term(name: str, decision: str | None = None) -> str:
    """EligibilityDecided, ineligible → 対象外の決定; a name that the glossary lacks stays as it is."""
    terms = _terms()
    return terms.get(f"{name} {decision}") or terms.get(name) or name


def term(word: str) -> str:
    """window_head → 公民連携推進室長, AcceptProposal → 受理; a word that the glossary lacks stays as it is."""
    return _terms().get(word, word)


@cache
def _terms() -> dict[str, str]:
    """From its tables: facts (command, by, fact, 日本語, …); words (word, 日本語, …), sometimes several in a row."""
    if not GLOSSARY.exists():
        return {}
    found: dict[str, str] = {}
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        match [cell.strip() for cell in line.strip("|").split("|")]:
            case [_, _, named, japanese, _, _] | [named, japanese, _] | [named, japanese, _, _] as cells:
                words = WORDS.findall(named)
                if len(cells) == 6:
                    for command, _ in WORDS.findall(cells[0]):
                        found.setdefault(command, japanese)
                each = japanese.rpartition(": ")[2].split("、") if len(words) > 1 else [japanese]
                for (word, decision), term_ in zip(words, each, strict=False):
                    found.setdefault(f"{word} {decision}".strip(), term_)
    return found
