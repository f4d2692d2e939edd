"""The shape of a decision: a command and what is known so far, to the facts that follow; or a refusal.

    Refused                      409; a subclass is named after its rule, its docstring is what the person reads
      └─ NotYours                403: this actor may not issue this command

Source of the shape: Jérémie Chassaing, "Functional Event Sourcing Decider" (2021).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict

from contracts.actors import Actor, Role
from contracts.cloudevents import Envelope
from contracts.fact import Fact


class Refused(Exception):
    """This cannot be done now."""

    status: ClassVar[int] = 409

    def __init__(self, detail: str = "", **extra: Any) -> None:
        """`detail` adds the particulars of this case to the rule's own sentence; `extra` is for machines."""
        self.sentence = inspect.cleandoc(type(self).__doc__ or "")
        self.detail = detail
        self.extra = extra
        super().__init__(f"{self.sentence} {detail}".strip())


class NotYours(Refused):
    """Your role may not do this."""

    status = 403


class SetByService:
    """Marks a field of a command that the service fills in: it is no part of the body that a person sends."""


T = TypeVar("T")
Given = Annotated[T, SetByService()]


class Command(BaseModel):
    """What somebody wants done, in the imperative. `by` says who may ask for it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

    by: ClassVar[frozenset[Role]]
    opens: ClassVar[bool] = (
        False  # as a rule it comes first on its stream, which is then not looked up beforehand
    )

    actor: Given[Actor]
    at: Given[AwareDatetime]

    @classmethod
    @cache
    def given(cls) -> frozenset[str]:
        """Names of the fields that the service fills in."""
        return frozenset(
            name
            for name, field in cls.model_fields.items()
            if any(isinstance(mark, SetByService) for mark in field.metadata)
        )


C = TypeVar("C", bound=Command)
S = TypeVar("S")
F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Decider(Generic[C, S, F]):
    """One kind of stream: its commands, its first state, what follows from a command, what a fact changes.

    `decide(command, state)` returns the facts, `[]` when there is nothing left to do, or raises a Refused.
    `evolve(state, fact)` returns the next state and never refuses. Both are pure.
    """

    kind: str
    commands: tuple[type[C], ...]
    initial: S
    decide: Callable[[C, S], Sequence[F]]
    evolve: Callable[[S, F], S]

    def stream(self, id_: str) -> str:
        """The name of one stream: `<kind>/<id>`."""
        return f"{self.kind}/{id_}"


def permit(command: Command) -> None:
    """The one place that says who may issue what. Raises NotYours."""
    if command.actor.role not in command.by:
        allowed = ", ".join(sorted(command.by))
        raise NotYours(f"{type(command).__name__} is for: {allowed}.", role=command.actor.role)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact that is stored or was received, with the envelope it travels in."""

    fact: Fact
    envelope: Envelope

    @property
    def id(self) -> str:
        """The id of its stream, without the kind: for streams of a case, the case."""
        return self.envelope.subject.partition("/")[2]
