"""What a decision stands on, so that it can be explained, and made again years later, from its record alone."""

from __future__ import annotations

from typing import Any

import orjson
from pydantic import Field

from contracts.intake import Part
from contracts.text import Digest, EditionId, Reference


class Basis(Part):
    """The rule that was applied, to what, and what came of it (V07).

    Three canonical JSON texts are kept, so that a decision made again can be compared byte for byte. `inputs` never
    holds an idea or personal data: what is confidential is named there by its digest.
    """

    edition: EditionId  # the edition of the guideline that the rule belongs to
    rule: Reference  # "eligibility", "route"; "ranking" for the order of sections
    digest: Digest  # of the file of the rule, or of what was ranked against
    engine: Reference  # what evaluated it, with its version: zen-engine 2.1.3
    inputs: str = Field(min_length=2)
    result: str = Field(min_length=2)
    trace: str = Field(min_length=2)  # which rows of a table matched, and what kept the others from it


def canonical(value: Any) -> str:
    """The one JSON text of a value: keys sorted, no blanks. Raises TypeError for what JSON cannot hold."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
