"""審査票: every clause is answered, once, and none that is not asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chassis.decider import Refused
from contracts.screening import Answer
from contracts.text import ClauseId
from services.screening.policies.mayor import as_found


class UnknownClause(Refused):
    """Answer only the clauses that this screening asks for, by the edition it is bound to."""


class ClauseAnsweredTwice(Refused):
    """Answer each clause once."""


class ClauseUnanswered(Refused):
    """Answer every clause; one is missing."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """審査票: answers handed in, and what they are held against."""

    clauses: tuple[ClauseId, ...]
    answers: tuple[Answer, ...]
    mayors: frozenset[ClauseId]  # clauses left to the mayor
    found: frozenset[ClauseId]  # those of them that the mayor found to apply


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
    as_found(applying & sheet.mayors, sheet.found & set(sheet.clauses))


ANSWERS = (clauses_are_of_the_edition, every_clause_is_answered_once, mayor_alone_finds_unfitness)


def _ids(clauses: Iterable[ClauseId]) -> str:
    return ", ".join(sorted(set(clauses)))
