"""A domain of three sentences to try the chassis on: things are put on a shelf, and taken off it."""

from dataclasses import dataclass, replace
from typing import ClassVar, assert_never

from chassis.decider import Command, Decider, Recorded, Refused
from chassis.projections import Put, ReadModel, Remove
from contracts.actors import Role
from contracts.confidential import Confidential
from contracts.fact import Fact


class Shelved(Fact):
    thing: str
    note: Confidential[str] | None = None


class TakenOff(Fact):
    thing: str


class Shelve(Command):
    by: ClassVar = frozenset({Role.WINDOW, Role.SERVICE, Role.TIMER})
    thing: str
    note: Confidential[str] | None = None


class Assemble(Command):
    """A new shelf, with a first thing on it."""

    by: ClassVar = frozenset({Role.WINDOW})
    opens: ClassVar = True
    thing: str


class TakeOff(Command):
    by: ClassVar = frozenset({Role.WINDOW})
    thing: str


class ShelfFull(Refused):
    """This shelf holds three things; take one off first."""


class Assembled(Refused):
    """This shelf stands already; choose another id."""


@dataclass(frozen=True)
class Shelf:
    things: tuple[str, ...] = ()


def decide(command: Shelve | Assemble | TakeOff, state: Shelf) -> list[Shelved | TakenOff]:
    match command:
        case Shelve():
            if command.thing == "bomb":
                raise ZeroDivisionError("a fault in the domain")
            if command.thing in state.things:
                return []
            if len(state.things) >= 3:
                raise ShelfFull()
            return [Shelved(thing=command.thing, note=command.note)]
        case Assemble():
            if state.things:
                raise Assembled()
            return [] if command.thing == "nothing" else [Shelved(thing=command.thing)]
        case TakeOff():
            return [TakenOff(thing=command.thing)] if command.thing in state.things else []
        case _:
            assert_never(command)


def evolve(state: Shelf, fact: Shelved | TakenOff) -> Shelf:
    match fact:
        case Shelved():
            return replace(state, things=(*state.things, fact.thing))
        case TakenOff():
            return replace(state, things=tuple(t for t in state.things if t != fact.thing))
        case _:
            assert_never(fact)


def _project(recorded: Recorded) -> list[Put | Remove]:
    match recorded.fact:
        case Shelved(thing=thing):
            return [Put(f"{recorded.id}.{thing}", {"thing": thing, "shelf": recorded.id})]
        case TakenOff(thing=thing):
            return [Remove(f"{recorded.id}.{thing}")]
        case _:
            return []


SHELF = Decider("shelf", (Shelve, Assemble, TakeOff), Shelf(), decide, evolve)
THINGS = ReadModel("things", _project)
THINGS_TABLE = "create table things (key text primary key, doc jsonb not null)"
