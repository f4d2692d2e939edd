"""A fact that a service kept and never told, on the running stack: whoever audits the log sees that it is missing."""

import json
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.load.journal import Journal
from tests.deploy.test_operations import renkei
from tests.robustness.asking import PROPOSAL, PROPOSER, WINDOW, Asking
from tests.stack import RunningStack
from tests.waiting import until

HEAD = "window_head:H-01:S01"  # whose readings are no facts of the case
LEAVE_OUT = """
create function leave_out() returns trigger language plpgsql as $$
begin insert into left_out values (new.position, new.shard); return null; end $$;
create trigger left_out before insert on outbox for each row execute function leave_out();
"""


async def test_an_event_dropped_between_service_and_audit_is_found_by_all_who_look_until_it_comes(
    stack: RunningStack, tmp_path: Path
) -> None:
    case, file = str(uuid.uuid4()), tmp_path / "journal.jsonl"
    async with Asking(stack) as asking, comes_after_all(stack):
        with Journal(file) as journal:
            asked = Journalled(asking, journal, case)
            await asked("submit-proposal", PROPOSER, PROPOSAL)
            async with dropped_on_the_way(stack):
                left_out = await asked("request-correction", WINDOW, {"items": ["見積りがありません。"]})
            await asked("submit-correction", PROPOSER, {"title": "もっと丈夫な仕組み"})
        await asking.kept(case, "CorrectionSubmitted")

        code, said = await renkei(stack, "audit", "compare", str(file), "--within=0", "--json")
        [missing] = json.loads(said)["findings"]["accepted and missing"]["all"]
        assert (code, left_out["id"] in missing) == (1, True), said
        assert await until(lambda: found_by_verifying(stack, f"/intake proposal/{case}"), 60)
        code, said = await renkei(stack, "audit", "history", case, "--actor", HEAD)
        assert (code, "NOT complete" in said) == (1, True), said

    code, said = await renkei(stack, "audit", "compare", str(file), "--within=30")
    assert code == 0, said


@dataclass
class Journalled:
    """Commands to one proposal, written down as a load writes them."""

    asking: Asking
    journal: Journal
    case: str
    number: int = 0

    async def __call__(self, command: str, actor: str, body: dict[str, Any]) -> dict[str, Any]:
        """The fact that came of it."""
        self.number += 1
        n, subject, key, at = self.number, f"proposal/{self.case}", f"{self.case}-{self.number}", time.time()
        self.journal.sent(
            n, due=at, sent=at, service="intake", subject=subject, command=command, key=key, case=self.case
        )
        reply = await self.asking.ask(f"intake/{subject}/{command}", actor, body, {"Idempotency-Key": key})
        assert reply.status == 200, reply.body
        facts: list[dict[str, Any]] = reply.body["facts"]
        self.journal.answered(n, answered=time.time(), status=200, facts=facts, refused=None)
        return facts[0]


@asynccontextmanager
async def dropped_on_the_way(stack: RunningStack) -> AsyncIterator[None]:
    """What the service keeps within the block never comes to its outbox."""
    async with stack.database("intake") as database:
        await database.execute(LEAVE_OUT)
        try:
            yield
        finally:
            await database.execute("drop trigger left_out on outbox; drop function leave_out")


@asynccontextmanager
async def comes_after_all(stack: RunningStack) -> AsyncIterator[None]:
    """After the block, what was dropped within it is told: others find the stack as it was."""
    async with stack.database("intake") as database:
        await database.execute("create table left_out (position bigint, shard smallint)")
        try:
            yield
        finally:
            await database.execute(
                "insert into outbox select position, shard from left_out; drop table left_out"
            )


async def found_by_verifying(stack: RunningStack, stream: str) -> bool:
    """By whoever keeps the log, and from outside, once that much is published."""
    for place in ((), (f"--from={stack.settings.published}",)):
        code, said = await renkei(stack, "audit", "verify", *place)
        if code != 1 or stream not in " ".join(said.split()):
            return False
    return True
