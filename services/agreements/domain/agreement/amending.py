"""Changes that both sides stand by; what the agreement costs the city is looked at again each time (V01, V06)."""

from __future__ import annotations

from chassis.decider import Refused
from contracts.agreements import AgreementAmended, AmendmentApproved, AmendmentProposed
from contracts.days import day
from services.agreements.domain.agreement import terms
from services.agreements.domain.agreement.commands import AmendAgreement, ApproveAmendment, ConfirmAmendment
from services.agreements.domain.agreement.projects import ProjectsInField
from services.agreements.domain.agreement.spending import hold_to_procurement
from services.agreements.domain.agreement.standing import effective, side_of
from services.agreements.domain.agreement.state import Agreement, Amendment
from services.agreements.domain.agreement.terms import Draft
from services.agreements.policies import (
    CostNotApproved,
    CostUndetermined,
    amount_goes_with_class,
)


class NoSuchAmendment(Refused):
    """No change of this number waits; look which one was proposed last."""


class OwnAmendment(Refused):
    """What one side proposed the other side confirms; ask them to."""


def propose(command: AmendAgreement, state: Agreement) -> list[AmendmentProposed]:
    """What is proposed later replaces what waits."""
    entered, agreed = effective(state)
    amount_goes_with_class(command.class_, command.amount_yen)
    said = command.model_dump(exclude_none=True, include=set(CARRIED))
    proposed = AmendmentProposed(
        number=state.amendments + 1,
        by=side_of(command.actor, entered),
        text=command.text,
        class_=command.class_,
        amount_yen=command.amount_yen,
        **{name: said.get(name, getattr(agreed, name)) for name in CARRIED},
    )
    _holds(proposed, command, state)
    return [proposed]


def approve(command: ApproveAmendment, state: Agreement) -> list[AmendmentApproved]:
    effective(state)
    waiting = _waiting(command.number, state)
    return [] if waiting.approved else [AmendmentApproved(number=command.number)]


def confirm(command: ConfirmAmendment, state: Agreement) -> list[AgreementAmended]:
    """The other side; and finance before it, where the city bears anything (GL6-1)."""
    entered, _ = effective(state)
    waiting = _waiting(command.number, state)
    proposed = waiting.proposed
    if side_of(command.actor, entered) == proposed.by:
        raise OwnAmendment()
    _holds(proposed, command, state)
    if proposed.class_ != "none" and not waiting.approved:
        raise CostNotApproved()
    calendar = entered.calendar
    return [
        AgreementAmended(
            number=proposed.number,
            cost_class=proposed.class_,
            notice_by=terms.notice_by(proposed.term_to, proposed.notice_days, proposed.renews, calendar),
            zone=entered.zone,
            screening_valid_days=entered.screening_valid_days,
            **{name: getattr(proposed, name) for name in CARRIED},
        )
    ]


CARRIED = ("fields", "term_to", "renews", "renewal_months", "notice_days")


def _waiting(number: int, state: Agreement) -> Amendment:
    if state.amendment is None or state.amendment.proposed.number != number:
        raise NoSuchAmendment()
    return state.amendment


def _holds(proposed: AmendmentProposed, command: AmendAgreement | ConfirmAmendment, state: Agreement) -> None:
    """Looked at when it is proposed, and again when it is confirmed."""
    entered, agreed = effective(state)
    today = day(command.at, entered.zone)
    if proposed.class_ == "undetermined":
        raise CostUndetermined()
    hold_to_procurement(entered, agreed.term_from, proposed)
    terms.hold_to_terms(
        Draft(
            form=entered.form,
            cost_class=proposed.class_,
            term_from=agreed.term_from,
            min_fields=entered.min_fields,
            today=today,
            awarded_yen=entered.procured.amount_yen if entered.procured else 0,
            **{name: getattr(proposed, name) for name in CARRIED},
        )
    )
    left = {under.field for under in state.projects.values() if under.status == "active"}
    if missing := sorted(left - set(proposed.fields)):
        raise ProjectsInField(f"{', '.join(missing)}.")
