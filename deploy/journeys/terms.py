"""The Japanese terms that people read, from the one place where they stand: docs/glossary.md.

Where the glossary is not installed, the English words stay.
"""

from __future__ import annotations

import re
from functools import cache

from deploy.local.settings import ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"
WORD = re.compile(
    r"`([A-Za-z0-9_]+)`(?:\*\*)?(?: \(([a-z]+)\))?$"
)  # `agreed`, or **`EligibilityDecided`** (eligible)


def fact_term(name: str, decision: str | None = None) -> str:
    """EligibilityDecided, ineligible → 対象外の決定; a name that the glossary lacks stays as it is."""
    terms = _terms()
    return terms.get(f"{name} {decision}") or terms.get(name) or name


def term(word: str) -> str:
    """window_head → 公民連携推進室長; a word that the glossary lacks stays as it is."""
    return _terms().get(word, word)


@cache
def _terms() -> dict[str, str]:
    """From its tables: facts (command, by, fact, 日本語, …), and words (word, 日本語, …)."""
    if not GLOSSARY.exists():
        return {}
    found: dict[str, str] = {}
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        named, japanese = (
            (cells[2], cells[3]) if len(cells) == 6 else (cells[0], cells[1]) if len(cells) > 2 else ("", "")
        )
        if word := WORD.search(named):
            found.setdefault(" ".join(filter(None, word.groups())), japanese)
    return found
