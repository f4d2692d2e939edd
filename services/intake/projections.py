"""What intake shows: `cases`, where each case stands, without its idea; and the idea itself, from its stream."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.confidential import plain
from contracts.fact import Fact
from contracts.intake import (
    CorrectionRequested,
    CorrectionSubmitted,
    ProposalLapsed,
    ProposalReceived,
    ProposalSubmitted,
    Stage,
    StageReached,
    WithdrawalCameTooLate,
    Withdrawn,
)

CASE_FIELDS = ("kind", "theme", "channel", "receipt_number", "secret_hash", "submitted_on", "previous_case")
IDEA = ("title", "body", "requested_resources", "city_cost", "proposer")


class Database(Protocol):
    """A connection or a pool; `doc` comes decoded."""

    async def fetch(self, query: str, *args: Any) -> list[Any]: ...
    async def fetchrow(self, query: str, *args: Any) -> Any: ...


def project_case(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case ProposalSubmitted() as fact:
            doc = fact.model_dump(mode="json", include=set(CASE_FIELDS))
            return [Put(recorded.id, {**doc, "organisation": fact.proposer.name, "status": "submitted"})]
        case CorrectionRequested() as fact:
            return [Put(recorded.id, {"status": "correction", "due": fact.due.isoformat()})]
        case CorrectionSubmitted():
            return [Put(recorded.id, {"status": "submitted", "due": None})]
        case ProposalLapsed():
            return [Put(recorded.id, {"status": "lapsed"})]
        case ProposalReceived() as fact:
            received = {"edition": fact.edition, "received_on": fact.received_on.isoformat()}
            return [Put(recorded.id, {**received, "status": Stage.SCREENING.value})]
        case StageReached() as fact:
            return [Put(recorded.id, {"status": fact.stage.value})]
        case Withdrawn():
            return [Put(recorded.id, {"status": "withdrawn", "due": None})]
        case WithdrawalCameTooLate():
            return [Put(recorded.id, {"status": Stage.AGREED.value})]
        case _:
            return []


def idea(facts: Iterable[Fact]) -> dict[str, Any] | None:
    """The proposal as last corrected, confidential: title, body, requested_resources, city_cost, proposer.

    Read from its own stream each time: a copy in a table would be one more place with ideas in it (GL5-04).
    """
    found: dict[str, Any] = {}
    for fact in facts:
        if isinstance(fact, ProposalSubmitted | CorrectionSubmitted):
            found |= {name: value for name, value in _idea(fact).items() if value is not None}
    return found or None


def _idea(fact: ProposalSubmitted | CorrectionSubmitted) -> dict[str, Any]:
    return fact.model_dump(mode="json", include=set(IDEA), context={"seal": plain})


CASES = ReadModel("cases", project_case)

CASE = "select key, doc from cases where key = $1"
CASE_BY_RECEIPT = "select key, doc from cases where doc ->> 'receipt_number' = $1"
# The latest cases, all or those of one status.
CASES_LATEST_FIRST = """
select key, doc from cases
where $1::text is null or doc ->> 'status' = $1
order by doc ->> 'receipt_number' desc
limit $2
"""


async def case(db: Database, case_id: str) -> dict[str, Any] | None:
    """Where a case stands: status, receipt_number, secret_hash, kind, theme, channel, organisation,
    submitted_on, and once there are any: due, edition, received_on. None when there is no such case."""
    return _with_key(await db.fetchrow(CASE, case_id))


async def case_by_receipt(db: Database, receipt_number: str) -> dict[str, Any] | None:
    """The same, found by its receipt number. Whoever asks proves with the secret that the case is theirs."""
    return _with_key(await db.fetchrow(CASE_BY_RECEIPT, receipt_number))


async def cases(db: Database, status: str | None = None, limit: int = 100) -> list[dict[str, Any]]:
    """The cases submitted last; those of one status where one is given. Secrets' hashes are left out."""
    rows = await db.fetch(CASES_LATEST_FIRST, status, limit)
    return [{name: value for name, value in _row(row).items() if name != "secret_hash"} for row in rows]


def _row(row: Any) -> dict[str, Any]:
    return {"case": row["key"], **row["doc"]}


def _with_key(row: Any) -> dict[str, Any] | None:
    return _row(row) if row else None
