"""Orders under item 1 that come to more together than one of them may (V04)."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.decider import NotYours
from contracts.agreements import MethodChosen, SplitOrderFound, SplitOrderResolved
from contracts.intake import Partner
from contracts.text import folded
from services.agreements.domain.procurement.award import MethodOfAnotherYear
from services.agreements.domain.procurement.fiscal import fiscal_year
from services.agreements.domain.procurement.splitting import (
    NoSplitOrder,
    OwnMethod,
    SplitOrderUnresolved,
    key_of,
)
from tests.agreements.procuring import (
    AWARDED,
    COLLEAGUE,
    CONTRACTS,
    PROCURING,
    RIVAL,
    SMALL,
    SMALL_AWARDED,
    award,
    award_other,
    budget,
    check,
    contract,
    method,
    other,
    resolve,
    signed,
    small,
)
from tests.agreements.sample import DIALOGUE, FINANCE, HEAD, LEAD, classify, close
from tests.deciding import at

FOUND = SMALL.after(small(300_000, others=(other(),)), award())  # 600,000 of 500,000


def test_v04_together_above_the_ceiling_is_found_when_the_method_is_chosen() -> None:
    chosen, found = SMALL.when(small(300_000, others=(other("C8", 100_000), other("C7", 100_001))))
    assert isinstance(chosen, MethodChosen)
    assert found == SplitOrderFound(
        fiscal_year=2023, purpose="集団健診の受付", total_yen=500_001, limit_yen=500_000, cases=("C7", "C8")
    )


def test_v04_up_to_the_ceiling_nothing_is_found() -> None:
    assert len(SMALL.when(small(300_000, others=(other(amount=200_000),)))) == 1
    assert len(SMALL.when(small(500_000))) == 1


def test_v04_only_orders_of_one_fiscal_year_are_added_up() -> None:
    last_day, next_day = date(2024, 3, 31), date(2024, 4, 1)
    assert len(SMALL.when(small(300_000, (other(on=next_day),), contract_date=last_day))) == 1
    assert len(SMALL.when(small(300_000, (other(on=last_day),), contract_date=date(2023, 4, 1)))) == 2


def test_v04_of_several_kinds_the_lowest_ceiling_holds_in_whichever_order() -> None:
    works_first = small(1_000_000, (other(amount=100_000, kind="other"),), kind="works_or_manufacture")
    other_first = small(100_000, (other(amount=1_000_000, kind="works_or_manufacture"),), kind="other")
    for order in (works_first, other_first):
        found = SMALL.when(order)[1]
        assert isinstance(found, SplitOrderFound)
        assert (found.total_yen, found.limit_yen) == (1_100_000, 500_000)


def test_v04_nothing_is_signed_while_a_finding_waits() -> None:
    with pytest.raises(SplitOrderUnresolved, match="C9"):
        FOUND.when(contract(small_contracts=(other(),)))
    with pytest.raises(
        SplitOrderUnresolved
    ):  # also when the other one is gone meanwhile: somebody has to look
        FOUND.when(contract())


def test_v04_somebody_who_did_not_choose_the_method_resolves_it_with_reasons() -> None:
    with pytest.raises(OwnMethod):
        FOUND.when(resolve(other(), actor=CONTRACTS))
    for somebody in (COLLEAGUE, HEAD):
        [resolved] = FOUND.when(resolve(other(), actor=somebody))
        assert isinstance(resolved, SplitOrderResolved)
        assert (resolved.resolved_by, resolved.total_yen, resolved.cases) == (somebody.id, 600_000, ("C9",))
        assert FOUND.given(resolved).when(contract(small_contracts=(other(),)))
    with pytest.raises(NotYours):
        FOUND.when(resolve(actor=LEAD))
    with pytest.raises(NoSplitOrder):
        FOUND.after(resolve(other())).when(resolve(other()))
    for nothing in (SMALL_AWARDED, AWARDED):
        with pytest.raises(NoSplitOrder):
            nothing.when(resolve())


def test_v04_another_method_resolves_it_too() -> None:
    found = SMALL.after(small(300_000, others=(other(),)))
    assert found.state.procurement.found is not None
    assert found.after(method("direct_award", item=6)).state.procurement.found is None
    assert found.after(small(200_000, others=(other(),))).state.procurement.found is None


def test_v04_what_was_resolved_does_not_hold_for_what_came_up_since() -> None:
    resolved = FOUND.after(resolve(other()))
    for more in ((other(), other("C10", 1)), (other(amount=300_001),), (other("C10"),)):
        with pytest.raises(SplitOrderUnresolved):
            resolved.when(contract(small_contracts=more))
        [again] = resolved.when(check(*more))
        assert isinstance(again, SplitOrderFound)


def test_v04_two_orders_of_the_same_moment_meet_when_both_are_known() -> None:
    """Neither saw the other when its method was chosen; each is told, once, and neither is signed."""
    for one in (SMALL.after(small(300_000)), SMALL_AWARDED):
        [found] = one.when(check(other()))
        assert isinstance(found, SplitOrderFound)
        told = one.given(found)
        assert told.when(check(other())) == []


def test_v04_at_the_signature_they_are_added_up_again_whether_or_not_anybody_was_told() -> None:
    with pytest.raises(SplitOrderUnresolved):
        SMALL_AWARDED.when(contract(small_contracts=(other(),)))
    [fact] = SMALL_AWARDED.when(contract(small_contracts=(other(amount=200_000),)))
    assert signed(fact).procured is not None


@pytest.mark.parametrize("stream", [DIALOGUE, PROCURING, AWARDED, SMALL_AWARDED.after(close())])
def test_v04_where_no_small_contract_stands_nothing_is_found(stream: object) -> None:
    assert stream.when(check(other(amount=10**9))) == []  # type: ignore[attr-defined]


def test_v04_a_small_contract_that_somebody_else_gets_counts_for_them() -> None:
    with pytest.raises(SplitOrderUnresolved):
        SMALL.after(small()).when(award_other(small_contracts=(other(amount=200_001),)))
    assert SMALL.after(small()).when(award_other(small_contracts=(other(amount=200_000),)))


def test_v04_width_case_and_blanks_tell_no_partner_or_purpose_apart() -> None:
    assert folded("集団健診 の受付") == folded("集団健診の　受付")
    assert folded("ＡＩ問診") == folded("ai問診") == "ai問診"
    assert key_of(Partner(name="山田会")) == key_of(Partner(name="山 田 会")) != key_of(RIVAL)
    assert key_of(RIVAL) == RIVAL.corporate_number


@given(st.lists(st.integers(0, 500_000), min_size=1, max_size=5))
def test_v04_chosen_all_at_once_none_is_signed_beyond_the_ceiling(parts: list[int]) -> None:
    """Whatever was known when they were chosen: at its signature each has all the others before it."""
    standing = [other(f"C{n}", amount) for n, amount in enumerate(parts)]
    for n, amount in enumerate(parts):
        beside = tuple(standing[:n] + standing[n + 1 :])
        chosen = SMALL.after(classify("expenditure", amount, FINANCE), small(amount), award())
        if sum(parts) <= 500_000:
            assert chosen.when(contract(small_contracts=beside))
        else:
            with pytest.raises(SplitOrderUnresolved):
                chosen.when(contract(small_contracts=beside))


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_fiscal_year_runs_from_april_to_march(on: date) -> None:
    year = fiscal_year(on)
    assert date(year, 4, 1) <= on <= date(year + 1, 3, 31)


def test_the_fiscal_year_turns_on_the_first_of_april() -> None:
    days = [date(2024, 3, 31), date(2024, 4, 1), date(2024, 12, 31), date(2025, 1, 1), date(2025, 3, 31)]
    assert [fiscal_year(on) for on in days] == [2023, 2024, 2024, 2024, 2024]
    assert all(first <= second for first, second in pairwise(map(fiscal_year, days)))


def test_v04_a_small_contract_is_signed_in_the_fiscal_year_it_was_counted_in() -> None:
    late = at("2024-04-02 10:00")
    until_june = date(2024, 6, 30)
    awarded = SMALL.after(budget(2024, 1), small(), award(term_to=until_june))
    recent = awarded.state.screening
    assert recent is not None
    fresh = awarded.given(recent.model_copy(update={"as_of": date(2024, 4, 1)}))
    with pytest.raises(MethodOfAnotherYear):
        fresh.when(contract(late, term_to=until_june))
