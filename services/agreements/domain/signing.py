"""What comes of a case, and signing it: city money stops the direct way (GL4-5, GL5-03, V01, V06, V09)."""

from __future__ import annotations

from datetime import date
from typing import get_args

import orjson

import guidelines
from chassis.decider import Refused
from contracts.agreements import (
    AgreementForm,
    AgreementSigned,
    CostClassified,
    Next,
    OutcomeDecided,
    PartnerScreeningNoted,
    PartnershipClosed,
    WithdrawalRefused,
)
from contracts.days import day
from contracts.decision import Basis
from contracts.text import EditionId
from guidelines import rules
from services.agreements.domain import reconsideration
from services.agreements.domain.agreement.terms import Draft, hold_to_terms
from services.agreements.domain.commands import DecideOutcome, SignAgreement
from services.agreements.domain.persons import partial_persons_take_no_part
from services.agreements.domain.procurement import award
from services.agreements.domain.standing import is_not_halted, stands_at
from services.agreements.domain.state import Partnership
from services.agreements.domain.told import CloseForWithdrawal, NotePartnerScreening
from services.agreements.policies import (
    COST,
    PROCURED,
    SCREENED,
    ExpenditureWithoutProcurement,
    PartnerNotScreened,
    Screened,
    clauses_stand_in,
    refusal_cites_a_clause,
)


class NotEvaluated(Refused):
    """An outcome stands on an evaluation; conclude the evaluation first."""


class OutcomeDecidedBefore(Refused):
    """The outcome of this case is decided."""


class BelowMinimum(Refused):
    """The total is below the minimum that was locked with the criteria; the case cannot be established."""


class NoWayFrom(Refused):
    """The guideline of this case leads nowhere from here; what the case costs, or its outcome, has to change."""


class NotReadyToSign(Refused):
    """An agreement is signed on an outcome that provides for one; decide the outcome first."""


class TermEndsBeforeItStarts(Refused):
    """A term ends on or after the day on which it starts; correct it."""


def decide_outcome(command: DecideOutcome, state: Partnership) -> list[OutcomeDecided]:
    """V25: only after the evaluation. V26: one of four. V19: by nobody with a conflict of interest."""
    partial_persons_take_no_part(command.actor, state.partial)
    is_not_halted(state)
    if state.outcome is not None:
        raise OutcomeDecidedBefore()
    opened = stands_at(state, "evaluation", otherwise=NotEvaluated)
    if state.evaluation is None or state.evaluation.result is None:
        raise NotEvaluated()
    result = state.evaluation.result
    if command.outcome != "not_established" and result.total < result.min_total:
        raise BelowMinimum(f"{result.total} of {result.min_total}.")
    refusal_cites_a_clause(command.outcome, command.clauses)
    clauses_stand_in(guidelines.load(opened.edition), command.clauses)
    next_, basis = _route(command, state.cost, opened.edition)
    return [
        OutcomeDecided(
            outcome=command.outcome,
            next=next_,
            reasons=command.reasons,
            decided_by=command.actor.id,
            clauses=command.clauses,
            edition=opened.edition,
            basis=basis,
            reconsider_by=reconsideration.last_day(command, next_, opened),
        )
    ]


def _route(command: DecideOutcome, cost: CostClassified | None, edition: EditionId) -> tuple[Next, Basis]:
    """GL6-1, as the edition's table has it. Whatever a table says, V01 and V06 hold on the way to an agreement."""
    basis = rules.evaluate(
        edition,
        rules.ROUTE,
        {
            "outcome": command.outcome,
            "cost_class": cost.class_ if cost else "undetermined",
            "approved": cost is not None and cost.approved_by_finance,
            "fairness_trigger": command.fairness_trigger,
        },
    )
    said = orjson.loads(basis.result)["next"]
    if said not in ("procurement", "not_established"):
        for rule in COST:
            rule(cost)
    if said not in get_args(Next):
        raise NoWayFrom(f"{edition} says: {said}.")
    return said, basis


def note_screening(command: NotePartnerScreening, state: Partnership) -> list[PartnerScreeningNoted]:
    """In any order with the match; a screening as of an earlier day replaces no later one (V09)."""
    if state.screening is not None and command.as_of < state.screening.as_of:
        return []
    return [PartnerScreeningNoted(as_of=command.as_of, clear=command.clear)]


def sign(command: SignAgreement, state: Partnership) -> list[AgreementSigned]:
    partial_persons_take_no_part(command.actor, state.partial)
    opened = stands_at(state, "agreement_prep", "procurement", otherwise=NotReadyToSign)
    if state.phase == "procurement":
        raise ExpenditureWithoutProcurement()
    form = award.form_of(state)
    if form is None:
        raise NotReadyToSign()
    for rule in PROCURED if state.procurement.concluded else COST:
        rule(state.cost)
    if state.screening is None:
        raise PartnerNotScreened()
    today = day(command.at, opened.zone)
    for policy in SCREENED:
        policy(Screened(state.screening, opened.screening_valid_days, today))
    if command.term_to is not None and command.term_to < command.term_from:
        raise TermEndsBeforeItStarts()
    _terms_hold(command, form, state, opened.edition, today)
    term = (command.term_from, command.term_to)
    procured = award.procured(state, term, command.small_contracts, guidelines.load(opened.edition), today)
    assert state.cost is not None, "a cost that nobody classified was refused"
    return [
        AgreementSigned(
            form=form,
            signed_on=today,
            title=command.title,
            partner_signatory=command.partner_signatory,
            screening_as_of=state.screening.as_of,
            cost_class=state.cost.class_,
            term_from=command.term_from,
            term_to=command.term_to,
            fields=command.fields,
            renews=command.renews,
            renewal_months=command.renewal_months,
            notice_days=command.notice_days,
            procured=procured,
        )
    ]


def _terms_hold(
    command: SignAgreement, form: AgreementForm, state: Partnership, edition: EditionId, today: date
) -> None:
    """V27, V30: what is agreed on for years."""
    law, won = guidelines.load(edition).agreements, state.procurement.award
    hold_to_terms(
        Draft(
            form=form,
            cost_class=state.cost.class_ if state.cost else "undetermined",
            fields=command.fields,
            term_from=command.term_from,
            term_to=command.term_to,
            renews=command.renews,
            renewal_months=command.renewal_months or law.renewal_months,
            notice_days=law.notice_days if command.notice_days is None else command.notice_days,
            min_fields=law.comprehensive_min_fields,
            today=today,
            awarded_yen=won.amount_yen if won else 0,
        )
    )


def close(command: CloseForWithdrawal, state: Partnership) -> list[PartnershipClosed | WithdrawalRefused]:
    """V33: until the signature. Which of the two came first is decided here, and nowhere else.

    A withdrawal may be told before the match: then no talks open any more.
    """
    if state.signed_on is not None:
        return [WithdrawalRefused(signed_on=state.signed_on)]
    if state.phase in ("closed", "not_established"):
        return []
    return [PartnershipClosed(reason="withdrawn")]
