"""What is true beyond one case when something is decided about it: who is full, and who is partial.

Read just before the decision, not with it: two sections' answers in the same instant may each find the last place
free. One case more than the capacity does no harm; a lock across cases would.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import guidelines
from contracts.intake import Partner
from contracts.matching import ConflictFound, LeftOut
from services.matching.policies import plain_name
from services.matching.projections.capacities import full
from services.matching.projections.database import Database
from services.matching.projections.interests import conflicts

CASE = """
select doc ->> 'edition' as edition, coalesce(doc -> 'numbers', '[]') as numbers, doc ->> 'partner_name' as name,
       doc ->> 'partner_number' as number
from matchings where key = $1
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Goes into commands that are `Informed`."""

    full: tuple[LeftOut, ...] = ()
    conflicts: tuple[ConflictFound, ...] = ()


async def of_case(db: Database, case_id: str, on: date, edition: str | None = None) -> Standing:
    """For a case that is known here, by its own edition or by this one."""
    row = await db.fetchrow(CASE, case_id)
    bound = edition or (row and row["edition"])
    return Standing(
        full=await full(db, guidelines.load(bound)) if bound else (),
        conflicts=await conflicts(db, row["numbers"], row["name"], row["number"] is not None, on)
        if row
        else (),
    )


async def of_partner(
    db: Database, partner: Partner, related: tuple[str, ...], on: date, edition: str
) -> Standing:
    """For a case that comes in."""
    own = partner.corporate_number
    numbers = [*([own] if own else []), *related]
    return Standing(
        full=await full(db, guidelines.load(edition)),
        conflicts=await conflicts(db, numbers, plain_name(partner.name), own is not None, on),
    )
