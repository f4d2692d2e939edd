"""How the contractor is found, on what legal ground, and up to how much (V02, V03)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import guidelines
from chassis.decider import NotYours
from contracts.agreements import ContractKind, MethodChosen
from guidelines.edition import ContractKind as KindOfTheLaw
from services.agreements.domain.procurement.gate import NotInProcurement
from services.agreements.domain.procurement.method import (
    AboveTheCeiling,
    CeilingUnknown,
    CompetitionIsItemTwo,
    IncentiveNotPublished,
    ItemMissing,
    ItemOfNoDirectAward,
    LegalReasonMissing,
)
from services.agreements.domain.procurement.splitting import PartnerUnknown
from tests.agreements.procuring import AMOUNT, COMPETING, CONTRACTS, PROCURING, PROPOSER, method, small
from tests.agreements.sample import DIALOGUE, FINANCE, LEAD, PROCUREMENT, READY, TODAY, classify, decide_on
from tests.agreements.sample import EVALUATED as WEIGHED

BEFORE, SINCE = date(2025, 3, 31), date(2025, 4, 1)
EDITION = guidelines.load("tokorozawa/2023-07")


def chosen(**more: Any) -> MethodChosen:
    fact = PROCURING.when(method(**more))[0]
    assert isinstance(fact, MethodChosen)
    return fact


def test_record_method_keeps_the_case_in_procurement_and_says_who_chose_it() -> None:
    fact = chosen()
    assert (fact.method, fact.item, fact.amount_yen) == ("proposal_competition", 2, AMOUNT)
    assert (fact.chosen_by, fact.edition, fact.partner) == (CONTRACTS.id, EDITION.id, PROPOSER)
    assert PROCURING.given(fact).state.phase == "procurement"
    with pytest.raises(NotYours):
        PROCURING.when(method(actor=LEAD))
    for elsewhere in (DIALOGUE, WEIGHED, READY):
        with pytest.raises(NotInProcurement):
            elsewhere.when(method())


def test_v02_a_direct_award_names_exactly_one_item() -> None:
    with pytest.raises(ItemMissing):
        PROCURING.when(method("direct_award"))
    assert chosen(name="direct_award", item=6).item == 6
    for no_item in (0, 10, [1, 2]):
        with pytest.raises(ValidationError):
            method("direct_award", item=no_item)


@pytest.mark.parametrize("item", range(2, 10))
def test_v02_every_item_but_the_first_has_its_reason_in_writing(item: int) -> None:
    with pytest.raises(LegalReasonMissing):
        PROCURING.when(method("direct_award", item=item, reason=None))
    assert chosen(name="direct_award", item=item).reason is not None
    for blank in ("", " 　\n"):
        with pytest.raises(ValidationError):
            method("direct_award", item=item, reason=blank)


def test_v02_item_one_needs_no_reason() -> None:
    assert PROCURING.when(small(300_000))


def test_v02_a_proposal_competition_ends_as_item_two_with_its_reason() -> None:
    assert chosen(item=None).item == 2
    assert chosen(item=2).item == 2
    with pytest.raises(CompetitionIsItemTwo):
        PROCURING.when(method(item=1))
    with pytest.raises(LegalReasonMissing):
        PROCURING.when(method(reason=None))


@pytest.mark.parametrize("bidding", ["general_bidding", "designated_bidding"])
def test_v02_bidding_names_no_item(bidding: str) -> None:
    assert chosen(name=bidding, reason=None).item is None
    with pytest.raises(ItemOfNoDirectAward):
        PROCURING.when(method(bidding, item=1))


@pytest.mark.parametrize(
    ("on", "kind", "limit"),
    [
        (BEFORE, "other", 500_000),
        (SINCE, "other", 1_000_000),
        (BEFORE, "works_or_manufacture", 1_300_000),
        (SINCE, "works_or_manufacture", 2_000_000),
        (BEFORE, "purchase", 800_000),
        (SINCE, "purchase", 1_500_000),
        (BEFORE, "rent_in", 400_000),
        (SINCE, "rent_in", 800_000),
        (BEFORE, "sale", 300_000),
        (SINCE, "sale", 500_000),
        (BEFORE, "rent_out", 300_000),
        (SINCE, "rent_out", 300_000),
    ],
)
def test_v03_the_ceiling_is_that_of_the_kind_on_the_day_of_the_contract(
    on: date, kind: str, limit: int
) -> None:
    [fact] = PROCURING.when(small(limit, kind=kind, contract_date=on))
    assert isinstance(fact, MethodChosen)
    assert fact.limit_yen == limit
    with pytest.raises(AboveTheCeiling, match=f"{limit + 1} yen, of {limit}"):
        PROCURING.when(small(limit + 1, kind=kind, contract_date=on))


def test_v03_a_day_for_which_no_ceiling_is_known_is_named() -> None:
    with pytest.raises(CeilingUnknown):
        PROCURING.when(small(1, contract_date=date(1901, 1, 1)))


def test_v03_no_ceiling_holds_for_the_other_ways() -> None:
    assert chosen(name="direct_award", item=2, amount_yen=10**15).limit_yen is None


kinds = st.sampled_from(["works_or_manufacture", "purchase", "rent_in", "sale", "rent_out", "other"])


@given(amount=st.integers(0, 3_000_000), kind=kinds, on=st.dates(date(2024, 4, 1), date(2026, 3, 31)))
def test_v03_no_amount_above_the_ceiling_passes_and_none_below_is_held_up(
    amount: int, kind: KindOfTheLaw, on: date
) -> None:
    limit = EDITION.thresholds.small_contract_limit(kind, on)
    try:
        [fact] = PROCURING.when(small(amount, kind=kind, contract_date=on))
    except AboveTheCeiling:
        assert amount > limit
    else:
        assert isinstance(fact, MethodChosen)
        assert amount <= limit == fact.limit_yen


def test_the_kinds_of_contracts_are_those_of_the_law() -> None:
    assert ContractKind == KindOfTheLaw


def test_points_for_who_proposed_count_only_when_published_before() -> None:
    def with_points(on: date) -> Any:
        return method(incentive={"points": 5, "published_on": on, "reference": "募集要項"})

    yesterday = date(2023, 10, 9)
    assert PROCURING.when(with_points(yesterday))
    for late in (TODAY, date(2024, 1, 1)):
        with pytest.raises(IncentiveNotPublished):
            PROCURING.when(with_points(late))
    with pytest.raises(IncentiveNotPublished):  # the specification was published on the 10th
        COMPETING.when(with_points(TODAY))


def test_v04_who_proposes_is_known_before_a_small_contract_is_counted() -> None:
    with pytest.raises(PartnerUnknown):
        PROCUREMENT.when(small(1))
    assert PROCUREMENT.when(method())


def test_a_fairness_trigger_leads_to_a_method_as_well() -> None:
    fair = WEIGHED.after(classify("none", actor=FINANCE), decide_on(fairness_trigger=True))
    assert fair.state.phase == "procurement"
    assert fair.when(method(amount_yen=0))
