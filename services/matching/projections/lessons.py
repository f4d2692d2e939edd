"""`lessons`: what sections said to earlier cases, by which the ranking learns.

Of a decline for want of room nothing is learnt: the case would have fitted. A case that was given back teaches
nothing either, since the talks may have failed for any reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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

# What was learnt since an instant, the latest first, but for rows that are known as they are.
SINCE = """
select key, doc, xmin::text::bigint as version from lessons
where doc ->> 'learnt_at' >= $1 and doc ? 'fingerprint' and not exists (
    select from unnest($3::text[], $4::bigint[]) known (key, version)
    where known.key = lessons.key and known.version = lessons.xmin::text::bigint
)
order by doc ->> 'learnt_at' desc, key limit $2
"""


@dataclass(frozen=True, slots=True)
class _Known:
    """A case as its row was when it was read."""

    version: int  # of the row
    doc: Mapping[str, Any]

    @property
    def at(self) -> str:
        at: str = self.doc["learnt_at"]
        return at


class Learnt:
    """The lessons of the latest cases, kept in memory; each look brings only what is new."""

    def __init__(self, db: Database, at_most: int = AT_MOST) -> None:
        self._db = db
        self._at_most = at_most
        self._known: dict[str, _Known] = {}  # oldest first
        self._since = instant(datetime.min.replace(tzinfo=UTC))

    async def so_far(self, scorer: str) -> tuple[PastCase, ...]:
        """What sections said, oldest first, to cases whose fingerprint this scorer made."""
        recent = {key: known.version for key, known in self._known.items() if known.at >= self._since}
        rows = await self._db.fetch(SINCE, self._since, self._at_most, [*recent], [*recent.values()])
        if rows:
            self._learn({row["key"]: _Known(row["version"], row["doc"]) for row in rows})
        return tuple(
            PastCase(
                case=key, section=name[len(SAID) :], verdict=verdict, fingerprint=known.doc["fingerprint"]
            )
            for key, known in self._known.items()
            if known.doc["scorer"] == scorer
            for name, verdict in known.doc.items()
            if name.startswith(SAID) and verdict
        )

    def _learn(self, rows: dict[str, _Known]) -> None:
        latest = sorted((self._known | rows).items(), key=lambda each: each[0])
        latest.sort(key=lambda each: each[1].at, reverse=True)
        self._known = dict(reversed(latest[: self._at_most]))
        self._since = instant(datetime.fromisoformat(latest[0][1].at) - LATE)
