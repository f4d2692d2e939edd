"""A log of as many cases as wanted, each of twenty facts, written by one COPY.

`python -m tests.audit.long_log DSN CASES` fills an audit database to measure on.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg

from contracts.fact import Fact
from contracts.intake import Stage
from services.audit.log import COLUMNS
from tests.audit.test_fairness_course import CANDIDATES, DECIDED, OPENED, RECEIVED, SIGNED, SUBMITTED, fact

FORMS = ("株式会社", "合同会社", "特定非営利活動法人", "国立大学法人")
EVERY = (Stage.MATCHING, Stage.DIALOGUE, Stage.EVALUATION, Stage.AGREEMENT_PREP, Stage.AGREED)


def history(n: int) -> Iterator[tuple[Fact, int]]:
    """The facts of the n-th case, and the days after its submission. Every fifth is refused; half are of 2024."""
    day = f"{2024 + n % 2}-03-04"
    proposer = {
        **SUBMITTED["proposer"],
        "type": FORMS[n // 10 % 4],
        "address": ("所沢市", "架空市")[n // 2 % 2],
    }
    body = SUBMITTED | {"submitted_on": day, "proposer": proposer, "body": f"b{n}" + "文" * 200}
    start = datetime.fromisoformat(day).replace(tzinfo=UTC)
    yield fact("intake.ProposalSubmitted", **body), 0
    yield fact("intake.ProposalReceived", **RECEIVED | {"received_on": day, "body": body["body"]}), 1
    yield fact("screening.ScreeningOpened", **OPENED | {"received_on": day}), 1
    for other in range(8):
        yield fact("intake.IdeaRead", reader="W-01", role="window", purpose=f"p{other}"), 2
    if n // 2 % 5 == 0:
        clauses = ("GL7-B6",) if n // 10 % 2 else ("GL7-B1",)
        yield (
            fact("screening.EligibilityDecided", **DECIDED | {"decision": "ineligible", "clauses": clauses}),
            3,
        )
        yield reached(Stage.INELIGIBLE, start, 3), 3
        return
    yield fact("screening.EligibilityDecided", **DECIDED), 3
    yield fact("matching.MatchProposed", candidates=CANDIDATES, offered_to="S14", respond_by=day), 4
    for step, stage in enumerate(EVERY):
        yield reached(stage, start, 3 + 7 * step), 3 + 7 * step
    if n // 2 % 5 != 1:
        yield fact("agreements.AgreementSigned", **SIGNED), 40


def reached(stage: Stage, start: datetime, after: int) -> Fact:
    return fact("intake.StageReached", stage=stage, since=start + timedelta(days=after))


def rows(cases: int) -> Iterator[tuple[Any, ...]]:
    index = 0
    for n in range(cases):
        for version, (one, after) in enumerate(history(n), start=1):
            value = one.encoded()
            at = datetime(2024 + n % 2, 3, 4, tzinfo=UTC) + timedelta(days=after, seconds=version)
            yield (
                index, at, f"renkei.{one.publisher}", 0, index, None, b"[]", value, hashlib.sha256(value).digest(),
                f"fact-{index}", one.type, f"/{one.publisher}", f"proposal/C-{n}", version, f"C-{n}", at, "window:W-01",
                None, None,
            )  # fmt: skip
            index += 1


async def fill(connection: asyncpg.Connection, cases: int) -> None:
    await connection.copy_records_to_table("entries", records=rows(cases), columns=COLUMNS)


async def _main(dsn: str, cases: int) -> None:
    connection = await asyncpg.connect(dsn)
    await fill(connection, cases)
    print(await connection.fetchval("select count(*) from entries"), "entries")
    await connection.close()


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], int(sys.argv[2])))
