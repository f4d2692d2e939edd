"""Read models of screening, and what is asked of them.

`screenings`: where each screening stands, and what was decided by which clauses; no grounds, no reasons.
`flags`: entries of registers that were flagged in a screening, and what a person said of them.
`measures`, `links`, `register_imports`: the city's registers, and the files that they were brought up to date from.
"""

from services.screening.projections.database import Database
from services.screening.projections.registers import (
    IMPORTS,
    LINKS,
    MEASURES,
    imports,
    links,
    measures_as_of,
)
from services.screening.projections.screenings import (
    FLAGS,
    SCREENINGS,
    flags_of,
    screening,
    screenings,
    waiting_flags,
)

__all__ = [
    "FLAGS",
    "IMPORTS",
    "LINKS",
    "MEASURES",
    "SCREENINGS",
    "Database",
    "flags_of",
    "imports",
    "links",
    "measures_as_of",
    "screening",
    "screenings",
    "waiting_flags",
]
