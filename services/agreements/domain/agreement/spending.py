"""City money over the years: through the procurement that was concluded, and no more (V01, V05, V28)."""

from __future__ import annotations

from datetime import date

from chassis.decider import Refused
from contracts.agreements import AgreementEntered, AmendmentProposed, PaymentRecorded
from contracts.days import day
from services.agreements.domain.agreement.commands import RecordAgreementPayment
from services.agreements.domain.agreement.state import Agreement
from services.agreements.domain.procurement.fiscal import BudgetMissing, OpenTermOfContract, years_covered
from services.agreements.domain.procurement.paying import hold_to_award, hold_to_day
from services.agreements.policies import ExpenditureWithoutProcurement


class MoneyAddedLater(Refused):
    """The agreement would cost more than was awarded for it; what is added takes a procurement of its own."""


def hold_to_procurement(entered: AgreementEntered, term_from: date, proposed: AmendmentProposed) -> None:
    """V01, V05: a change stays within what was procured, and within the fiscal years that a budget was named for."""
    procured = entered.procured
    if procured is None:
        if proposed.class_ == "expenditure":
            raise ExpenditureWithoutProcurement()
        return
    if (proposed.amount_yen or 0) > procured.amount_yen and proposed.class_ == "expenditure":
        raise MoneyAddedLater(f"{procured.amount_yen} yen were awarded.")
    if not procured.fiscal_years:
        return
    if proposed.term_to is None:
        raise OpenTermOfContract()
    years = years_covered(term_from, proposed.term_to)
    if missing := [year for year in years if year not in procured.fiscal_years]:
        raise BudgetMissing(f"Not named: {', '.join(map(str, missing[:10]))}.")


def pay(command: RecordAgreementPayment, state: Agreement) -> list[PaymentRecorded]:
    """V28. Also after the end: what was done before it is paid."""
    procured = state.entered.procured if state.entered else None
    hold_to_award(command.kind, command.amount_yen, procured.amount_yen if procured else None, state.paid_yen)
    assert state.entered is not None, "without it nothing was procured"
    today, procured_on = day(command.at, state.entered.zone), procured.awarded_on if procured else None
    hold_to_day(command.paid_on, today, procured_on)
    return [
        PaymentRecorded(
            kind=command.kind,
            amount_yen=command.amount_yen,
            total_yen=state.paid_yen + command.amount_yen,
            paid_on=command.paid_on,
            reference=command.reference,
        )
    ]
