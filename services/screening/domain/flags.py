"""Entries that may be about the partner: flagged by likeness, confirmed or dismissed by a person."""

from __future__ import annotations

from contracts.screening import Flag, FlagConfirmed, FlagDismissed, PartnerFlagged
from contracts.text import MeasureId
from services.screening.domain import stops
from services.screening.domain.commands import ConfirmFlag, DismissFlag, FlagPartner
from services.screening.domain.eligibility import concerning, law_of, today_of
from services.screening.domain.state import Screening, ScreeningFact
from services.screening.policies import Dossier, Flagged, FlagIsCertain, NoSuchFlag


def flagged(command: FlagPartner, state: Screening) -> list[ScreeningFact]:
    """Each entry once, while the screening can still come to know it; certain at last, it is told again."""
    if state.dossier is None or state.status not in ("open", "eligible") or state.over:
        return []
    known = state.dossier.flags
    fresh = tuple(flag for flag in command.flags if _is_news(flag, known.get(flag.measure)))
    return [PartnerFlagged(flags=fresh)] if fresh else []


def confirmed(command: ConfirmFlag, dossier: Dossier, state: Screening) -> list[ScreeningFact]:
    """It is about them. A running case is stopped by it, if it is in force."""
    known = _uncertain(command.measure, dossier)
    if known.answer == "confirmed":
        return []
    fact = FlagConfirmed(measure=command.measure, reason=command.reason, confirmed_by=command.actor.id)
    today = today_of(command, dossier.opened)
    measures = concerning(command.measures, dossier.opened, law_of(dossier.opened, today))
    in_force = [each for each in measures if each.id == command.measure and each.in_force(today)]
    if state.status != "eligible" or not in_force:
        return [fact]
    return [fact, stops.stop(in_force[0].clause, command.measure, command.reason, command, dossier, state)]


def dismissed(command: DismissFlag, dossier: Dossier) -> list[ScreeningFact]:
    """It is about somebody else."""
    if _uncertain(command.measure, dossier).answer == "dismissed":
        return []
    return [FlagDismissed(measure=command.measure, reason=command.reason, dismissed_by=command.actor.id)]


def _uncertain(measure: MeasureId, dossier: Dossier) -> Flagged:
    known = dossier.flags.get(measure)
    if known is None:
        raise NoSuchFlag(f"Asked about {measure}.")
    if known.flag.automatic:
        raise FlagIsCertain(f"Asked about {measure}.")
    return known


def _is_news(flag: Flag, known: Flagged | None) -> bool:
    return known is None or (flag.automatic and not known.flag.automatic)
