"""Decisions made again from what was recorded of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import guidelines
from contracts.actors import Actor, Role
from contracts.agreements import OutcomeDecided
from contracts.confidential import Confidential
from contracts.decision import Basis
from contracts.fact import Fact
from contracts.intake import Withdrawn
from contracts.matching import MatchProposed
from contracts.screening import EligibilityDecided
from deploy.rerun import again
from guidelines import rules
from guidelines.rules import ELIGIBILITY, ROUTE, eligibility_inputs
from services.audit.rerun import CannotBeMadeAgain, Decision, Entry, decides, rerun

EDITION = guidelines.load("tokorozawa/2023-07")
ACTOR = Actor(role=Role.WINDOW_HEAD, id="H-01")
ANSWERS = eligibility_inputs({c: c == "GL7-B1" for c in EDITION.requirements}, {}, EDITION.law_clauses)
BASIS = rules.evaluate(EDITION.id, ELIGIBILITY, ANSWERS)


def outcome(**basis: Any) -> OutcomeDecided:
    inputs = {
        "outcome": "individual_agreement",
        "cost_class": "none",
        "approved": False,
        "fairness_trigger": False,
    }
    return OutcomeDecided(
        outcome="individual_agreement",
        next="agreement_prep",
        reasons=Confidential("効果が認められるため"),
        decided_by="H-01",
        basis=rules.evaluate(EDITION.id, ROUTE, inputs).model_copy(update=basis),
    )


def log(*facts: Fact | None) -> list[Entry]:
    return [
        Entry(n, fact.type if fact else "renkei.other.Thing.v1", "stream/c", n + 1, fact)
        for n, fact in enumerate(facts)
    ]


def one(fact: Fact) -> Any:
    [made] = rerun(log(Withdrawn(), fact), again)
    return made


def test_a_decision_that_says_what_it_stands_on_comes_out_the_same() -> None:
    made = one(outcome())
    assert (made.same, made.differs, made.trouble) == (True, (), None)
    assert made.engine == rules.ENGINE


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("result", '{"next":"procurement","reason":"GL6-1"}'),
        ("result", '{"next": "agreement_prep","reason":"GL6-1"}'),  # one blank more
        ("trace", "[]"),
        ("digest", "0" * 64),
    ],
)
def test_a_record_that_is_not_what_the_rule_says_is_told(part: str, text: str) -> None:
    made = one(outcome(**{part: text}))
    assert (made.same, made.differs) == (False, (part,))


def test_another_engine_alone_is_no_difference() -> None:
    made = one(outcome(engine="zen-engine 2.0.0"))
    assert (made.same, made.engine) == (True, rules.ENGINE)


@pytest.mark.parametrize(
    ("basis", "why"),
    [
        ({"edition": "tokorozawa/2099-01"}, "there is no tokorozawa/2099-01 here"),
        ({"rule": "lottery"}, "has no rule 'lottery'"),
        ({"inputs": "{}"}, "required property"),
    ],
)
def test_what_cannot_be_made_again_says_why(basis: dict[str, str], why: str) -> None:
    made = one(outcome(**basis))
    assert not made.same
    assert why in made.trouble


def test_a_decision_that_does_not_say_what_it_stands_on_is_found() -> None:
    made = one(outcome().model_copy(update={"basis": None}))
    assert (made.same, made.trouble) == (False, "it does not say what it stands on")


def test_a_ranking_without_the_words_of_its_proposal_cannot_be_made_again() -> None:
    decision = Decision(log(outcome())[0], BASIS.model_copy(update={"rule": "ranking"}), ())
    with pytest.raises(CannotBeMadeAgain, match="the words of this proposal"):
        again(decision)


def test_facts_that_decide_nothing_are_passed_over_and_unknown_ones_too() -> None:
    assert rerun(log(Withdrawn(), None), again) == []
    assert [decides(fact) for fact in (EligibilityDecided, OutcomeDecided, MatchProposed)] == [
        True,
        True,
        False,
    ]


def test_each_decision_of_a_case_is_made_again_by_its_own_rule() -> None:
    asked: list[Basis | None] = []

    def noted(maker: Callable[[Decision], Basis]) -> Callable[[Decision], Basis]:
        def make(decision: Decision) -> Basis:
            asked.append(decision.basis)
            return maker(decision)

        return make

    first, second = outcome(), outcome(rule="route")
    assert all(made.same for made in rerun(log(first, Withdrawn(), second), noted(again)))
    assert asked == [first.basis, second.basis]
