"""Who read the record of a case. The log decides nothing about cases; this is all it says of its own.

Pure: no I/O, no clock, no new ids. A reading is kept before anything is shown, on a stream of audit's own
(`reading/<case>`), and comes back to the log by its topic as an entry of that case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from pydantic import AwareDatetime, model_validator

from chassis.decider import Command, Decider
from contracts.actors import Role
from contracts.audit import CaseRead, Manner
from contracts.text import Name


class ReadCase(Command):
    """Read the record of a case, and say in which manner."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.AUDITOR})
    manner: Manner
    as_of: AwareDatetime | None = None
    since: AwareDatetime | None = None
    purpose: Name | None = None

    @model_validator(mode="after")
    def _between(self) -> Self:
        if self.since and self.as_of and self.since > self.as_of:
            raise ValueError("`since` lies after `as_of`")
        return self


@dataclass(frozen=True, slots=True)
class Readings:
    """Nothing depends on who read before."""


def decide(command: ReadCase, state: Readings) -> list[CaseRead]:
    """Every reading is a fact, the second by the same person, too."""
    return [
        CaseRead(
            reader=command.actor.id,
            role=command.actor.role,
            manner=command.manner,
            as_of=command.as_of,
            since=command.since,
            purpose=command.purpose,
        )
    ]


def evolve(state: Readings, fact: CaseRead) -> Readings:
    return state


READINGS: Decider[ReadCase, Readings, CaseRead] = Decider(
    kind="reading", commands=(ReadCase,), initial=Readings(), decide=decide, evolve=evolve
)
