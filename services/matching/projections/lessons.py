"""`lessons`: what sections said to earlier cases, by which the ranking learns.

Of a decline for want of room nothing is learnt: the case would have fitted. A case that was given back teaches
nothing either, since the talks may have failed for any reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.cloudevents import instant
from contracts.matching import MatchDeclined, Matched, RematchRequested, SectionsRanked, Verdict
from services.matching.projections.database import Database
from services.matching.ranking import PastCase

AT_MOST = 2_000  # cases that are learnt from, the latest ones
SAID = "said:"
LATE = timedelta(minutes=1)  # transactions end in another order than they began


def project(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case SectionsRanked(fingerprint=fingerprint, scorer=scorer) if fingerprint is not None:
            return [Put(recorded.id, {"fingerprint": fingerprint.reveal(), "scorer": scorer})]
        case Matched() as fact:
            return [_said(recorded, fact.lead, "accepted")]
        case MatchDeclined() as fact if fact.ground != "no_room":
            return [_said(recorded, fact.section, "declined")]
        case RematchRequested() as fact:
            return [_said(recorded, fact.section, None)]
        case _:
            return []


def _said(recorded: Recorded, section: str, verdict: Verdict | None) -> Put:
    return Put(recorded.id, {f"{SAID}{section}": verdict, "learnt_at": instant(recorded.envelope.time)})


LESSONS = ReadModel("lessons", project)

# What was learnt since an instant, the latest first.
SINCE = """
select key, doc from lessons where doc ->> 'learnt_at' >= $1 and doc ? 'fingerprint'
order by doc ->> 'learnt_at' desc, key limit $2
"""


class Learnt:
    """The lessons of the latest cases, kept in memory; each look brings only what is new."""

    def __init__(self, db: Database, at_most: int = AT_MOST) -> None:
        self._db = db
        self._at_most = at_most
        self._known: dict[str, dict[str, Any]] = {}
        self._since = datetime.min.replace(tzinfo=UTC)

    async def so_far(self, scorer: str) -> tuple[PastCase, ...]:
        """What sections said, oldest first, to cases whose fingerprint this scorer made."""
        rows = await self._db.fetch(SINCE, instant(self._since), self._at_most)
        for row in reversed(rows):
            self._known.pop(row["key"], None)
            self._known[row["key"]] = row["doc"]
        for key in list(self._known)[: -self._at_most]:
            del self._known[key]
        if rows:
            self._since = datetime.fromisoformat(rows[0]["doc"]["learnt_at"]) - LATE
        return tuple(
            PastCase(case=key, section=name[len(SAID) :], verdict=verdict, fingerprint=doc["fingerprint"])
            for key, doc in self._known.items()
            if doc["scorer"] == scorer
            for name, verdict in doc.items()
            if name.startswith(SAID) and verdict
        )
