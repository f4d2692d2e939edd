"""Changes that both sides stand by, the cost class looked at again (V01, V06); terms that may be signed (V27, V30)."""

from datetime import date
from typing import Any

import pytest

from chassis.decider import Refused
from contracts.agreements import AgreementAmended, AmendmentProposed
from services.agreements.domain.agreement.amending import NoSuchAmendment, OwnAmendment
from services.agreements.domain.agreement.projects import ProjectsInField
from services.agreements.domain.agreement.spending import MoneyAddedLater
from services.agreements.domain.agreement.standing import EndsByNotice
from services.agreements.domain.agreement.terms import (
    NoticeBeforeTerm,
    RenewalNeedsTerm,
    SpendingDoesNotRenew,
    TermIsOver,
    TermTooLong,
    TooFewFields,
)
from services.agreements.domain.procurement.fiscal import BudgetMissing
from services.agreements.policies import (
    CostNotApproved,
    CostUndetermined,
    ExpenditureWithoutProcurement,
)
from tests.agreements import years
from tests.agreements.sample import EVALUATED, HEAD, LEAD, PARTNER, classify, decide_on, note, sign
from tests.agreements.years import (
    CONTRACT,
    EFFECTIVE,
    LAST,
    NOTICED,
    WITH_PROJECTS,
    amend,
    approve,
    confirm,
    enter,
    renew,
)

THREE = ("高齢者福祉", "環境", "防災")


def test_a_change_holds_when_the_other_side_stands_by_it() -> None:
    [proposed] = EFFECTIVE.when(amend(fields=THREE))
    assert isinstance(proposed, AmendmentProposed)
    waiting = EFFECTIVE.given(proposed)
    assert waiting.state.terms.fields == ("高齢者福祉", "環境")
    for same_side in (LEAD, HEAD):
        with pytest.raises(OwnAmendment):
            waiting.when(confirm(actor=same_side))
    [amended] = waiting.when(confirm())
    assert isinstance(amended, AgreementAmended)
    assert (amended.fields, amended.term_to, amended.renews) == (THREE, LAST, True)
    changed = waiting.given(amended)
    assert changed.state.terms.fields == THREE
    with pytest.raises(NoSuchAmendment):
        changed.when(confirm())


def test_the_partner_proposes_too_and_the_last_proposal_is_the_one_that_waits() -> None:
    twice = EFFECTIVE.after(amend(PARTNER, fields=THREE), amend(PARTNER, term_to=date(2026, 3, 31)))
    with pytest.raises(NoSuchAmendment):
        twice.when(confirm(1, HEAD))
    longer = twice.after(confirm(2, HEAD))
    assert longer.state.terms.term_to == date(2026, 3, 31)
    assert longer.state.terms.notice_by == date(2026, 1, 5)
    assert longer.when(renew(LAST)) == []


def test_v01_no_city_money_comes_in_by_an_amendment_without_a_procurement() -> None:
    with pytest.raises(ExpenditureWithoutProcurement):
        EFFECTIVE.when(amend(class_="expenditure", amount_yen=500_000))
    changed = CONTRACT.after(amend(class_="expenditure", amount_yen=500_000), approve(), confirm())
    assert changed.state.terms.cost_class == "expenditure"


def test_v01_money_added_later_takes_a_procurement_of_its_own() -> None:
    with pytest.raises(MoneyAddedLater, match="500000 yen"):
        CONTRACT.when(amend(class_="expenditure", amount_yen=500_001))


def test_v05_a_contract_is_not_extended_into_a_year_without_a_budget() -> None:
    with pytest.raises(BudgetMissing, match="2025"):
        CONTRACT.when(amend(class_="expenditure", amount_yen=500_000, term_to=date(2025, 4, 1)))
    shorter = amend(class_="expenditure", amount_yen=500_000, term_to=date(2025, 3, 30))
    assert CONTRACT.when(shorter)


def test_v06_an_undetermined_cost_is_never_agreed_on() -> None:
    with pytest.raises(CostUndetermined):
        EFFECTIVE.when(amend(class_="undetermined"))


def test_what_the_city_bears_finance_approves_first() -> None:
    waiting = EFFECTIVE.after(amend(class_="actual_expense", amount_yen=20_000))
    with pytest.raises(CostNotApproved):
        waiting.when(confirm())
    assert waiting.after(approve(), confirm()).state.terms.cost_class == "actual_expense"
    with pytest.raises(NoSuchAmendment):
        waiting.when(approve(2))


def test_what_ends_by_notice_is_changed_no_more() -> None:
    with pytest.raises(EndsByNotice):
        NOTICED.when(amend(fields=THREE))


def test_v27_an_amendment_leaves_several_fields_and_those_with_active_projects() -> None:
    with pytest.raises(TooFewFields):
        EFFECTIVE.when(amend(fields=("環境",)))
    with pytest.raises(ProjectsInField, match="高齢者福祉"):
        WITH_PROJECTS.when(amend(fields=("環境", "防災")))


def test_an_agreement_is_not_shortened_to_a_day_that_has_passed() -> None:
    with pytest.raises(TermIsOver):
        EFFECTIVE.when(amend(term_to=date(2024, 9, 30), renews=False))
    assert EFFECTIVE.when(amend(term_to=date(2024, 10, 1), renews=False))


COMPREHENSIVE = EVALUATED.after(classify(), decide_on("comprehensive_agreement"), note())
INDIVIDUAL = EVALUATED.after(classify(), decide_on(), note())


def test_v27_a_comprehensive_agreement_covers_several_fields() -> None:
    for fields in ((), ("環境",), ("環境", "環境")):
        with pytest.raises(TooFewFields):
            COMPREHENSIVE.when(sign(fields=fields))
    assert COMPREHENSIVE.when(sign(fields=("環境", "防災")))
    assert INDIVIDUAL.when(sign())


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        ({"renews": True}, RenewalNeedsTerm),
        ({"renews": True, "term_to": date(2023, 12, 31)}, NoticeBeforeTerm),
        ({"renews": True, "term_to": date(2024, 10, 31), "renewal_months": 2}, NoticeBeforeTerm),
        ({"term_from": date(2023, 4, 1), "term_to": date(2023, 10, 9)}, TermIsOver),
        ({"term_to": date(2203, 10, 31)}, TermTooLong),
        ({"term_to": date.max}, TermTooLong),
    ],
)
def test_v30_terms_that_cannot_be_kept_are_not_signed(terms: dict[str, Any], refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        INDIVIDUAL.when(sign(**terms))


def test_v01_what_is_paid_from_a_budget_does_not_renew_itself() -> None:
    with pytest.raises(SpendingDoesNotRenew):
        CONTRACT.when(amend(class_="expenditure", amount_yen=1, renews=True))


@pytest.mark.parametrize("form", ["individual_agreement", "comprehensive_agreement"])
def test_v01_what_was_awarded_city_money_does_not_renew_itself_whatever_its_class_is_called(
    form: str,
) -> None:
    paid_for = {"amount_yen": 500_000, "fiscal_years": (2024,)}
    entered = years.signed.after(
        enter(form=form, cost_class="actual_expense", renews=False, procured=paid_for)
    )
    with pytest.raises(SpendingDoesNotRenew):
        entered.when(amend(class_="none", renews=True))
