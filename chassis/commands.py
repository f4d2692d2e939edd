"""The one way a command reaches a stream: load, decide, append; decided again when somebody else was faster.

Concurrent callers of `handle` are collected: while one batch is being written, and for some milliseconds after it was
begun, the next gathers, so that a busy service writes few large batches and an idle one answers at once. `handle_many`
takes a batch that exists already.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from chassis.database import UNREACHABLE
from chassis.decider import Decider, Recorded
from chassis.deciding import Asked, Deciding, Follow, Outcome, changes_of
from chassis.event_store import Contention, EventStore, Known
from chassis.projections import ReadModel
from chassis.telemetry import COMMANDS, CONFLICTS

PASSING: tuple[type[BaseException], ...] = (*UNREACHABLE, Contention)  # nobody's own fault
ATTEMPTS = 50

FEW = 16  # commands: with fewer at hand, right after others, it pays to let more of them gather
GATHER = 0.0025  # seconds for each command of the last batch: the busier, the longer; an idle service does not wait
LONGEST = 0.01


class Commands:
    """Takes commands to the streams of one service."""

    def __init__(
        self,
        store: EventStore,
        deciders: Iterable[Decider[Any, Any, Any]],
        read_models: Iterable[ReadModel] = (),
        follow: Iterable[Follow] = (),
        *,
        municipality: str,
        written: Callable[[], None] = lambda: None,
        writers: int = 3,
        batch: int = 32,
    ) -> None:
        """`follow` are further functions from a fact to row changes (deadlines); `written` is called after appends."""
        self._store = store
        changes = [*map(changes_of, read_models), *follow]
        self._deciding = Deciding(deciders, changes, store.source, municipality)
        self._written = written
        self._batch = batch
        self._waiting: deque[tuple[str, Asked, asyncio.Future[list[Recorded]]]] = deque()
        self._busy: set[str] = set()
        self._room = asyncio.Event()
        self._enough = asyncio.Event()
        self._gather_until = 0.0  # on the loop's clock
        self._writers = writers
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._write_on(), name=f"writer {n}") for n in range(self._writers)
        ]

    async def stop(self) -> None:
        """Ends the writers; what still waits for one is cancelled, and was not written."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for _, _, answer in self._waiting:
            answer.cancel()

    async def handle(self, asked: Asked) -> list[Recorded]:
        """The facts that followed, or a Refused. Raises also what the database raises when it is away."""
        answer: asyncio.Future[list[Recorded]] = asyncio.get_running_loop().create_future()
        self._waiting.append((self._deciding.stream_of(asked), asked, answer))
        self._room.set()
        if len(self._waiting) >= FEW:
            self._enough.set()
        return await answer

    async def _write_on(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._gathered()
            batch = self._take()
            if not batch:
                self._room.clear()
                await self._room.wait()
                continue
            self._gather_until = loop.time() + min(GATHER * len(batch), LONGEST)
            try:
                outcomes = await self._each([asked for _, asked, _ in batch])
                for (_, _, answer), outcome in zip(batch, outcomes, strict=True):
                    if answer.done():
                        continue
                    if isinstance(outcome, Exception):
                        answer.set_exception(outcome)
                    else:
                        answer.set_result(outcome)
            finally:
                self._busy.difference_update(stream for stream, _, _ in batch)
                self._room.set()

    async def _gathered(self) -> None:
        """Waits until enough are at hand, or until the last batch is so long ago that one need not wait."""
        left = self._gather_until - asyncio.get_running_loop().time()
        if left > 0 and len(self._waiting) < FEW:
            self._enough.clear()
            try:
                async with asyncio.timeout(left):
                    await self._enough.wait()
            except TimeoutError:
                pass

    def _take(self) -> list[tuple[str, Asked, asyncio.Future[list[Recorded]]]]:
        """The next callers in order, leaving out those whose stream another writer is at."""
        batch: list[tuple[str, Asked, asyncio.Future[list[Recorded]]]] = []
        later: list[tuple[str, Asked, asyncio.Future[list[Recorded]]]] = []
        while self._waiting and len(batch) < self._batch:
            waiting = self._waiting.popleft()
            (later if waiting[0] in self._busy else batch).append(waiting)
        self._waiting.extendleft(reversed(later))
        self._busy.update(stream for stream, _, _ in batch)
        return batch

    async def _each(self, batch: Sequence[Asked]) -> list[list[Recorded] | Exception]:
        """What each caller is told. What cannot be decided or stored fails alone; the writer goes on."""
        outcomes: list[Outcome | None] = [None] * len(batch)
        todo = list(range(len(batch)))
        try:
            await self._carry_out(batch, outcomes, todo)
        except Exception as error:
            failed: dict[int, list[Recorded] | Exception] = {}
            for n in todo:  # the others are written
                alone = len(batch) > 1 and not isinstance(error, PASSING)
                failed[n] = (await self._each([batch[n]]))[0] if alone else error
            written = [n for n in range(len(batch)) if n not in failed]
            _counted([batch[n] for n in written], [outcomes[n] for n in written])
            return [failed.get(n, outcome or []) for n, outcome in enumerate(outcomes)]
        return list(_counted(batch, outcomes))

    async def handle_many(self, batch: Sequence[Asked]) -> list[Outcome]:
        """One outcome for each command, in order; one transaction for all (a further one for those that lost a race).

        Commands to one stream are decided one after the other. Raises Contention when races never end.
        """
        outcomes: list[Outcome | None] = [None] * len(batch)
        await self._carry_out(batch, outcomes, list(range(len(batch))))
        return _counted(batch, outcomes)

    async def _carry_out(
        self, batch: Sequence[Asked], outcomes: list[Outcome | None], todo: list[int]
    ) -> None:
        """Fills in the outcomes; `todo` shrinks to what is not written yet, also where this raises."""
        known = await self._settled(batch)
        for attempt in range(ATTEMPTS):
            first = {self._deciding.stream_of(batch[n]): batch[n].command for n in reversed(todo)}
            presumed_new = {name for name, command in first.items() if command.opens and attempt == 0}
            existing = first.keys() - presumed_new
            histories = await self._store.histories(existing) if existing else {}
            for history in histories.values():
                known.update(history.requests)
            streams = self._deciding.decide(batch, todo, known, histories, outcomes)
            writes = [stream.write for stream in streams.values() if stream.write.events]
            accepted = await self._store.append(writes) if writes else set()
            if accepted:
                self._written()
            # Again: who lost a race, and whose stream may not have been new, since nothing was written to it
            again = [
                n
                for name, s in streams.items()
                if name not in accepted and (s.write.events or name in presumed_new)
                for n in s.asked
            ]
            through = set(todo).difference(again)
            todo[:] = again
            if nothing := [
                (request, self._deciding.stream_of(batch[n]))
                for n in through
                if _settles(batch[n], outcomes[n])
                and (request := batch[n].request)
                and request.id not in known
            ]:
                await self._store.settle(nothing)
            if not todo:
                return
            CONFLICTS.inc(sum(_facts(outcomes[n]) for n in todo))
        raise Contention()

    async def _settled(self, batch: Sequence[Asked]) -> dict[str, Known]:
        """Those requests of a batch from which nothing followed when they came before."""
        requests = [asked.request.id for asked in batch if asked.settled and asked.request]
        return await self._store.settled(requests) if requests else {}


def _counted(batch: Sequence[Asked], outcomes: Sequence[Outcome | None]) -> list[Outcome]:
    decided = [outcome for outcome in outcomes if outcome is not None]
    names = ("accepted" if isinstance(outcome, list) else type(outcome).__name__ for outcome in decided)
    for (command, name), count in Counter(
        zip((type(asked.command) for asked in batch), names, strict=True)
    ).items():
        COMMANDS.labels(command.__name__, name).inc(count)
    return decided


def _facts(outcome: Outcome | None) -> bool:
    return isinstance(outcome, list) and bool(outcome)


def _settles(asked: Asked, outcome: Outcome | None) -> bool:
    """Whether it is remembered that nothing followed."""
    return asked.settled and not _facts(outcome)
