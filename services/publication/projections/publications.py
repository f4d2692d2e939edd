"""`publications`: how far each case is on its way to the public, without a word of its idea; for the office, and for
the statistics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chassis.decider import Recorded
from chassis.projections import Change, Put, ReadModel
from contracts.publication import (
    CaseNoted,
    ConsentRevoked,
    OutcomePublished,
    PreviewConfirmed,
    PreviewMade,
    ProposerNoted,
    PublicationConsented,
    PublicationProposed,
    PublicationRefused,
    ResultNoted,
    SignatureNoted,
)
from services.publication.projections.database import Database, with_key

HIDDEN = "secret_hash"


def project(recorded: Recorded) -> Sequence[Change]:
    changes = _changes(recorded)
    return [Put(recorded.id, changes)] if changes else []


def _changes(recorded: Recorded) -> dict[str, Any]:
    match recorded.fact:
        case CaseNoted() as fact:
            return fact.model_dump(mode="json")
        case ProposerNoted() as fact:
            return {"proposers": list(fact.proposers)}
        case ResultNoted() as fact:
            return {"result": fact.result, "result_on": fact.on.isoformat()}
        case SignatureNoted() as fact:
            return {"signed_on": fact.signed_on.isoformat(), "status": "signed"}
        case PublicationProposed() as fact:
            return {"status": "proposed", "number": fact.number, "consent": None, "confirmed": None}
        case PreviewMade() as fact:
            return {"digest": fact.digest, "outcome_digest": fact.outcome_digest}
        case PublicationConsented() as fact:
            consent = {"digest": fact.digest, "with_idea": fact.with_idea}
            return {"status": "consented", "consent": consent}
        case ConsentRevoked():
            return {"status": "proposed", "consent": None}
        case PublicationRefused():
            return {"status": "refused", "consent": None}
        case PreviewConfirmed() as fact:
            return {"confirmed": fact.digest}
        case OutcomePublished() as fact:
            return {"status": "published", "published": fact.number}
        case _:
            return {}


PUBLICATIONS = ReadModel("publications", project)

PUBLICATION = "select key, doc from publications where key = $1"
KNOWN = "select key from publications where key = any($1) and doc ? 'partner'"
# Those that were signed, all or those of one status.
SIGNED = """
select key, doc from publications
where doc ? 'signed_on' and ($1::text is null or doc ->> 'status' = $1)
order by doc ->> 'signed_on' desc, key limit $2
"""
# What cases came to, by fiscal year (April to March).
RESULTS = """
select (left(doc ->> 'result_on', 4)::int - (substr(doc ->> 'result_on', 6, 2) < '04')::int) as year,
       doc ->> 'result' as result, count(*) as cases
from publications where doc ->> 'result' <> 'running'
group by 1, 2 order by 1, 2
"""


async def publication(db: Database, case: str) -> dict[str, Any] | None:
    """How far it is: partner, edition, result, signed_on, status (signed, proposed, consented, refused, published),
    number, digest, outcome_digest, consent, confirmed; with the hash of the receipt's secret. None: not known."""
    row = await db.fetchrow(PUBLICATION, case)
    return with_key(row, "case") if row else None


async def publications(db: Database, status: str | None, limit: int) -> list[dict[str, Any]]:
    """Signed cases, the last one first."""
    rows = await db.fetch(SIGNED, status, limit)
    return [{name: value for name, value in with_key(row, "case").items() if name != HIDDEN} for row in rows]


async def known_cases(db: Database, cases: Sequence[str]) -> frozenset[str]:
    """Those of them that were accepted at the window, so that their proposers can be asked."""
    return frozenset(row["key"] for row in await db.fetch(KNOWN, list(cases)))


async def results(db: Database) -> list[tuple[int, str, int]]:
    """Fiscal year, result, how many cases."""
    return [(row["year"], row["result"], row["cases"]) for row in await db.fetch(RESULTS)]
