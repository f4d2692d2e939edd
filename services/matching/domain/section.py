"""How many cases a section leads at a time, where its own staff says otherwise than the edition.

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from typing import ClassVar, assert_never

from pydantic import Field

from chassis.decider import Command, Decider, Given, Refused
from contracts.actors import Role
from contracts.matching import CapacitySet
from contracts.text import SectionId
from services.matching.policies import UnknownSection


class NotYourSection(Refused):
    """How many cases a section can lead is said by its own staff."""


class SetCapacity(Command):
    """From now on lead at most so many cases at a time."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.SECTION})
    capacity: int = Field(ge=0, le=10_000)
    section: Given[str]  # the one that the stream is named after
    sections: Given[tuple[SectionId, ...]]  # of the edition in force


def decide(command: SetCapacity, capacity: int | None) -> list[CapacitySet]:
    """Cases that are led already stay, also where they are more than that."""
    match command:
        case SetCapacity():
            if command.section not in command.sections:
                raise UnknownSection(f"Not a section here: {command.section}.")
            if command.actor.section != command.section:
                raise NotYourSection()
            if command.capacity == capacity:
                return []
            return [CapacitySet(section=command.section, capacity=command.capacity)]
        case _:
            assert_never(command)


def evolve(capacity: int | None, fact: CapacitySet) -> int | None:
    """None: as the edition says."""
    match fact:
        case CapacitySet():
            return fact.capacity
        case _:
            assert_never(fact)


SECTION: Decider[SetCapacity, int | None, CapacitySet] = Decider(
    "section", (SetCapacity,), None, decide, evolve
)
