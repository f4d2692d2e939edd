"""The open cases of a load, and which request comes next: no I/O and no clock.

A case has at most one request on its way. What ends a step decides what follows:

    accepted                     the next step
    refused, and a fact that is  the same step again later, under a new key: it is a new question
    still on its way may help
    refused as planned           the next step
    refused otherwise            the case ends here
    cut                          the same step again later, under the same key: it may have been done already
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from deploy.load.plan import Plan, Step, on_the_day

FIRST_PAUSE = 0.2  # seconds until a step is tried again; doubled each time
LONGEST_PAUSE = 5.0  # while something is away, those who wait leave room for those who come


@dataclass(slots=True)
class Request:
    """One step of a case at one try.

    `first_due` is when it was first due: being cut does not set that clock back. `today` is the day on which
    the services recorded the step before, by their clock, which need not be ours.
    """

    plan: Plan
    at: int = 0
    today: date | None = None
    tries: int = 0
    cuts: int = 0
    first_due: float | None = None

    @property
    def step(self) -> Step:
        return self.plan.steps[self.at]

    @property
    def subject(self) -> str:
        return f"{self.step.kind}/{self.plan.case}"

    @property
    def key(self) -> str:
        return f"{self.plan.run}{self.plan.case}-{self.at}.{self.tries}"

    def body(self) -> bytes:
        return on_the_day(self.step.body, self.today)


class Cases:
    """Hands out requests, the oldest that is ready first, and opens a new case when none is."""

    def __init__(self, plans: Iterator[Plan]) -> None:
        self._plans = plans
        self._ready: deque[Request] = deque()
        self._later: list[tuple[float, int, Request]] = []
        self._order = count()
        self.opened = 0
        self.finished = 0

    def next(self, now: float) -> Request:
        """What is to be sent now; one of the functions below then says what became of it."""
        while self._later and self._later[0][0] <= now:
            self._ready.append(heapq.heappop(self._later)[2])
        if self._ready:
            request = self._ready.popleft()
        else:
            self.opened += 1
            request = Request(next(self._plans))
        if request.first_due is None:
            request.first_due = now
        return request

    def accepted(self, request: Request, today: date | None) -> None:
        self._go_on(request, today)

    def refused(self, request: Request, rule: str, now: float) -> None:
        if rule in request.step.until:
            request.tries += 1
            request.first_due = None
            self._again(request, request.tries, now)
        elif request.step.refused:
            self._go_on(request, request.today)
        else:
            self.finished += 1

    def cut(self, request: Request, now: float) -> None:
        request.cuts += 1
        self._again(request, request.cuts, now)

    def _go_on(self, request: Request, today: date | None) -> None:
        if request.at + 1 == len(request.plan.steps):
            self.finished += 1
        else:
            self._ready.append(Request(request.plan, request.at + 1, today or request.today))

    def _again(self, request: Request, times: int, now: float) -> None:
        pause = min(FIRST_PAUSE * 2 ** (min(times, 10) - 1), LONGEST_PAUSE)
        heapq.heappush(self._later, (now + pause, next(self._order), request))
