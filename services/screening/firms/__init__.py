"""Matching a firm to an entry of a register (V10, V14): a likely match is a flag for a person, never a refusal."""

from services.screening.firms.index import FirmIndex, candidates, told
from services.screening.firms.likeness import compare
from services.screening.firms.names import normalise
from services.screening.firms.records import FirmRecord, Likeness

__all__ = ["FirmIndex", "FirmRecord", "Likeness", "candidates", "compare", "normalise", "told"]
