"""After all that was sent to the services in this folder: everything was told, nothing was set aside, all are well."""

from __future__ import annotations

import asyncpg

from deploy.journeys.front import Front
from deploy.local import PUBLISHERS
from tests.stack import RunningStack
from tests.waiting import until

SENT_ELSEWHERE = "renkei.intake.NobodyKnows"  # by the test of what an operator does about such a fact


async def test_nothing_waits_and_nothing_was_set_aside(stack: RunningStack) -> None:
    for service in PUBLISHERS:
        async with stack.database(service) as database:
            assert await until(lambda database=database: _told(database)), f"{service} keeps something back"
            details = [row["detail"] for row in await database.fetch("select detail from dead_letters")]
            assert [detail for detail in details if SENT_ELSEWHERE not in detail] == [], service
    assert await stack.ready()
    async with Front(stack.address) as front:
        assert (await front.verify())["ok"]


async def _told(database: asyncpg.Connection) -> bool:
    return await database.fetchval("select count(*) from outbox") == 0
