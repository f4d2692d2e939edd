"""The one way a command reaches a stream: load, decide, append; decided again when somebody else was faster.

Concurrent callers of `handle` are collected: while one batch is being written the next gathers, so that a busy service
writes few large batches and an idle one answers at once. `handle_many` takes a batch that exists already.

    KeyUsedBefore                422: an Idempotency-Key came with another command than the first time
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from chassis.database import UNREACHABLE
from chassis.decider import Command, Decider, Recorded, Refused, permit
from chassis.event_store import Contention, EventStore, History, Known, RequestKey, Write
from chassis.identity import new_id
from chassis.projections import Change, ReadModel
from chassis.telemetry import COMMANDS, CONFLICTS
from contracts.cloudevents import Envelope
from contracts.fact import Fact

Outcome = list[Recorded] | Refused
Follow = Callable[[Recorded], Sequence[tuple[str, Change]]]

PASSING: tuple[type[BaseException], ...] = (*UNREACHABLE, Contention)  # nobody's own fault
ATTEMPTS = 50


class KeyUsedBefore(Refused):
    """This Idempotency-Key was used for another command; use a new key for each new request."""

    status = 422


@dataclass(frozen=True, slots=True)
class Asked:
    """A command on its way to a stream.

    It is remembered by its `request`, so that asking again changes nothing; `cause` and `traceparent` are kept with the
    facts. `settled` says that also a request from which nothing follows is remembered.
    """

    id: str
    command: Command
    request: RequestKey | None = None
    cause: str | None = None
    traceparent: str | None = None
    settled: bool = False


@dataclass(slots=True)
class _Stream:
    """One stream within a batch: where it stood, what it has come to, what is to be written."""

    state: Any
    write: Write
    asked: list[int] = field(default_factory=list)


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
        writers: int = 2,
        batch: int = 32,
    ) -> None:
        """`follow` are further functions from a fact to row changes (deadlines); `written` is called after appends."""
        self._store = store
        self._deciders: dict[type[Command], Decider[Any, Any, Any]] = {}
        for decider in deciders:
            for command in decider.commands:
                if command in self._deciders:
                    raise TypeError(f"{command.__name__} is taken by two deciders: nobody could say which")
                self._deciders[command] = decider
        self._follow: list[Follow] = [_changes_of(model) for model in read_models] + list(follow)
        self._municipality = municipality
        self._written = written
        self._batch = batch
        self._waiting: deque[tuple[str, Asked, asyncio.Future[list[Recorded]]]] = deque()
        self._busy: set[str] = set()
        self._room = asyncio.Event()
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

    def stream_of(self, asked: Asked) -> str:
        return self._deciders[type(asked.command)].stream(asked.id)

    async def handle(self, asked: Asked) -> list[Recorded]:
        """The facts that followed, or a Refused. Raises also what the database raises when it is away."""
        answer: asyncio.Future[list[Recorded]] = asyncio.get_running_loop().create_future()
        self._waiting.append((self.stream_of(asked), asked, answer))
        self._room.set()
        return await answer

    async def _write_on(self) -> None:
        while True:
            batch = self._take()
            if not batch:
                self._room.clear()
                await self._room.wait()
                continue
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
            first = {self.stream_of(batch[n]): batch[n].command for n in reversed(todo)}
            presumed_new = {name for name, command in first.items() if command.opens and attempt == 0}
            existing = first.keys() - presumed_new
            histories = await self._store.histories(existing) if existing else {}
            for history in histories.values():
                known.update(history.requests)
            streams = self._decide(batch, todo, known, histories, outcomes)
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
                (request, self.stream_of(batch[n]))
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

    def _decide(
        self,
        batch: Sequence[Asked],
        todo: Sequence[int],
        known: dict[str, Known],
        histories: dict[str, History],
        outcomes: list[Outcome | None],
    ) -> dict[str, _Stream]:
        """Decides in memory what of the batch is still to do, and fills in the outcomes."""
        streams: dict[str, _Stream] = {}
        asked_before: dict[str, int] = {}  # requests of this batch
        for n in todo:
            asked = batch[n]
            if asked.request and (before := known.get(asked.request.id)):
                same = before.digest is None or before.digest == asked.request.digest
                outcomes[n] = [Recorded(e.fact(), e) for e in before.events] if same else KeyUsedBefore()
                continue
            decider = self._deciders[type(asked.command)]
            name = decider.stream(asked.id)
            stream = streams.get(name)
            if stream is None:
                state = decider.initial
                history = histories[name].events if name in histories else []
                for envelope in history:
                    state = decider.evolve(state, envelope.fact())
                stream = streams[name] = _Stream(state, Write(name, len(history)))
            stream.asked.append(n)
            if asked.request and (twin := asked_before.setdefault(asked.request.id, n)) != n:
                outcomes[n] = outcomes[twin] if batch[twin].request == asked.request else KeyUsedBefore()
                continue
            try:
                permit(asked.command)
                facts = decider.decide(asked.command, stream.state)
            except Refused as refusal:
                outcomes[n] = refusal
                continue
            recorded = [self._record(name, stream.write, asked, fact) for fact in facts]
            for fact in facts:
                stream.state = decider.evolve(stream.state, fact)
            outcomes[n] = recorded
        return streams

    def _record(self, stream: str, write: Write, asked: Asked, fact: Fact) -> Recorded:
        envelope = Envelope(
            id=new_id(),
            type=fact.type,
            source=self._store.source,
            subject=stream,
            version=write.expected + len(write.events) + 1,
            time=asked.command.at,
            case=asked.id,
            actor=str(asked.command.actor),
            municipality=self._municipality,
            cause=asked.cause,
            traceparent=asked.traceparent,
            body=fact.encoded(),
        )
        recorded = Recorded(fact, envelope)
        write.add(envelope, asked.request)
        for changes in self._follow:
            write.changes.extend(changes(recorded))
        return recorded


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


def _changes_of(model: ReadModel) -> Follow:
    return lambda recorded: [(model.name, change) for change in model.project(recorded)]
