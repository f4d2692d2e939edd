"""Records through the real inbox, and how long that took."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from bench.engines import as_served
from chassis.dead_letters import DeadLetters
from chassis.inbox import Inbox, Received, Take

PATIENCE = 120.0  # seconds


class _Counting:
    """Hands batches on; knows when the first came and when the last was through."""

    def __init__(self, take: Take, total: int) -> None:
        self._take = take
        self._total = total
        self.taken = 0
        self.began = self.ended = 0.0
        self.through = asyncio.Event()

    async def __call__(self, batch: Sequence[Received]) -> None:
        self.began = self.began or time.perf_counter()
        await self._take(batch)
        self.taken += len(batch)
        if self.taken >= self._total:
            self.ended = time.perf_counter()
            self.through.set()


async def through_inbox(
    bootstrap: str, topic: str, group: str, take: Take, letters: DeadLetters, total: int
) -> float:
    """Records a second, from the first batch's arrival until the last is committed.

    Raises AssertionError when any of them was set aside, TimeoutError when they take too long.
    """
    counting = _Counting(take, total)
    as_served()
    inbox = Inbox(bootstrap, group, [topic], counting, letters)
    await inbox.start()
    try:
        await asyncio.wait_for(counting.through.wait(), PATIENCE)
    finally:
        await inbox.stop()
    assert not await letters.count(), "records were set aside"
    return counting.taken / (counting.ended - counting.began)
