"""Who is partial in a case: known from the register of interests, or declared (GL5-01, V19).

Said aloud as soon as it is known, so that nobody who is partial reads the idea. What it means for who is asked next
stands in `offers`. A case that went past the dialogue keeps its lead: there the office decides who works on it.
"""

from __future__ import annotations

from collections.abc import Iterable

from chassis.decider import Refused
from contracts.matching import ConflictFound
from services.matching.domain.commands import DeclareConflict, Informed
from services.matching.domain.state import Matching
from services.matching.policies import (
    a_conflict_is_somebodys,
    officers_speak_for_themselves,
    sections_are_of_the_city,
)


class NoRunningCase(Refused):
    """This case is not known here, or it is over; there is nothing to be partial in."""


def newly_known(command: Informed, state: Matching) -> list[ConflictFound]:
    """What the register says by now and the case does not know yet."""
    if state == Matching() or state.over:
        return []
    return _new(command.conflicts, state)


def declared(command: DeclareConflict, state: Matching) -> list[ConflictFound]:
    """Once; a declaration is never taken back, since what was known then stays known."""
    if state == Matching() or state.over:
        raise NoRunningCase()
    a_conflict_is_somebodys(command.person, command.whole_section)
    officers_speak_for_themselves(command.actor, command.section, command.person)
    if state.pinned:
        sections_are_of_the_city([command.section], state.pinned.sections)
    found = ConflictFound(
        person=command.person,
        section=command.section,
        whole_section=command.whole_section,
        basis="declared",
        reason=command.reason,
    )
    return _new([found], state)


def _new(found: Iterable[ConflictFound], state: Matching) -> list[ConflictFound]:
    known = {(each.person, each.section, each.whole_section) for each in state.conflicts}
    fresh: dict[object, ConflictFound] = {}
    for each in found:
        who = (each.person, each.section, each.whole_section)
        if who not in known:
            fresh.setdefault(who, each)
    return list(fresh.values())
