"""What a screening has to keep to. Each rule raises the refusal that bears its name.

`ANSWERS` and `REGISTERS` hold for what staff hand in, `ELIGIBLE` and `INELIGIBLE` for decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chassis.decider import Refused
from contracts.intake import Part
from contracts.screening import Answer, MayorFound, PartnerScreened, ProjectScreened, ScreeningOpened
from contracts.text import ClauseId, MeasureId


class UnknownClause(Refused):
    """Answer only the clauses that this screening asks for, by the edition it is bound to."""


class ClauseAnsweredTwice(Refused):
    """Answer each clause once."""


class ClauseUnanswered(Refused):
    """Answer every clause; one is missing."""


class MayorFindingMissing(Refused):
    """This clause applies only by a finding of the mayor or a delegate; have it recorded first."""


class MayorFindingLeftOut(Refused):
    """The mayor found that this clause applies; record the answers again with it."""


class RegisterOfAnotherDay(Refused):
    """Look at the registers as of the day of the screening, and give that day with the answer."""


class DayNotYetCome(Refused):
    """Registers cannot be looked at as of a day that has not come."""


class MeasureInForce(Refused):
    """A measure against this partner is in force on that day; its clause applies."""


class MeasureNotInForce(Refused):
    """The measure cited does not count on that day, or belongs to another clause; answer without it."""


class ScreeningIncomplete(Refused):
    """Record the missing screening first; a decision stands on both."""


class ClauseApplies(Refused):
    """A clause applies, so that the proposal cannot be eligible; declare it ineligible or screen it again."""


class NoClauseApplies(Refused):
    """No clause applies, so that there is no ground to declare the proposal ineligible."""


class Measure(Part):
    """An entry of a register, as known when the command came; both days count, None is an open end."""

    id: MeasureId
    clause: ClauseId
    valid_from: date
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """V10: from the first day to the last, both included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Sheet:
    """審査票: answers handed in, and what they are held against."""

    clauses: tuple[ClauseId, ...]
    answers: tuple[Answer, ...]
    mayors: frozenset[ClauseId]  # clauses left to the mayor
    found: frozenset[ClauseId]  # those of them that the mayor found to apply


@dataclass(frozen=True, slots=True)
class Lookup:
    """The same answers, seen beside the registers of one day."""

    answers: tuple[Answer, ...]
    register_clauses: tuple[ClauseId, ...]
    measures: tuple[Measure, ...]  # all that are known against this partner
    as_of: date
    today: date


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a decision stands on."""

    opened: ScreeningOpened
    partner: PartnerScreened | None = None
    project: ProjectScreened | None = None
    findings: tuple[MayorFound, ...] = ()  # the latest of each clause

    @property
    def answers(self) -> tuple[Answer, ...]:
        return (self.partner.answers if self.partner else ()) + (self.project.answers if self.project else ())

    @property
    def applying(self) -> tuple[ClauseId, ...]:
        """The clauses that apply, in the order of the edition."""
        apply = {answer.clause for answer in self.answers if answer.applies}
        return tuple(c for c in self.opened.partner_clauses + self.opened.project_clauses if c in apply)

    @property
    def found(self) -> frozenset[ClauseId]:
        """The clauses that the mayor found to apply."""
        return frozenset(finding.clause for finding in self.findings if finding.applies)


def clauses_are_of_the_edition(sheet: Sheet) -> None:
    """V08: what is cited exists in the edition."""
    if unknown := _ids(answer.clause for answer in sheet.answers if answer.clause not in sheet.clauses):
        raise UnknownClause(f"Not asked for here: {unknown}.")


def every_clause_is_answered_once(sheet: Sheet) -> None:
    """GL7: none of the requirements is passed over."""
    answered = [answer.clause for answer in sheet.answers]
    if twice := _ids(clause for clause in sheet.clauses if answered.count(clause) > 1):
        raise ClauseAnsweredTwice(f"More than one answer: {twice}.")
    if missing := _ids(clause for clause in sheet.clauses if clause not in answered):
        raise ClauseUnanswered(f"No answer: {missing}.")


def mayor_alone_finds_unfitness(sheet: Sheet) -> None:
    """V13, GL7-A4, GL7-B6: staff answer these clauses as the mayor found, neither more nor less."""
    applying = {answer.clause for answer in sheet.answers if answer.applies}
    _as_found(applying & sheet.mayors, sheet.found & set(sheet.clauses))


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
            raise _in_force(measure)


def cited_measures_count(lookup: Lookup) -> None:
    """V10, V11: an exclusion ends with its measure, and no measure speaks for another clause."""
    known = {measure.id: measure for measure in lookup.measures}
    for answer in lookup.answers:
        measure = known.get(answer.measure or "")
        if measure and not (answer.clause == measure.clause and measure.in_force(lookup.as_of)):
            raise MeasureNotInForce(f"{measure.id} is cited for {answer.clause} on {lookup.as_of}.")


def both_screenings_are_there(dossier: Dossier) -> None:
    """GL7: eligible is who meets every requirement, of the partner and of the project."""
    if dossier.partner is None or dossier.project is None:
        raise ScreeningIncomplete()


def what_excludes_was_screened(dossier: Dossier) -> None:
    """GL7: where the partner is excluded the project need not be looked at; otherwise both are there."""
    if dossier.partner is None or (dossier.partner.clear and dossier.project is None):
        raise ScreeningIncomplete()


def findings_are_heeded(dossier: Dossier) -> None:
    """V13: what the mayor found after the answers were recorded still counts."""
    _as_found(set(dossier.applying) & set(dossier.opened.mayor_clauses), dossier.found)


def no_clause_applies(dossier: Dossier) -> None:
    """GL7: one clause that applies is enough to exclude."""
    if dossier.applying:
        raise ClauseApplies(f"It applies: {', '.join(dossier.applying)}.")


def some_clause_applies(dossier: Dossier) -> None:
    """V07: an adverse decision names at least one clause."""
    if not dossier.applying:
        raise NoClauseApplies()


def no_measure_since(measures: Sequence[Measure], today: date) -> None:
    """V32: exclusions that protect the law count as of the day of the decision, not only of the screening."""
    for measure in measures:
        if measure.in_force(today):
            raise _in_force(measure)


ANSWERS = (clauses_are_of_the_edition, every_clause_is_answered_once, mayor_alone_finds_unfitness)
REGISTERS = (registers_are_those_of_the_day, measures_in_force_apply, cited_measures_count)
ELIGIBLE = (both_screenings_are_there, findings_are_heeded, no_clause_applies)
INELIGIBLE = (what_excludes_was_screened, findings_are_heeded, some_clause_applies)


def _as_found(answered: set[ClauseId], found: frozenset[ClauseId]) -> None:
    if missing := _ids(answered - found):
        raise MayorFindingMissing(f"No finding: {missing}.")
    if left_out := _ids(found - answered):
        raise MayorFindingLeftOut(f"Found to apply: {left_out}.")


def _in_force(measure: Measure) -> MeasureInForce:
    until = f"until {measure.valid_to}" if measure.valid_to else "with no end"
    return MeasureInForce(
        f"{measure.id} for {measure.clause}, {until}.", measure=measure.id, clause=measure.clause
    )


def _ids(clauses: Iterable[ClauseId]) -> str:
    return ", ".join(sorted(set(clauses)))
