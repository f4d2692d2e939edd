"""Payments, only through a concluded procurement; claims to rights in what was proposed (GL6-2, GL6-3, V28, V29)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from chassis.decider import Refused
from contracts.agreements import IpClaimRecorded, PaymentRecorded
from contracts.days import day
from services.agreements.domain.procurement.commands import RecordIpClaim, RecordPayment
from services.agreements.domain.standing import NotInDialogue, is_not_halted
from services.agreements.domain.state import Partnership

PaymentKind = Literal["payment", "compensation", "refund"]


class PaymentWithoutProcurement(Refused):
    """The city pays through a procurement only, and none was concluded for this case."""


class NothingIsMadeGood(Refused):
    """The city makes good no cost and no damage of a proposal, whether or not anything comes of it."""


class PaidBeyondTheAward(Refused):
    """With this, more would be paid than was awarded; what is more takes a procurement of its own."""


class NotPaidYet(Refused):
    """This day lies in the future; record a payment when it was made."""


class PaidBeforeTheAward(Refused):
    """This was paid before the procurement was concluded; the city pays through a concluded procurement only."""


class ClaimNotReceivedYet(Refused):
    """This day lies in the future; record a claim when it was received."""


class PaidUnderTheAgreement(Refused):
    """The contract is signed; record its payments with the agreement."""


def hold_to_award(kind: PaymentKind, amount_yen: int, awarded_yen: int | None, paid_yen: int) -> None:
    """V28: through a concluded procurement, and no more than was awarded in it."""
    if awarded_yen is None:
        raise PaymentWithoutProcurement() if kind == "payment" else NothingIsMadeGood()
    if paid_yen + amount_yen > awarded_yen:
        raise PaidBeyondTheAward(f"{paid_yen} of {awarded_yen} yen are paid.")


def hold_to_day(paid_on: date, today: date, awarded_on: date | None) -> None:
    """V28: what was paid before the award was not paid through it."""
    if paid_on > today:
        raise NotPaidYet()
    if awarded_on is not None and paid_on < awarded_on:
        raise PaidBeforeTheAward(f"It was concluded on {awarded_on}.")


def pay(command: RecordPayment, state: Partnership) -> list[PaymentRecorded]:
    """V28: before the signature; what is signed is paid where it is kept to."""
    award = state.procurement.award
    hold_to_award(
        command.kind, command.amount_yen, award.amount_yen if award else None, state.procurement.paid_yen
    )
    if state.signed_on is not None:
        raise PaidUnderTheAgreement()
    is_not_halted(state)
    if award is None or state.opened is None or state.phase != "agreement_prep":
        raise PaymentWithoutProcurement()
    hold_to_day(command.paid_on, day(command.at, state.opened.zone), award.awarded_on)
    return [
        PaymentRecorded(
            kind=command.kind,
            amount_yen=command.amount_yen,
            total_yen=state.procurement.paid_yen + command.amount_yen,
            paid_on=command.paid_on,
            reference=command.reference,
        )
    ]


def claim_rights(command: RecordIpClaim, state: Partnership) -> list[IpClaimRecorded]:
    """V29: whenever it comes, also when the case is over. What the city bears does not change by it."""
    if state.opened is None:
        raise NotInDialogue()
    if command.received_on > day(command.at, state.opened.zone):
        raise ClaimNotReceivedYet()
    return [
        IpClaimRecorded(
            number=state.procurement.claims + 1,
            claimant=command.claimant,
            claim=command.claim,
            received_on=command.received_on,
        )
    ]
