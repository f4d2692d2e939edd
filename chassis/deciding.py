"""A batch of commands decided in memory: what follows, and what is to be written. No I/O.

KeyUsedBefore                422: an Idempotency-Key came with another command than the first time
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from chassis.decider import Command, Decider, Recorded, Refused, permit
from chassis.event_store import History, Known, RequestKey, Write
from chassis.identity import new_id
from chassis.projections import Change, ReadModel
from contracts.cloudevents import Envelope
from contracts.fact import Fact

Outcome = list[Recorded] | Refused
Follow = Callable[[Recorded], Sequence[tuple[str, Change]]]


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
class Stream:
    """One stream within a batch: where it stood, what it has come to, what is to be written."""

    state: Any
    write: Write
    asked: list[int] = field(default_factory=list)


class Deciding:
    """The deciders of a service, and what follows from their facts in its tables."""

    def __init__(
        self,
        deciders: Iterable[Decider[Any, Any, Any]],
        follow: Sequence[Follow],
        source: str,
        municipality: str,
    ) -> None:
        self._deciders: dict[type[Command], Decider[Any, Any, Any]] = {}
        for decider in deciders:
            for command in decider.commands:
                if command in self._deciders:
                    raise TypeError(f"{command.__name__} is taken by two deciders: nobody could say which")
                self._deciders[command] = decider
        self._follow = follow
        self._source = source
        self._municipality = municipality

    def stream_of(self, asked: Asked) -> str:
        return self._deciders[type(asked.command)].stream(asked.id)

    def decide(
        self,
        batch: Sequence[Asked],
        todo: Sequence[int],
        known: dict[str, Known],
        histories: dict[str, History],
        outcomes: list[Outcome | None],
    ) -> dict[str, Stream]:
        """Decides in memory what of the batch is still to do, and fills in the outcomes."""
        streams: dict[str, Stream] = {}
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
                stream = streams[name] = Stream(state, Write(name, len(history)))
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
            source=self._source,
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


def changes_of(model: ReadModel) -> Follow:
    return lambda recorded: [(model.name, change) for change in model.project(recorded)]
