"""Who gets the contract, and what that opens the way to (GL5-03, GL5-04, V01, V03, V05, V07)."""

from __future__ import annotations

from datetime import date

import guidelines
from chassis.decider import Refused
from contracts.agreements import (
    AgreementForm,
    Awarded,
    AwardedToOther,
    CostClassified,
    MethodChosen,
    Procured,
)
from contracts.days import day
from guidelines import Edition
from services.agreements.domain.agreement.terms import LONGEST, TermTooLong
from services.agreements.domain.procurement import fiscal, splitting
from services.agreements.domain.procurement.commands import RecordAward, SmallContract
from services.agreements.domain.procurement.gate import NotInProcurement
from services.agreements.domain.procurement.method import SMALL, hold_to_ceiling
from services.agreements.domain.procurement.specification import MethodMissing
from services.agreements.domain.procurement.state import Procurement
from services.agreements.domain.standing import stands_at
from services.agreements.domain.state import Partnership
from services.agreements.policies import ClauseMissing, clauses_stand_in


class SpecificationMissing(Refused):
    """Nobody can compete for what is not published; publish the specification first."""


class AboveThePlan(Refused):
    """A contract is awarded for at most the amount that its method was chosen for; choose the method anew."""


class TermMissing(Refused):
    """Say from when until when the contract runs; every fiscal year of it needs a budget."""


class TermRunsBackwards(Refused):
    """The contract ends before it starts; correct its term."""


class OrganisationMissing(Refused):
    """Name the organisation that gets the contract."""


class ProposerIsNoOther(Refused):
    """This organisation is the proposer; record the award to the proposer."""


class IdeaNotProtected(Refused):
    """Look first whether the contract uses the proposer's idea without consent; before that it is not awarded."""


class ReasonsMissing(Refused):
    """The proposer is told why somebody else gets the contract; give reasons."""


class CostAboveTheAward(Refused):
    """The case costs more than was awarded for it; what is more takes a procurement of its own."""


class AwardCostsMoney(Refused):
    """What was awarded is paid by the city, so the case is not without cost; have the cost classified as it is."""


class OutsideTheAwardedTerm(Refused):
    """The term goes beyond the one that was awarded; what is more takes a procurement of its own."""


class MethodOfAnotherYear(Refused):
    """The method was chosen for a contract in another fiscal year; sign within that year, or procure it anew."""


def record(command: RecordAward, state: Partnership) -> list[Awarded | AwardedToOther]:
    opened = stands_at(state, "procurement", otherwise=NotInProcurement)
    method = state.procurement.method
    if method is None:
        raise MethodMissing()
    if method.method != "direct_award" and state.procurement.specification is None:
        raise SpecificationMissing()
    amount = method.amount_yen if command.amount_yen is None else command.amount_yen
    on = command.contract_date or method.contract_date
    if amount > method.amount_yen:
        raise AboveThePlan(f"It is {method.amount_yen} yen.")
    edition = guidelines.load(opened.edition)
    if method.item == SMALL:
        hold_to_ceiling(edition.thresholds, method.kind, on, amount)
    today = day(command.at, opened.zone)
    if command.to == "proposer":
        return [_to_proposer(command, state, method, amount, on, today)]
    return [_to_other(command, state.procurement, method, amount, on, today, edition)]


def _to_proposer(
    command: RecordAward, state: Partnership, method: MethodChosen, amount: int, on: date, today: date
) -> Awarded:
    """V05: for every fiscal year of its term there is a budget."""
    first, last = command.term_from, command.term_to
    if first is None:
        raise TermMissing()
    if last is not None and last < first:
        raise TermRunsBackwards()
    if last is not None and last - min(today, first) > LONGEST:
        raise TermTooLong()
    if takes_a_budget(form_of(state), amount):
        fiscal.budgeted(first, last, amount, state.procurement.budgets)
    return Awarded(
        method=method.method,
        item=method.item,
        kind=method.kind,
        purpose=method.purpose,
        partner=state.procurement.partner,
        amount_yen=amount,
        contract_date=on,
        term_from=first,
        term_to=last,
        awarded_on=today,
    )


def _to_other(
    command: RecordAward,
    procurement: Procurement,
    method: MethodChosen,
    amount: int,
    on: date,
    today: date,
    edition: Edition,
) -> AwardedToOther:
    """GL5-04: the idea stays protected; V07: told with reasons and clauses. A small contract counts for who gets it."""
    other, partner = command.organisation, procurement.partner
    if other is None:
        raise OrganisationMissing()
    if partner is not None and splitting.key_of(other) == splitting.key_of(partner):
        raise ProposerIsNoOther()
    if not command.idea_protected:
        raise IdeaNotProtected()
    if command.reasons is None:
        raise ReasonsMissing()
    if not command.clauses:
        raise ClauseMissing()
    clauses_stand_in(edition, command.clauses)
    small = method.model_copy(update={"amount_yen": amount, "contract_date": on})
    if finding := splitting.found(small, command.small_contracts, edition.thresholds):
        raise splitting.SplitOrderUnresolved(f"Also: {', '.join(finding.cases)}.")
    return AwardedToOther(
        method=method.method,
        item=method.item,
        kind=method.kind,
        purpose=method.purpose,
        organisation=other,
        amount_yen=amount,
        contract_date=on,
        idea_protected=True,
        reasons=command.reasons,
        clauses=command.clauses,
        edition=edition.id,
        decided_by=command.actor.id,
        awarded_on=today,
    )


def _cost_fits(cost: CostClassified | None, award: Awarded) -> None:
    """V01: no more city money than was awarded, and none that the class denies. What the city forgoes is no award."""
    if cost is None:
        return
    if cost.class_ == "expenditure" and (cost.amount_yen or 0) > award.amount_yen:
        raise CostAboveTheAward(f"{award.amount_yen} yen were awarded.")
    if cost.class_ in ("none", "revenue_waiver") and award.amount_yen > 0:
        raise AwardCostsMoney(f"{award.amount_yen} yen were awarded.")


def form_of(state: Partnership) -> AgreementForm | None:
    """What is signed: as it was decided, or, where the gate was opened before any outcome, a service contract."""
    if state.outcome is None:
        return "service_contract" if state.procurement.concluded or state.phase == "procurement" else None
    return None if state.outcome.outcome == "not_established" else state.outcome.outcome


def takes_a_budget(form: AgreementForm | None, amount_yen: int) -> bool:
    """V05: a service contract, and whatever else is paid; fairness among rivals may cost nothing."""
    return form == "service_contract" or amount_yen > 0


def procured(
    state: Partnership,
    term: tuple[date, date | None],
    others: tuple[SmallContract, ...],
    edition: Edition,
    today: date,
) -> Procured | None:
    """What the concluded procurement carries into the signature; raises where it does not carry so much.

    V03 and V04 by the day of the signature, on which the contract is concluded; V05 for the term that is signed.
    """
    award, method, budgets = state.procurement.award, state.procurement.method, state.procurement.budgets
    if award is None or method is None:
        return None
    first, last = term
    _cost_fits(state.cost, award)
    years: tuple[int, ...] = ()
    if takes_a_budget(form_of(state), award.amount_yen):
        years = fiscal.budgeted(first, last, award.amount_yen, budgets)
    if first < award.term_from or (award.term_to is not None and (last is None or last > award.term_to)):
        raise OutsideTheAwardedTerm(f"It is {award.term_from} to {award.term_to or '…'}.")
    if award.item == SMALL:
        if fiscal.fiscal_year(today) != fiscal.fiscal_year(award.contract_date):
            raise MethodOfAnotherYear()
        hold_to_ceiling(edition.thresholds, award.kind, today, award.amount_yen)
        small = method.model_copy(update={"amount_yen": award.amount_yen, "contract_date": today})
        splitting.hold_together(small, others, state.procurement, edition.thresholds)
    return Procured(
        amount_yen=award.amount_yen,
        paid_yen=state.procurement.paid_yen,
        fiscal_years=years,
        awarded_on=award.awarded_on,
    )
