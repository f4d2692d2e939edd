"""An entry of a register: a bid suspension, an exclusion of organised crime, a finding by article 167-4.

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, assert_never

from chassis.decider import Decider, Refused
from contracts.confidential import Confidential
from contracts.days import day
from contracts.screening import MeasureCorrected, MeasureRecorded, MeasureStarted
from services.screening.domain.register_commands import (
    CorrectMeasure,
    Entry,
    MeasureCommand,
    RecordMeasure,
    StartMeasure,
)

LONGEST_YEARS = 3
A_PERSON = "個人"  # instead of a name that everybody could read

MeasureFact = MeasureRecorded | MeasureCorrected | MeasureStarted


class MeasureRecordedBefore(Refused):
    """There is a measure of this number already; choose another number, or correct that one."""


class NoSuchMeasure(Refused):
    """There is no measure of this number; enter it first."""


class RegisterOfAnotherClause(Refused):
    """This register answers another clause; give the clause that belongs to it, or leave it out."""


class RegisterStays(Refused):
    """An entry does not move from one register to another; end it here and enter it there."""


class EndsBeforeItStarts(Refused):
    """The last day lies before the first; a measure of one day has the same for both."""


class ItemMissing(Refused):
    """Name the item of article 167-4 that was found to apply."""


class ItemOfAnotherRegister(Refused):
    """Items of article 167-4 belong to its own register; leave the item out."""


class FindingNeedsAnEnd(Refused):
    """An exclusion by item 2 of article 167-4 is for a set period; give its last day."""


class FindingTooLong(Refused):
    """An exclusion by item 2 of article 167-4 lasts at most three years; give an earlier last day."""


class UsersOfAnotherRegister(Refused):
    """Only article 167-4 extends to who uses a person; leave `user` out."""


class PersonByNameOnly(Refused):
    """A person is entered by the name alone, without corporate number, address, representative or other names."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What an entry says, and whether it has started."""

    entry: MeasureRecorded | MeasureCorrected | None = None
    started: bool = False


def register_belongs_to_clause(entry: Entry) -> None:
    """GL7-A1 to A3: each clause has its register, by the guideline in force."""
    if entry.clause not in (None, entry.register_clause):
        raise RegisterOfAnotherClause(f"{entry.register_} answers {entry.register_clause}.")


def period_runs_forward(entry: Entry) -> None:
    """V10: both days are included; the first may lie after the decision."""
    if entry.valid_to is not None and entry.valid_to < entry.valid_from:
        raise EndsBeforeItStarts()


def article_167_4_names_its_item(entry: Entry) -> None:
    """V11: item 1 needs a fact, item 2 a finding and a period of at most three years."""
    if entry.register_ != "art167_4":
        if entry.item is not None:
            raise ItemOfAnotherRegister()
        return
    if entry.item is None:
        raise ItemMissing()
    if entry.item.startswith("2"):
        if entry.valid_to is None:
            raise FindingNeedsAnEnd()
        if entry.valid_to >= _years_after(entry.valid_from, LONGEST_YEARS):
            raise FindingTooLong()


def users_are_those_of_article_167_4(entry: Entry) -> None:
    """V12: its item 2 extends to who uses the person; no other register does."""
    if "user" in entry.extends_to and entry.register_ != "art167_4":
        raise UsersOfAnotherRegister()


def a_person_has_a_name(entry: Entry) -> None:
    """A natural person has no corporate number, and no more is kept of them than is needed."""
    more = (entry.corporate_number, entry.address, entry.representative, *entry.aliases)
    if entry.subject == "person" and any(more):
        raise PersonByNameOnly()


MEASURE_POLICIES = (
    register_belongs_to_clause,
    period_runs_forward,
    article_167_4_names_its_item,
    users_are_those_of_article_167_4,
    a_person_has_a_name,
)


def decide(command: MeasureCommand, state: Entered) -> list[MeasureFact]:
    match command:
        case RecordMeasure():
            if state.entry:
                raise MeasureRecordedBefore()
            return [MeasureRecorded(**_said(command))]
        case CorrectMeasure():
            if state.entry is None:
                raise NoSuchMeasure()
            if command.register_ != state.entry.register_:
                raise RegisterStays(f"It is in {state.entry.register_}.")
            said = _said(command)
            same = all(getattr(state.entry, name) == value for name, value in said.items())
            return [] if same else [MeasureCorrected(**said, reason=command.reason)]
        case StartMeasure():
            return _started(command, state)
        case _:
            assert_never(command)


def _said(entry: Entry) -> dict[str, Any]:
    """What the fact says, by the names of its fields; raises the policy that the entry offends."""
    for policy in MEASURE_POLICIES:
        policy(entry)
    shared = MeasureRecorded.model_fields.keys() & type(entry).model_fields.keys()
    said = {name: getattr(entry, name) for name in shared}
    said["clause"] = entry.register_clause
    if entry.subject == "person":
        said |= {"name": A_PERSON, "person": Confidential(entry.name)}
    else:
        said["person"] = None
    return said


def _started(command: StartMeasure, state: Entered) -> list[MeasureFact]:
    """On its first day, or when it is entered later than that; over, it starts no more."""
    if state.entry is None or state.started:
        return []
    today = day(command.at, state.entry.zone)
    over = state.entry.valid_to is not None and state.entry.valid_to < today
    return [] if over or today < state.entry.valid_from else [MeasureStarted(clause=state.entry.clause)]


def evolve(state: Entered, fact: MeasureFact) -> Entered:
    match fact:
        case MeasureRecorded() | MeasureCorrected():
            return Entered(fact)
        case MeasureStarted():
            return Entered(state.entry, started=True)
        case _:
            assert_never(fact)


def _years_after(day: date, years: int) -> date:
    """The same day so many years on; the first of March for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


MEASURE: Decider[MeasureCommand, Entered, MeasureFact] = Decider(
    "measure", (RecordMeasure, CorrectMeasure, StartMeasure), Entered(), decide, evolve
)
