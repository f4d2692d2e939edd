"""What waits longer than was promised (V22), the longest first."""

from __future__ import annotations

from typing import Any

from services.intake.projections.database import Database

OVERDUE = """
select what, key, overdue from (
    select 'case' as what, key, doc ->> 'overdue' as overdue from cases where doc ->> 'overdue' is not null
    union all
    select 'consultation', key, doc ->> 'overdue' from consultations where doc ->> 'overdue' is not null
    union all
    select 'theme_question', key, doc ->> 'overdue' from theme_questions where doc ->> 'overdue' is not null
) waiting order by overdue, key limit $1
"""


async def overdue(db: Database, limit: int = 100) -> list[dict[str, Any]]:
    """`what` (case, consultation, theme_question), its id, and the day that passed."""
    return [
        {"what": row["what"], "id": row["key"], "overdue": row["overdue"]}
        for row in await db.fetch(OVERDUE, limit)
    ]
