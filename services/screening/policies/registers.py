"""The registers beside the answers: what counts on which day, against whom, by which clause."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from chassis.decider import Refused
from contracts.intake import Part
from contracts.screening import Answer, Item, Reach, Register, Through
from contracts.text import ClauseId, MeasureId

Reached = Literal["surely", "perhaps"]  # perhaps: a person has to say


class RegisterOfAnotherDay(Refused):
    """Look at the registers as of the day of the screening, and give that day with the answer."""


class DayNotYetCome(Refused):
    """Registers cannot be looked at as of a day that has not come."""


class MeasureInForce(Refused):
    """A measure against this partner is in force on that day; its clause applies."""


class MeasureNotInForce(Refused):
    """The measure cited does not count on that day, or belongs to another clause; answer without it."""


class MeasureUnknown(Refused):
    """No register has the measure cited against this partner; cite the one that is meant, or have it recorded."""


class EntryMissing(Refused):
    """This clause applies by an entry of its register, or by a finding recorded there, and by nothing else."""


class Measure(Part):
    """An entry of a register that concerns a case, as known when the command came.

    Both days count, None is an open end. `automatic`: by an equal corporate number; others are about the partner only
    when a person says so.
    """

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    id: MeasureId
    register_: Register | None = Field(default=None, alias="register")
    clause: ClauseId
    valid_from: date
    valid_to: date | None = None
    through: Through = "applicant"
    used_from: date | None = None  # of a person used by the partner, as far as known
    used_to: date | None = None
    automatic: bool = True
    likeness: float = Field(default=1.0, ge=0, le=1)
    alike: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()

    def in_force(self, on: date) -> bool:
        """V10: from the first day to the last, both included; V12: and as long as the person is used."""
        return (
            self.valid_from <= on
            and (self.valid_to is None or on <= self.valid_to)
            and (self.used_from is None or self.used_from <= on)
            and (self.used_to is None or on <= self.used_to)
        )

    @property
    def last(self) -> date:
        """Its last day of all; the end of time where none is set."""
        return min(self.valid_to or date.max, self.used_to or date.max)

    def answering(self, registers: Mapping[Register, ClauseId]) -> Measure:
        """The same, by the clause that its register answers in the edition of a case."""
        clause = registers.get(self.register_, self.clause) if self.register_ else self.clause
        return self if clause == self.clause else self.model_copy(update={"clause": clause})


@dataclass(frozen=True, slots=True)
class Lookup:
    """The answers handed in, seen beside the registers of one day."""

    answers: tuple[Answer, ...]
    register_clauses: tuple[ClauseId, ...]
    measures: tuple[Measure, ...]  # all that count against this partner, of any time
    as_of: date
    today: date


def reaches(
    register: Register, item: Item | None, extends_to: Collection[Reach], through: Through
) -> Reached | None:
    """Whether an entry about one of those behind a proposal concerns the proposal.

    GL7-A1 to A3 and what they stand on: members of a joint venture propose as much as its head. Exclusion of organised
    crime covers officers, and whoever work is passed on to. A suspension reaches a subcontractor where it says so.
    V12: item 2 of article 167-4 extends to who uses the person as agent, manager or employee.
    """
    crime = register == "gang_exclusion"
    match through:
        case "applicant" | "joint_venture_member":
            return "surely"
        case "subcontractor":
            return "surely" if crime or "subcontractor" in extends_to else "perhaps"
        case "officer":
            return "surely" if crime else "perhaps" if register == "art167_4" else None
        case "agent" | "manager" | "employee":
            if register == "art167_4" and ("user" in extends_to or (item or "").startswith("2")):
                return "surely"
            return "perhaps" if crime else None
        case "affiliate":
            return "perhaps"


def registers_are_those_of_the_day(lookup: Lookup) -> None:
    """V09: register answers say as of which day, and it is the day of this screening."""
    if lookup.as_of > lookup.today:
        raise DayNotYetCome(f"{lookup.as_of} is after {lookup.today}.")
    for answer in lookup.answers:
        if answer.clause in lookup.register_clauses and answer.register_as_of != lookup.as_of:
            raise RegisterOfAnotherDay(f"{answer.clause} has to be answered as of {lookup.as_of}.")


def measures_in_force_apply(lookup: Lookup) -> None:
    """V10, GL7-A1 to A3: a measure counts on its first and its last day, whatever staff would answer."""
    applying = {answer.clause for answer in lookup.answers if answer.applies}
    for measure in lookup.measures:
        if measure.in_force(lookup.as_of) and measure.clause not in applying:
            raise in_force(measure)


def cited_measures_count(lookup: Lookup) -> None:
    """V10, V11: an exclusion ends with its measure, and no measure speaks for another clause."""
    known = {measure.id: measure for measure in lookup.measures}
    for answer in lookup.answers:
        if answer.measure is None:
            continue
        measure = known.get(answer.measure)
        if measure is None:
            raise MeasureUnknown(f"Cited for {answer.clause}: {answer.measure}.")
        if not (answer.clause == measure.clause and measure.in_force(lookup.as_of)):
            raise MeasureNotInForce(f"{measure.id} is cited for {answer.clause} on {lookup.as_of}.")


def exclusions_stand_on_entries(lookup: Lookup) -> None:
    """V11, V14: nobody is found to fall under a register's clause but by an entry; no finding, no exclusion."""
    for answer in lookup.answers:
        if answer.applies and answer.clause in lookup.register_clauses and not _entry(answer, lookup):
            raise EntryMissing(f"{answer.clause} on {lookup.as_of}.")


REGISTERS = (
    registers_are_those_of_the_day,
    measures_in_force_apply,
    cited_measures_count,
    exclusions_stand_on_entries,
)


def cited(lookup: Lookup) -> tuple[Answer, ...]:
    """The answers with the entry each stands on, and its last day; of several entries the one that lasts longest."""
    return tuple(_citing(answer, _entry(answer, lookup)) for answer in lookup.answers)


def in_force(measure: Measure) -> MeasureInForce:
    until = f"until {measure.last}" if measure.last < date.max else "with no end"
    return MeasureInForce(
        f"{measure.id} for {measure.clause}, {until}.", measure=measure.id, clause=measure.clause
    )


def _entry(answer: Answer, lookup: Lookup) -> Measure | None:
    if not answer.applies:
        return None
    entries: Iterable[Measure] = (
        measure
        for measure in lookup.measures
        if measure.clause == answer.clause and measure.in_force(lookup.as_of)
    )
    return max(entries, key=lambda measure: (measure.last, measure.id), default=None)


def _citing(answer: Answer, measure: Measure | None) -> Answer:
    if measure is None:
        return answer
    last = None if measure.last == date.max else measure.last
    return answer.model_copy(update={"measure": answer.measure or measure.id, "until": last})
