"""The register of interests: why a person, or a whole section, would be partial about an organisation (GL5-01, V19).

Pure: no I/O, no clock, no new ids. Days are those of the city, both included.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, assert_never

from chassis.decider import Command, Decider, Given, Refused
from contracts.actors import Pseudonym, Role
from contracts.days import day
from contracts.intake import Partner
from contracts.matching import InterestBegan, InterestEnded, InterestKind, InterestRecorded
from contracts.text import SectionId
from services.matching.policies import (
    a_conflict_is_somebodys,
    officers_speak_for_themselves,
    sections_are_of_the_city,
)

REGISTRARS = frozenset({Role.WINDOW, Role.WINDOW_HEAD, Role.CONTRACT_SECTION, Role.SECTION})


class RecordedBefore(Refused):
    """An entry of this number stands in the register; end it and record another."""


class NoSuchInterest(Refused):
    """The register has no entry of this number."""


class InterestRunsBackwards(Refused):
    """The last day of an entry lies before its first."""


class InterestOver(Refused):
    """This entry ends already on that day or before."""


class RecordInterest(Command):
    """Enter why a person, or everybody in a section, would be partial about an organisation."""

    by: ClassVar[frozenset[Role]] = REGISTRARS
    person: Pseudonym | None = None
    section: SectionId
    organisation: Partner
    kind: InterestKind
    valid_from: date
    valid_to: date | None = None
    whole_section: bool = False
    sections: Given[tuple[SectionId, ...]]  # of the edition in force


class EndInterest(Command):
    """Say the last day on which the entry counts."""

    by: ClassVar[frozenset[Role]] = REGISTRARS
    valid_to: date


class BeginInterest(Command):
    """The first day of an entry has come."""

    by: ClassVar[frozenset[Role]] = frozenset({Role.TIMER})


InterestCommand = RecordInterest | EndInterest | BeginInterest
InterestFact = InterestRecorded | InterestBegan | InterestEnded


@dataclass(frozen=True, slots=True)
class Interest:
    """One entry; None until it is recorded."""

    entry: InterestRecorded | None = None
    ahead: bool = False  # its first day has not come


def decide(command: InterestCommand, state: Interest) -> list[InterestFact]:
    match command:
        case RecordInterest():
            if state.entry:
                raise RecordedBefore()
            a_conflict_is_somebodys(command.person, command.whole_section)
            officers_speak_for_themselves(command.actor, command.section, command.person)
            sections_are_of_the_city([command.section], command.sections)
            _runs_forward(command.valid_from, command.valid_to)
            return [_recorded(command)]
        case EndInterest():
            if state.entry is None:
                raise NoSuchInterest()
            officers_speak_for_themselves(command.actor, state.entry.section, state.entry.person)
            _runs_forward(state.entry.valid_from, command.valid_to)
            if state.entry.valid_to is not None and state.entry.valid_to <= command.valid_to:
                raise InterestOver(f"Its last day is {state.entry.valid_to}.")
            return [InterestEnded(valid_to=command.valid_to)]
        case BeginInterest():
            begins = state.entry is not None and state.entry.valid_from <= day(command.at)
            return [InterestBegan()] if begins and state.ahead else []
        case _:
            assert_never(command)


def evolve(state: Interest, fact: InterestFact) -> Interest:
    match fact:
        case InterestRecorded():
            return Interest(entry=fact, ahead=True)
        case InterestBegan():
            return replace(state, ahead=False)
        case InterestEnded():
            entry = state.entry and state.entry.model_copy(update={"valid_to": fact.valid_to})
            return replace(state, entry=entry)
        case _:
            assert_never(fact)


def _recorded(command: RecordInterest) -> InterestRecorded:
    return InterestRecorded(
        person=command.person,
        section=command.section,
        organisation=command.organisation,
        kind=command.kind,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        whole_section=command.whole_section,
    )


def _runs_forward(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise InterestRunsBackwards(f"It begins on {first}.")


INTEREST: Decider[InterestCommand, Interest, InterestFact] = Decider(
    "interest", (RecordInterest, EndInterest, BeginInterest), Interest(), decide, evolve
)
