"""Opening the gate to a procurement, and giving the procurement up."""

from __future__ import annotations

from chassis.decider import Refused
from contracts.agreements import PartnerNoted, ProcurementAbandoned, ProcurementOpened
from services.agreements.domain.procurement.commands import (
    AbandonProcurement,
    NotePartner,
    OpenProcurementGate,
)
from services.agreements.domain.standing import stands_at
from services.agreements.domain.state import Partnership, Phase


class PastTheGate(Refused):
    """The gate is opened from the dialogue or while a pilot is prepared; later the outcome leads to procurement, or,
    when that was decided, an expenditure that came up since."""


class NothingToProcure(Refused):
    """The case costs no city money, and no rivals have to be treated alike; classify the cost, or say why they do."""


class FairnessNeedsReason(Refused):
    """Say why rivals have to be treated alike."""


class NotInProcurement(Refused):
    """This case is in no procurement; its outcome, or the contract section, leads there."""


class AlreadyPaid(Refused):
    """Something was paid on this procurement already; it cannot be given up."""


def note_partner(command: NotePartner, state: Partnership) -> list[PartnerNoted]:
    told = PartnerNoted(partner=command.partner)
    return [] if told.partner == state.procurement.partner else [told]


def open_gate(command: OpenProcurementGate, state: Partnership) -> list[ProcurementOpened]:
    """GL5-03, GL6-1: city money that is found early, or a need for fairness, whichever the cost."""
    stands_at(state, *_before_the_gate(state), otherwise=PastTheGate)
    if command.fairness_trigger and command.reason is None:
        raise FairnessNeedsReason()
    if state.cost is not None and state.cost.class_ == "expenditure":
        return [ProcurementOpened(ground="expenditure", reason=command.reason)]
    if not command.fairness_trigger:
        raise NothingToProcure()
    return [ProcurementOpened(ground="fairness", reason=command.reason)]


def _before_the_gate(state: Partnership) -> tuple[Phase, ...]:
    """V01: city money that is found at the last moment before the signature leads to procurement all the same."""
    found_late = (
        state.cost is not None and state.cost.class_ == "expenditure" and not state.procurement.concluded
    )
    return ("dialogue", "pilot_prep", "agreement_prep") if found_late else ("dialogue", "pilot_prep")


def abandon(command: AbandonProcurement, state: Partnership) -> list[ProcurementAbandoned]:
    """Also when who won does not conclude the contract. What was evaluated is weighed again after new talks."""
    stands_at(state, *phases_of(state), otherwise=NotInProcurement)
    if state.procurement.paid_yen:
        raise AlreadyPaid()
    return [ProcurementAbandoned(ground=command.ground, reasons=command.reasons)]


def phases_of(state: Partnership) -> tuple[Phase, ...]:
    """Where a procurement stands: until the signature, also when it was awarded."""
    return ("procurement", "agreement_prep") if state.procurement.concluded else ("procurement",)
