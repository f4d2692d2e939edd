"""Sends requests at a fixed rate, open loop: each is due at its time, whether the last was answered or not.

Latency counts from the moment a request was due. A client that waits for answers before it goes on would
leave out exactly the requests that a stall hurts (Gil Tene's "coordinated omission").
"""

from __future__ import annotations

import asyncio
import time
from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from deploy.load.cases import Cases, Request
from deploy.load.client import Answer, Cut
from deploy.load.journal import Journal


class Target(Protocol):
    """Whoever takes the requests: the services, or a stand-in."""

    async def send(self, request: Request) -> Answer: ...


@dataclass
class Tally:
    """What has happened so far. `backlog` counts requests that are due and have not ended."""

    sent: int = 0
    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)
    backlog: int = 0
    highest_backlog: int = 0
    seconds: float = 0.0
    latencies: array[float] = field(default_factory=lambda: array("d"))  # seconds, of answered requests

    @property
    def answered(self) -> int:
        return len(self.latencies)

    @property
    def ended(self) -> int:
        return self.answered + self.cut.total()


class Generator:
    """One run: `rate` requests a second for `seconds`, then a wait for those on their way."""

    def __init__(self, cases: Cases, target: Target, journal: Journal, *, rate: int, seconds: int) -> None:
        self.tally = Tally()
        self._cases = cases
        self._target = target
        self._journal = journal
        self._rate = rate
        self._slots = rate * seconds
        self._epoch = time.time() - time.perf_counter()  # from the steady clock to seconds since 1970
        self._stopped = False

    def stop(self) -> None:
        """No further request becomes due."""
        self._stopped = True

    async def run(self) -> Tally:
        """Returns when every request has ended: at most the target's own timeout after the last was due."""
        start = time.perf_counter()
        async with asyncio.TaskGroup() as on_their_way:
            for n in range(self._slots):
                due = start + n / self._rate
                await asyncio.sleep(
                    max(0.0, due - time.perf_counter())
                )  # also when late, so that answers come in
                if self._stopped:
                    break
                self._count_backlog(start)
                on_their_way.create_task(self._one(n, due, self._cases.next(due)))
        self.tally.seconds = time.perf_counter() - start
        self.tally.backlog = 0
        return self.tally

    def _count_backlog(self, start: float) -> None:
        due_by_now = min(self._slots, int((time.perf_counter() - start) * self._rate) + 1)
        self.tally.backlog = due_by_now - self.tally.ended
        self.tally.highest_backlog = max(self.tally.highest_backlog, self.tally.backlog)

    async def _one(self, n: int, due: float, request: Request) -> None:
        tally, step = self.tally, request.step
        first_due = due if request.first_due is None else request.first_due
        self._journal.sent(
            n,
            due=self._epoch + due,
            sent=self._epoch + time.perf_counter(),
            service=step.service,
            subject=request.subject,
            command=step.command,
            key=request.key,
            case=request.plan.case,
        )
        tally.sent += 1
        try:
            answer = await self._target.send(request)
        except Cut as cut:
            self._journal.cut(n, str(cut))
            tally.cut[str(cut)] += 1
            self._cases.cut(request, time.perf_counter())
            return
        now = time.perf_counter()
        tally.latencies.append(now - first_due)
        self._journal.answered(
            n, answered=self._epoch + now, status=answer.status, facts=answer.facts, refused=answer.refused
        )
        if answer.refused is None:
            tally.accepted += 1
            self._cases.accepted(request, answer.today)
        else:
            tally.refused[answer.refused] += 1
            self._cases.refused(request, answer.refused, now)
