"""Eligible or not: what has to be there before the rule of the edition is asked, and what it then may say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chassis.decider import Refused
from contracts.text import ClauseId
from guidelines import Law
from services.screening.policies.answers import ClauseUnanswered
from services.screening.policies.dossier import Dossier
from services.screening.policies.flags import every_flag_is_answered
from services.screening.policies.mayor import as_found
from services.screening.policies.registers import Measure, in_force


class ScreeningIncomplete(Refused):
    """Record the missing screening first; a decision stands on both."""


class ClauseApplies(Refused):
    """A clause applies, so that the proposal cannot be eligible; declare it ineligible or screen it again."""


class NoClauseApplies(Refused):
    """No clause applies, so that there is no ground to declare the proposal ineligible."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a decision is held against on its day."""

    dossier: Dossier
    law: Law
    measures: tuple[Measure, ...]  # that concern the case, by the clauses of its edition
    counting: tuple[Measure, ...]  # those of them that are about the partner
    today: date
    excluding: tuple[ClauseId, ...] = ()  # what the rule of the edition says, once it is asked


def flags_are_answered(case: Case) -> None:
    """No decision passes over what may be about the partner."""
    every_flag_is_answered(case.dossier, case.measures, case.today)


def both_screenings_are_there(case: Case) -> None:
    """GL7: eligible is who meets every requirement, of the partner and of the project."""
    if case.dossier.partner is None or case.dossier.project is None:
        raise ScreeningIncomplete()


def what_excludes_was_screened(case: Case) -> None:
    """GL7: where the partner is excluded the project need not be looked at; otherwise both are there."""
    dossier = case.dossier
    if dossier.partner is None or (dossier.partner.clear and dossier.project is None):
        raise ScreeningIncomplete()


def findings_are_heeded(case: Case) -> None:
    """V13: what the mayor found after the answers were recorded still counts."""
    as_found(case.dossier.applying & set(case.dossier.opened.mayor_clauses), case.dossier.found)


def the_law_of_the_day_is_answered(case: Case) -> None:
    """V32: exclusions that protect the law count as of the day of the decision, of whatever edition they are."""
    dossier = case.dossier
    answered = {answer.clause for answer in dossier.answers}
    asked = case.law.partner_clauses if dossier.partner else ()
    asked += case.law.project_clauses if dossier.project else ()
    if missing := [clause for clause in asked if clause not in answered]:
        raise ClauseUnanswered(f"In force since {case.law.edition}: {', '.join(missing)}.")


def no_clause_applies(case: Case) -> None:
    """GL7: one clause that applies is enough to exclude."""
    if case.excluding:
        raise ClauseApplies(f"It applies: {', '.join(case.excluding)}.")


def no_measure_since(case: Case) -> None:
    """V32: exclusions that protect the law count as of the day of the decision, not only of the screening."""
    for measure in case.counting:
        if measure.in_force(case.today):
            raise in_force(measure)


def some_clause_applies(case: Case) -> None:
    """V07: an adverse decision names at least one clause."""
    if not case.excluding:
        raise NoClauseApplies()


BEFORE_ELIGIBLE = (
    both_screenings_are_there,
    the_law_of_the_day_is_answered,
    findings_are_heeded,
    flags_are_answered,
)
ELIGIBLE = (no_clause_applies, no_measure_since)
BEFORE_INELIGIBLE = (what_excludes_was_screened, findings_are_heeded, flags_are_answered)
INELIGIBLE = (some_clause_applies,)
