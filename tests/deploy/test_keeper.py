"""A part is started again when it ends, rests when told to, and is not hammered when it can not live."""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from deploy.local.jars import Progress, silent
from deploy.local.keeper import Keeper
from deploy.local.ports import any_free
from deploy.local.process import moments
from deploy.local.state import PartState
from deploy.local.trouble import Trouble
from tests.deploy.dummy import Dummy


@pytest.fixture
def dummy(tmp_path: Path) -> Dummy:
    return Dummy(tmp_path, any_free(1)[0])


def keeper_of(engine: Dummy, tmp_path: Path) -> Keeper:
    state = PartState("dummy", "service", f"127.0.0.1:{engine.port}")
    return Keeper(engine, state, held=tmp_path / "held", changed=lambda: None)


@asynccontextmanager
async def kept(keeper: Keeper) -> AsyncIterator[PartState]:
    task = asyncio.create_task(keeper.keep())
    try:
        yield keeper.state
    finally:
        task.cancel()
        await keeper.stop()
    assert not keeper.engine.process or not keeper.engine.process.running


async def becomes(true: Callable[[], bool], within: float = 20.0) -> None:
    async for _ in moments(within):
        if true():
            return
    pytest.fail(f"not within {within} s")


async def test_a_part_that_was_killed_is_started_again(dummy: Dummy, tmp_path: Path) -> None:
    async with kept(keeper_of(dummy, tmp_path)) as state:
        await becomes(lambda: state.state == "ready")
        first = state.pid
        assert first
        os.kill(first, signal.SIGKILL)

        await becomes(lambda: state.state == "ready" and state.pid != first)

        assert state.restarts == 1


async def test_a_part_that_keeps_ending_is_started_less_and_less_often(tmp_path: Path) -> None:
    keeper = keeper_of(Dummy(tmp_path, 1, program="print('no way'); raise SystemExit(1)"), tmp_path)
    pauses = []
    async with kept(keeper) as state:
        for restarts in (1, 2, 3):
            await becomes(lambda n=restarts: state.restarts == n)  # type: ignore[misc]
            pauses.append(keeper.pause)
    assert pauses == sorted(set(pauses))
    assert state.note == "no way"


async def test_a_part_rests_while_it_is_held_and_not_longer(dummy: Dummy, tmp_path: Path) -> None:
    keeper = keeper_of(dummy, tmp_path)
    async with kept(keeper) as state:
        await becomes(lambda: state.state == "ready")
        keeper.held.touch()
        await becomes(lambda: state.state == "stopped")
        assert (state.pid, dummy.process.running) == (None, False)
        keeper.held.unlink()
        await becomes(lambda: state.state == "ready")
        assert state.restarts == 0


async def test_a_part_that_calls_itself_dead_is_replaced(dummy: Dummy, tmp_path: Path) -> None:
    async with kept(keeper_of(dummy, tmp_path)) as state:
        await becomes(lambda: state.state == "ready")
        first, dummy.lively = state.pid, False
        await becomes(lambda: state.restarts == 1)
        dummy.lively = True
        await becomes(lambda: state.state == "ready" and state.pid != first)


async def test_what_several_downloads_say_is_written_by_one(tmp_path: Path) -> None:
    class Fetched(Dummy):
        def prepare(self, progress: Progress = silent) -> None:
            with ThreadPoolExecutor(4) as downloads:
                list(downloads.map(lambda number: progress(f"{number} of 40"), range(1, 41)))

    keeper = keeper_of(Fetched(tmp_path, any_free(1)[0]), tmp_path)
    told, writers = [], set()

    def changed() -> None:
        told.append(keeper.state.note)
        writers.add(threading.get_ident())

    keeper.changed = changed
    async with kept(keeper) as state:
        await becomes(lambda: state.state == "ready")
    assert writers == {threading.get_ident()}
    assert {f"{number} of 40" for number in range(1, 41)} < set(told)


async def test_a_needed_part_that_can_not_be_prepared_ends_the_start(dummy: Dummy, tmp_path: Path) -> None:
    class Broken(Dummy):
        def prepare(self, _progress: object = None) -> None:
            raise Trouble("nothing to run")

    with pytest.raises(Trouble, match="nothing to run"):
        await keeper_of(Broken(tmp_path, dummy.port), tmp_path).keep()
