"""Counts of a period by group, and pairs that are listed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.agreements import OutcomeDecided
from contracts.confidential import Confidential
from contracts.decision import Basis
from contracts.fact import Fact
from services.audit.fairness.course import Course
from services.audit.fairness.days import quartiles
from services.audit.fairness.judged import judged
from services.audit.fairness.pairs import LISTED, Pairs
from services.audit.fairness.report import Tally, report
from tests.audit.test_fairness_course import ACCEPTED, DECIDED, OPENED, RECEIVED, fact


def some(count: int, outcome: str, kind: str, **more: Any) -> list[Course]:
    return [
        Course(f"{kind}-{outcome}-{n}", date(2024, 8, 1), {"kind": kind}, outcome=outcome, **more)
        for n in range(count)
    ]


def told(*courses: list[Course]) -> dict[str, Any]:
    made = Tally()
    for each in courses:
        for seen in each:
            made.add(seen)
    return report(made)


def test_outcomes_are_counted_by_group_with_their_intervals() -> None:
    found = told(
        some(30, "established", "company"), some(10, "ineligible", "company"), some(20, "established", "university")
    )  # fmt: skip
    rate = found["by"]["kind"]["company"]["outcomes"]["established"]
    assert (rate["count"], rate["of"], rate["rate"]) == (30, 40, 0.75)
    assert rate["low"] < 0.75 < rate["high"]
    assert found["all"]["outcomes"]["ineligible"]["count"] == found["cases"] - 50 == 10


def test_every_measure_has_its_own_base() -> None:
    marks = {"asked", "asked:S14", "procured"}
    found = told(
        some(10, "established", "company", marks={*marks, "direct_award"}),
        some(20, "established", "company", marks={*marks, "reordered", "declined:S14"}),
        some(30, "ineligible", "company", marks={"screened"}, clauses=frozenset({"GL7-B6"}), mayors={"GL7-B6"}),
        some(15, "ineligible", "company", marks={"screened"}, clauses=frozenset({"GL7-B1"}), mayors={"GL7-B6"}),
    )["by"]["kind"]["company"]  # fmt: skip
    counts = {name: (rate["count"], rate["of"]) for name, rate in found["measures"].items() if rate}
    assert counts["screened"] == (75, 75)
    assert counts["reordered"] == (20, 30)
    assert counts["direct_award"] == (10, 30)
    assert counts["catch_all"] == (30, 45)
    assert found["sections"]["S14"]["declined"]["rate"] == pytest.approx(20 / 30)
    assert found["clauses"]["ineligible"]["GL7-B6"]["count"] == 30


def test_a_clause_that_is_cited_seldom_hides_with_another() -> None:
    def refused(count: int, clause: str) -> list[Course]:
        return some(count, "ineligible", "company", clauses=frozenset({clause}), mayors={"GL7-A4"})

    cited = told(refused(2, "GL7-B1"), refused(10, "GL7-B2"), refused(20, "GL7-B4"))["all"]["clauses"][
        "ineligible"
    ]
    assert {clause for clause, rate in cited.items() if rate is None} == {"GL7-B1", "GL7-B2"}


def test_days_are_told_with_quartiles_for_all_and_by_group() -> None:
    found = told(
        some(10, "open", "company", days={"screening": 4}), some(30, "open", "university", days={"screening": 8}),
        some(20, "open", "company"),
    )  # fmt: skip
    assert found["all"]["stages"]["screening"] == {"count": 40, "of": 60, "q1": 4, "median": 8, "q3": 8}
    assert found["by"]["kind"]["company"]["stages"]["screening"]["median"] == 4


@given(st.lists(st.integers(0, 30), min_size=1))
def test_quartiles_are_values_that_so_many_do_not_pass(days: list[int]) -> None:
    for part, value in zip((1, 2, 3), quartiles(Counter(days)), strict=True):
        assert value in days
        assert sum(day <= value for day in days) * 4 >= part * len(days)
        assert sum(day < value for day in days) * 4 < part * len(days)


def test_of_too_few_cases_nothing_is_told() -> None:
    found = told(some(4, "established", "company"))
    assert (found["cases"], found["all"], found["by"]["kind"]) == (None, None, {"company": None})
    assert told()["cases"] == 0


def outcome(result: str = "{}", clauses: tuple[str, ...] = ("GL4-5",)) -> OutcomeDecided:
    basis = Basis(
        edition="tokorozawa/2023-07", rule="route", digest="0" * 64, engine="e",
        inputs='{"a":1}', result=result, trace="{}",
    )  # fmt: skip
    return OutcomeDecided(
        outcome="not_established", next="not_established", reasons=Confidential("r"), decided_by="H-01",
        clauses=clauses, basis=basis,
    )  # fmt: skip


def listed(*facts: Fact, received: Fact = ACCEPTED) -> list[tuple[str, str, str]]:
    pairs = Pairs()
    for n, one in enumerate(facts, start=1):
        for each in judged(one, received, fact("screening.ScreeningOpened", **OPENED)):  # type: ignore[arg-type]
            pairs.add(f"C-{n}", each)
    return [(pair.kind, pair.case, pair.other_case) for pair in pairs.listed]


def test_the_same_facts_with_another_result_or_other_clauses_are_listed() -> None:
    assert listed(outcome(), outcome()) == []
    assert listed(outcome(), outcome(), outcome(result='{"b":2}'), outcome(clauses=("GL5-01",))) == [
        ("result", "C-1", "C-3"),
        ("clauses", "C-1", "C-4"),
    ]


def screened(*clauses: str, cites: tuple[str, ...] | None = None) -> Fact:
    answers = [
        {"clause": clause, "applies": clause in clauses, "evidence": "e"}
        for clause in (*OPENED["partner_clauses"], *OPENED["project_clauses"])
    ]
    cited = clauses if cites is None else cites
    decision = "ineligible" if cited else "eligible"
    return fact(
        "screening.EligibilityDecided",
        **DECIDED | {"answers": answers, "clauses": cited, "decision": decision},
    )


def test_a_refusal_that_cites_other_clauses_on_the_same_answers_is_listed() -> None:
    both = ("GL7-B1", "GL7-B6")
    assert ("clauses", "C-1", "C-2") in listed(
        screened(*both, cites=("GL7-B1",)), screened(*both, cites=("GL7-B6",))
    )


def test_the_same_content_that_fell_under_other_clauses_is_listed_whoever_proposes_it() -> None:
    assert ("content", "C-1", "C-2") in listed(screened("GL7-B1"), screened())
    assert (
        listed(screened("GL7-B1"), screened("GL7-B1", "GL7-A4")) == []
    )  # about the partner, whose number is unknown
    other = fact("intake.ProposalReceived", **RECEIVED | {"body": "another"})
    assert ("content", "C-1", "C-2") not in [*listed(screened("GL7-B1")), *listed(screened(), received=other)]


def test_the_same_partner_on_the_same_day_that_fell_under_other_clauses_is_listed() -> None:
    known = fact(
        "intake.ProposalReceived",
        **RECEIVED | {"partner": {"name": "n", "corporate_number": "3999901000104"}},
    )
    assert listed(screened(), screened("GL7-A4"), received=known) == [("partner", "C-1", "C-2")]


def test_what_is_not_listed_any_more_is_counted() -> None:
    pairs = Pairs()
    for n in range(60):
        for one in judged(outcome(result=f'{{"n":{n}}}'), None, None):
            pairs.add(f"C-{n}", one)
    assert len(pairs.listed) >= LISTED
    assert len(pairs.listed) + pairs.more == 60 * 59 // 2
