"""What breaks under load, and what must not: nothing is lost, nothing doubled, and nobody has to help."""

import asyncio
import contextlib
import os
import random
import signal
import sys
import time
from pathlib import Path

import asyncpg
import orjson
import pytest

from deploy.local import SERVICES, client
from deploy.local.ports import any_free
from deploy.local.service import Service
from deploy.local.stack import environment
from tests.faults.load import Load, load
from tests.stack import RunningStack, finished
from tests.waiting import until

pytestmark = pytest.mark.timeout(240)


async def well_under_way(running: Load, requests: int = 300) -> None:
    assert await until(lambda: running.requests() >= requests, 60)


async def test_each_service_is_killed_in_turn(stack: RunningStack, tmp_path: Path) -> None:
    async with load(stack, tmp_path) as running:
        for number, service in enumerate(SERVICES):
            await well_under_way(running, 200 + 300 * number)
            stack.kill(service)


async def test_the_relay_is_killed_between_send_and_delete_and_a_consumer_between_its_commits(
    stack: RunningStack, tmp_path: Path
) -> None:
    async with load(stack, tmp_path, breaks=2) as running:
        await well_under_way(running)
        await _relay_killed_between_send_and_delete(stack)
        await well_under_way(running, 2300)
        await _consumer_killed_between_commit_and_offset_commit(stack)


async def _relay_killed_between_send_and_delete(stack: RunningStack) -> None:
    """Rows of the outbox are held, so that the relay can send them and not delete them; then it is killed."""
    async with (
        stack.database("intake") as holder,
        stack.database("intake") as watcher,
        holder.transaction(),
    ):
        assert await until(lambda: holder.fetch("select position from outbox for update"))
        assert await until(lambda: _waits_for_a_lock(watcher, "delete from outbox%"))
        stack.kill("intake")


async def _consumer_killed_between_commit_and_offset_commit(stack: RunningStack) -> None:
    """Its batch waits at a lock; Kafka is frozen; the batch commits, its offsets cannot; then it is killed."""
    kafka = stack.process("kafka")
    async with stack.database("screening") as holder, stack.database("screening") as watcher:
        try:
            async with holder.transaction():
                await holder.execute("lock table streams in share row exclusive mode")
                assert await until(lambda: _waits_for_a_lock(watcher, "%insert into streams%"))
                before = await watcher.fetchval("select count(*) from events")
                kafka.suspend()
            assert await until(lambda: _more_events(watcher, before))
            stack.kill("screening")
        finally:
            kafka.resume()


async def test_two_relays_for_one_shard(stack: RunningStack, tmp_path: Path) -> None:
    [port] = any_free(1)
    told = {**environment(stack.settings, "intake"), "RENKEI_HTTP": f"127.0.0.1:{port}"}
    second = Service("intake", f"127.0.0.1:{port}", tmp_path / "relay.log", told)
    second.process.command[-1] = "relay"
    async with load(stack, tmp_path) as running:
        second.process.start()
        try:
            await well_under_way(running)
            assert await until(second.ready)
            stack.kill("intake")  # the other takes over, and this one finds its shards led when it is back
            await well_under_way(running, 1200)
        finally:
            await second.stop()


async def test_kafka_is_killed_and_later_stopped_for_ten_seconds(stack: RunningStack, tmp_path: Path) -> None:
    async with load(stack, tmp_path, breaks=2) as running:
        await well_under_way(running)
        stack.kill("kafka")
        await well_under_way(running, 2300)
        await asyncio.to_thread(_rest, stack, "kafka", 10.0)
    await _log_is_verified_from_outside(stack)


async def test_postgresql_is_restarted_and_later_killed(stack: RunningStack, tmp_path: Path) -> None:
    async with load(stack, tmp_path, breaks=2) as running:
        await well_under_way(running)
        await asyncio.to_thread(_rest, stack, "postgres", 0.0)
        await well_under_way(running, 2300)
        stack.kill("postgres")


async def test_any_part_is_killed_at_any_moment(stack: RunningStack, tmp_path: Path) -> None:
    chance = random.Random()
    seed = chance.randrange(2**32)
    chance.seed(seed)
    print(f"seed {seed}")  # shown when it fails
    async with load(stack, tmp_path) as running:
        for number in range(4):
            await well_under_way(running, 200 + 450 * number + chance.randrange(300))
            part = chance.choice([*SERVICES, "kafka", "postgres"])
            print(f"kill {part} after {running.requests()} requests")
            if (pid := stack.part(part).pid) is not None:
                with contextlib.suppress(ProcessLookupError):  # it has just ended for an earlier kill
                    os.kill(pid, signal.SIGKILL)


async def _log_is_verified_from_outside(stack: RunningStack) -> None:
    """What was published meanwhile is one log without a gap, and the witness has seen it."""
    command = [sys.executable, "-m", "deploy.cli", "audit", "verify", "--json"]
    verifying = await asyncio.create_subprocess_exec(
        *command, f"--from={stack.settings.published}", env=stack.environment, stdout=asyncio.subprocess.PIPE
    )
    code, output = await finished(verifying, 60)
    found = orjson.loads(output)
    assert (code, found["ok"]) == (0, True), found
    assert found["entries"] > 1000
    assert found["witnessed"]


def _rest(stack: RunningStack, part: str, seconds: float) -> None:
    client.hold(stack.settings, part)
    time.sleep(seconds)  # the rest itself is what is tested
    client.release(stack.settings, part)


async def _waits_for_a_lock(database: asyncpg.Connection, statement: str) -> bool:
    waiting = (
        "select exists (select from pg_stat_activity where wait_event_type = 'Lock' and trim(query) ilike $1)"
    )
    return bool(await database.fetchval(waiting, statement))


async def _more_events(database: asyncpg.Connection, before: int) -> bool:
    return bool(await database.fetchval("select count(*) > $1 from events", before))
