"""Tests of decisions in their own words: given what happened, when somebody asks, then this follows.

case = Deciding(PROPOSAL)
case.given(SUBMITTED).when(accept()) == [RECEIVED]
with pytest.raises(AlreadyReceived):
    case.given(SUBMITTED, RECEIVED).when(accept())
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from chassis.decider import Command, Decider, Refused, permit
from contracts.actors import Actor
from contracts.fact import Fact, read

C = TypeVar("C", bound=Command)
S = TypeVar("S")
F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Deciding(Generic[C, S, F]):
    """One stream under test: what happened on it so far."""

    decider: Decider[C, S, F]
    history: tuple[F, ...] = field(default=())

    def given(self, *facts: F) -> Deciding[C, S, F]:
        """The same stream after these further facts."""
        return replace(self, history=(*self.history, *facts))

    @property
    def state(self) -> S:
        state = self.decider.initial
        for fact in self.history:
            state = self.decider.evolve(state, fact)
        return state

    def when(self, command: C) -> list[F]:
        """The facts that follow; raises the Refused that says no, as people and services meet it."""
        permit(command)
        return self.decider.decide(command, self.state)

    def after(self, *commands: C) -> Deciding[C, S, F]:
        """The same stream after these commands were accepted."""
        later = self
        for command in commands:
            later = later.given(*later.when(command))
        return later


def survives(
    decider: Decider[Any, Any, Any], commands: Iterable[Command], history: tuple[Fact, ...] = ()
) -> Deciding[Any, Any, Any]:
    """Plays any commands one after the other, after what happened already; returns the stream they made.

    Each is accepted or refused by name; every fact can be stored, read back as the same fact, and evolved.
    """
    stream = Deciding(decider, history)
    for command in commands:
        try:
            facts = stream.when(command)
        except Refused as refusal:
            refused_by_name(refusal)
            continue
        for fact in facts:
            assert read(fact.type, fact.encoded()) == fact
        stream = stream.given(*facts)
        assert stream.state is not None
    return stream


def refused_by_name(refusal: Refused) -> None:
    """A refusal bears the name of its rule and says it in a sentence."""
    assert type(refusal) is not Refused
    assert refusal.sentence.endswith(".")


def at(text: str) -> datetime:
    """`2024-07-31 17:00` on the clock of the city hall → the instant."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Tokyo"))


def by(text: str) -> Actor:
    """`window:W-01` → the actor."""
    return Actor.parse(text)
