"""What is left to the mayor, and who may act in the mayor's place (V13)."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date

import guidelines
from chassis.decider import Refused
from contracts.actors import Actor, Role
from contracts.text import ClauseId
from guidelines import Edition


class MayorFindingMissing(Refused):
    """This clause applies only by a finding of the mayor or a delegate; have it recorded first."""


class MayorFindingLeftOut(Refused):
    """The mayor found that this clause applies; record the answers again with it."""


class NotADelegate(Refused):
    """You do not act in the mayor's place for this clause on this day; the delegations stand in the guideline."""

    status = 403


def as_found(answered: Set[ClauseId], found: Set[ClauseId]) -> None:
    """Staff answer as the mayor found, neither more nor less."""
    if missing := ", ".join(sorted(answered - found)):
        raise MayorFindingMissing(f"No finding: {missing}.")
    if left_out := ", ".join(sorted(found - answered)):
        raise MayorFindingLeftOut(f"Found to apply: {left_out}.")


def a_delegate_acts_as_delegated(
    actor: Actor, edition_id: str, clauses: Iterable[ClauseId], today: date
) -> None:
    """V13: for each of these clauses, or for any at all where none is named; the mayor always may.

    Who is delegated is a matter of the day: the edition in force says it, and for clauses that it does not have the
    edition of the case.
    """
    if actor.role != Role.DELEGATE:
        return
    own = guidelines.load(edition_id)
    current = _in_force(own, today)
    wanted = tuple(clauses)
    missing = [
        clause
        for clause in wanted
        if not (current if clause in current.mayor_clauses else own).is_delegate(actor.id, clause, today)
    ]
    anything = any(current.is_delegate(actor.id, clause, today) for clause in current.mayor_clauses)
    if missing or not (wanted or anything):
        about = ", ".join(missing) or "any clause"
        raise NotADelegate(f"{actor.id} on {today}: {about}.", actor=actor.id, clauses=missing)


def _in_force(own: Edition, today: date) -> Edition:
    try:
        return guidelines.in_force(own.municipality, today)
    except guidelines.NoEditionInForce:
        return own
