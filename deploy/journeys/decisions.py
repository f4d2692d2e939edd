"""The decisions of the cases that were played, made again from the audit log, and compared byte for byte."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

import asyncpg

from deploy.journeys.player import Played
from deploy.rerun import again
from services.audit.rerun import Outcome, entries, rerun


async def made_again(log: str, all_played: Iterable[Played]) -> list[Outcome]:
    """One outcome for each decision. `log` is the audit database, for reading."""
    connection = await asyncpg.connect(log)
    try:
        cases = [found["case"] for played in all_played for found in played.histories.values()]
        histories = [await entries(connection, case) for case in cases]
    finally:
        await connection.close()
    found = await asyncio.to_thread(lambda: [rerun(history, again) for history in histories])
    return [outcome for of_a_case in found for outcome in of_a_case]


def differences(outcomes: Sequence[Outcome]) -> list[str]:
    """A line for each decision that does not come out the same."""
    return [
        f"{each.decision.entry.type} of {each.decision.entry.subject}: {each.trouble or ', '.join(each.differs)}"
        for each in outcomes
        if not each.same
    ]
