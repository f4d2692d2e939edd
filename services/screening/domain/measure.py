"""An entry of a register: a bid suspension, an exclusion of organised crime, a finding by article 167-4.

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from chassis.decider import Decider, Refused
from contracts.screening import MeasureRecorded
from services.screening.domain.commands import RecordMeasure

CLAUSE_OF = {"art167_4": "GL7-A1", "bid_suspension": "GL7-A2", "gang_exclusion": "GL7-A3"}
LONGEST_YEARS = 3


class MeasureRecordedBefore(Refused):
    """There is a measure of this number already; choose another number."""


class RegisterOfAnotherClause(Refused):
    """This register answers another clause; give the clause that belongs to it."""


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


@dataclass(frozen=True, slots=True)
class Entry:
    """Whether this entry of a register is taken."""

    recorded: bool = False


def register_belongs_to_clause(command: RecordMeasure) -> None:
    """GL7-A1 to A3: each clause has its register."""
    if command.clause != CLAUSE_OF[command.register_]:
        raise RegisterOfAnotherClause(f"{command.register_} answers {CLAUSE_OF[command.register_]}.")


def period_runs_forward(command: RecordMeasure) -> None:
    """V10: both days are included; the first may lie after the decision."""
    if command.valid_to is not None and command.valid_to < command.valid_from:
        raise EndsBeforeItStarts()


def article_167_4_names_its_item(command: RecordMeasure) -> None:
    """V11: item 1 needs a fact, item 2 a finding and a period of at most three years."""
    if command.register_ != "art167_4":
        if command.item is not None:
            raise ItemOfAnotherRegister()
        return
    if command.item is None:
        raise ItemMissing()
    if command.item.startswith("2"):
        if command.valid_to is None:
            raise FindingNeedsAnEnd()
        if command.valid_to >= _years_after(command.valid_from, LONGEST_YEARS):
            raise FindingTooLong()


MEASURE_POLICIES = (register_belongs_to_clause, period_runs_forward, article_167_4_names_its_item)


def decide(command: RecordMeasure, state: Entry) -> list[MeasureRecorded]:
    match command:
        case RecordMeasure():
            if state.recorded:
                raise MeasureRecordedBefore()
            for policy in MEASURE_POLICIES:
                policy(command)
            return [
                MeasureRecorded(
                    register_=command.register_,
                    clause=command.clause,
                    corporate_number=command.corporate_number,
                    name=command.name,
                    ground=command.ground,
                    item=command.item,
                    decided_on=command.decided_on,
                    valid_from=command.valid_from,
                    valid_to=command.valid_to,
                )
            ]
        case _:
            assert_never(command)


def evolve(state: Entry, fact: MeasureRecorded) -> Entry:
    match fact:
        case MeasureRecorded():
            return replace(state, recorded=True)
        case _:
            assert_never(fact)


def _years_after(day: date, years: int) -> date:
    """The same day so many years on; the first of March for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


MEASURE: Decider[RecordMeasure, Entry, MeasureRecorded] = Decider(
    "measure", (RecordMeasure,), Entry(), decide, evolve
)
