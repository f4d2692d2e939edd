"""Entries that may be about the partner: a person says whether they are. Nobody is excluded by a likeness."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chassis.decider import Refused
from contracts.text import MeasureId
from services.screening.policies.dossier import Dossier
from services.screening.policies.registers import Measure


class FlagUnanswered(Refused):
    """An entry of a register may be about this partner; say first whether it is, with the reason."""


class NoSuchFlag(Refused):
    """No entry of this number was flagged in this screening."""


class FlagIsCertain(Refused):
    """The corporate number is equal: nobody has to say whether they are the same; correct the register if not."""


def unanswered(dossier: Dossier, measures: Sequence[Measure], today: date) -> tuple[MeasureId, ...]:
    """Flagged before or just now, perhaps about the partner, in force, and nobody has said."""
    known = {measure.id: measure for measure in measures}
    flagged = {
        id_ for id_, flagged in dossier.flags.items() if not flagged.flag.automatic and flagged.answer is None
    }
    fresh = {measure.id for measure in measures if not measure.automatic and measure.id not in dossier.flags}
    return tuple(sorted(id_ for id_ in flagged | fresh if id_ not in known or known[id_].in_force(today)))


def every_flag_is_answered(dossier: Dossier, measures: Sequence[Measure], today: date) -> None:
    """GL7-A: a decision passes over nothing that the registers may hold against the partner."""
    if waiting := unanswered(dossier, measures, today):
        raise FlagUnanswered(f"No answer: {', '.join(waiting)}.", measures=list(waiting))


def counting(dossier: Dossier, measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """The entries that are about the partner: by an equal corporate number, or by a person's word."""
    return tuple(
        measure
        for measure in measures
        if measure.automatic or ((flagged := dossier.flags.get(measure.id)) and flagged.answer == "confirmed")
    )
