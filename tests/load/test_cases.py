"""Which request comes next."""

from datetime import date

import orjson
import pytest

from deploy.load.cases import LONGEST_PAUSE, Cases
from tests.load.plans import STEPS, endless

DAY = date(2024, 8, 1)


@pytest.fixture
def cases() -> Cases:
    return Cases(endless(*STEPS))


def test_a_case_goes_on_where_it_was_accepted(cases: Cases) -> None:
    first = cases.next(now=0.0)
    cases.accepted(first, DAY)

    second = cases.next(now=0.1)

    assert (second.plan.case, second.step, second.first_due) == ("case-0", STEPS[1], 0.1)
    assert orjson.loads(second.body()) == {"as_of": "2024-08-01"}
    assert second.key != first.key


def test_while_every_case_waits_for_an_answer_a_new_one_is_opened(cases: Cases) -> None:
    assert [cases.next(now=0.0).plan.case for _ in range(3)] == ["case-0", "case-1", "case-2"]
    assert cases.opened == 3


def test_a_step_that_waits_for_a_fact_is_asked_again_later_under_a_new_key(cases: Cases) -> None:
    cases.accepted(cases.next(now=0.0), DAY)
    too_early = cases.next(now=0.0)
    key = too_early.key
    cases.refused(too_early, "ScreeningNotOpen", now=1.0)

    assert cases.next(now=1.01).plan.case == "case-1"
    again = cases.next(now=1.2)
    assert (again.plan.case, again.step, again.first_due) == ("case-0", STEPS[1], 1.2)
    assert again.key != key


def test_what_was_cut_is_sent_again_under_the_same_key_and_its_clock_runs_on(cases: Cases) -> None:
    cut = cases.next(now=0.0)
    key = cut.key
    cases.cut(cut, now=10.0)

    again = cases.next(now=20.0)

    assert (again.plan.case, again.key, again.first_due) == ("case-0", key, 0.0)


def test_pauses_grow_and_stay_bounded(cases: Cases) -> None:
    request, now = cases.next(now=0.0), 0.0
    for _ in range(2000):
        cases.cut(request, now)
        now += LONGEST_PAUSE
        request = cases.next(now)
        assert request.plan.case == "case-0"


def test_a_planned_refusal_leads_on_and_another_ends_the_case(cases: Cases) -> None:
    cases.accepted(cases.next(now=0.0), DAY)
    cases.accepted(cases.next(now=0.0), DAY)
    cases.refused(cases.next(now=0.0), "NotYours", now=0.0)
    last = cases.next(now=0.0)
    assert last.step == STEPS[3]

    cases.refused(last, "ClauseApplies", now=0.0)

    assert cases.next(now=5.0).plan.case == "case-1"
    assert cases.finished == 1
