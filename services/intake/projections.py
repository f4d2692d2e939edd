"""Read models of intake.

`cases`: where each case stands, without a word of its idea; what the status page and lists are made of.
`proposals`: the proposal itself, for the people in the office who work on it (GL5-04: for nobody else).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.confidential import plain
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


def project_proposal(recorded: Recorded) -> Sequence[Change]:
    match recorded.fact:
        case ProposalSubmitted() as fact:
            return [Put(recorded.id, _idea(fact))]
        case CorrectionSubmitted() as fact:
            corrected = {name: value for name, value in _idea(fact).items() if value is not None}
            return [Put(recorded.id, corrected)] if corrected else []
        case _:
            return []


def _idea(fact: ProposalSubmitted | CorrectionSubmitted) -> dict[str, Any]:
    return fact.model_dump(mode="json", include=set(IDEA), context={"seal": plain})


CASES = ReadModel("cases", project_case)
PROPOSALS = ReadModel("proposals", project_proposal)

CASE = "select key, doc from cases where key = $1"
CASE_BY_RECEIPT = "select key, doc from cases where doc ->> 'receipt_number' = $1"
# The latest cases, all or those of one status.
CASES_LATEST_FIRST = """
select key, doc from cases
where $1::text is null or doc ->> 'status' = $1
order by doc ->> 'submitted_on' desc, key
limit $2
"""
PROPOSAL = "select key, doc from proposals where key = $1"


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


async def proposal(db: Database, case_id: str) -> dict[str, Any] | None:
    """The idea and its proposer, confidential: title, body, requested_resources, city_cost, proposer."""
    return _with_key(await db.fetchrow(PROPOSAL, case_id))


def _row(row: Any) -> dict[str, Any]:
    return {"case": row["key"], **row["doc"]}


def _with_key(row: Any) -> dict[str, Any] | None:
    return _row(row) if row else None
