"""Questions to the log: the history of a case as it was known at any time, and whether the log is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import orjson

from chassis.telemetry import trace_id
from contracts.cloudevents import Envelope, instant
from contracts.fact import Unreadable
from services.audit.law import Cited

CASE = """
select idx, received_at, time, type, source, subject, version, actor, cause, id, value, case_id, traceparent, conflict
from entries left join leaves using (idx)
where case_id = $1 and received_at <= coalesce($2::timestamptz, 'infinity') order by idx
"""

KNOWN = "select exists (select from entries where case_id = $1)"

# Streams of which a fact is missing: versions do not run 1, 2, 3 … to the last.
INCOMPLETE = """
select source, subject, count(*) as kept, max(version) as last from entries
where ($1::text is null or case_id = $1) and received_at <= coalesce($2::timestamptz, 'infinity')
and not exists (select from leaves l where l.idx = entries.idx and l.conflict is not null)  -- no fact of its stream
group by source, subject having count(distinct version) <> max(version) or min(version) <> 1 or count(*) <> max(version)
order by source, subject
"""

# Places where the index does not go on by one.
GAPS = """
select idx from (select idx, lag(idx, 1, -1) over (order by idx) as before from entries) x where idx <> before + 1
"""

# Entries whose bytes are not those that were received.
CHANGED = "select idx from entries where sha256(value) <> sha256 order by idx"


class Database(Protocol):
    """What is asked of a connection or a pool."""

    async def fetch(self, query: str, *arguments: Any) -> list[Any]: ...
    async def fetchval(self, query: str, *arguments: Any) -> Any: ...


@dataclass(frozen=True)
class Verification:
    """Whether the log is whole."""

    entries: int
    problems: list[str]

    @property
    def ok(self) -> bool:
        return not self.problems


async def known(db: Database, case: str) -> bool:
    """Whether the log holds anything of a case."""
    return bool(await db.fetchval(KNOWN, case))


async def history(db: Database, case: str, as_of: datetime | None = None) -> dict[str, Any]:
    """Every fact of a case in the order in which it became known; as known at `as_of`, else now."""
    gaps = await db.fetch(INCOMPLETE, case, as_of)
    cited = Cited()
    return {
        "case": case,
        "as_of": instant(as_of) if as_of else None,
        "trace_id": f"{trace_id(case):032x}",
        "entries": [_entry(row, cited) for row in await db.fetch(CASE, case, as_of)],
        "complete": not gaps,
        "gaps": [_gap(row) for row in gaps],
    }


async def diff(db: Database, case: str, since: datetime, until: datetime) -> dict[str, Any]:
    """What became known of a case after `since` and not after `until`; `late`: it had happened by `since` already."""
    then, now = await history(db, case, since), await history(db, case, until)
    known_then = {entry["index"] for entry in then["entries"]}
    # by index, not by count: a clock that was set back lets a later entry be known earlier
    came = [entry for entry in now["entries"] if entry["index"] not in known_then]
    return {
        "case": case,
        "from": instant(since),
        "to": instant(until),
        "entries": [{**entry, "late": entry["time"] <= instant(since)} for entry in came],
        "streams": [
            {"stream": stream, "from": _last(then["entries"], stream), "to": _last(now["entries"], stream)}
            for stream in dict.fromkeys(entry["subject"] for entry in came)
        ],
    }


def _last(entries: Sequence[dict[str, Any]], stream: str) -> int:
    """How far a stream had come; 0: not begun."""
    return max((entry["version"] for entry in entries if entry["subject"] == stream), default=0)


def _entry(row: Any, cited: Cited) -> dict[str, Any]:
    data = _shown(row)
    return {
        "index": row["idx"],
        "received_at": instant(row["received_at"]),
        "time": instant(row["time"]),
        "id": row["id"],
        "type": row["type"],
        "source": row["source"],
        "subject": row["subject"],
        "version": row["version"],
        "actor": row["actor"],
        "cause": row["cause"],
        "conflict": row["conflict"],
        "trace_id": row["traceparent"][3:35] if row["traceparent"] else None,
        "data": data,
        "cites": cited.by(data),
    }


def _shown(row: Any) -> dict[str, Any] | None:
    """The fact with its confidential values hidden; None where this reader does not know its type."""
    envelope = Envelope(
        id=row["id"], type=row["type"], source=row["source"], subject=row["subject"], version=row["version"],
        time=row["time"], case=row["case_id"], actor=row["actor"], municipality="", cause=row["cause"],
        traceparent=row["traceparent"], body=row["value"],
    )  # fmt: skip
    try:
        shown: dict[str, Any] = orjson.loads(envelope.fact().model_dump_json(by_alias=True))
    except Unreadable:
        return None
    return shown


def _gap(row: Any) -> str:
    return f"{row['source']} {row['subject']}: {row['kept']} facts kept, the last is number {row['last']}"


async def verify(db: Database) -> Verification:
    """Checks the whole log: index without a gap, bytes as received, every stream complete."""
    problems = [f"the index jumps at {row['idx']}" for row in await db.fetch(GAPS)]
    problems += [f"entry {row['idx']}: its bytes are not those received" for row in await db.fetch(CHANGED)]
    problems += [_gap(row) for row in await db.fetch(INCOMPLETE, None, None)]
    return Verification(await db.fetchval("select count(*) from entries"), problems)
