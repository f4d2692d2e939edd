"""Decisions made again from what was recorded of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

import guidelines
from contracts.actors import Actor, Role
from contracts.agreements import OutcomeDecided
from contracts.confidential import Confidential
from contracts.decision import Basis
from contracts.fact import Fact, read
from contracts.intake import ProposalReceived, Withdrawn
from contracts.matching import MatchProposed, SectionsRanked
from contracts.screening import EligibilityDecided
from deploy.rerun import again
from guidelines import rules
from guidelines.rules import ELIGIBILITY, ROUTE, eligibility_inputs
from services.audit.rerun import CannotBeMadeAgain, Decision, Entry, decides, rerun
from services.matching.ranking import SCORER, ProposalText, Ranker

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


def ranked() -> tuple[ProposalReceived, SectionsRanked]:
    proposal = ProposalReceived.model_validate(
        {
            "edition": EDITION.id,
            "municipality": EDITION.municipality,
            "received_on": "2023-08-21",
            "receipt_number": "2023-000001",
            "partner": {"name": "株式会社ミマモリ架空電機"},
            "title": "IoT電球による高齢者見守り実証",
            "body": "点灯状況から生活の変化を検知する電球で、ひとり暮らしの高齢者を見守ります。",
            "requested_resources": ["広報紙での周知"],
        }
    )
    text = ProposalText("IoT電球による高齢者見守り実証", proposal.body.reveal(), ("広報紙での周知",))
    ranking = Ranker.load(EDITION).rank(text)
    fact = SectionsRanked(
        candidates=ranking.candidates, scorer=SCORER, edition=EDITION.id, basis=ranking.basis
    )
    return proposal, read_again(fact)


def read_again(fact: SectionsRanked) -> SectionsRanked:
    """As it comes out of the log."""
    found = read(fact.type, fact.encoded())
    assert isinstance(found, SectionsRanked)
    return found


def test_a_ranking_is_made_again_from_the_words_that_the_log_holds_in_whatever_order() -> None:
    proposal, ranking = ranked()
    assert proposal.title is not None
    assert proposal.title.reveal() not in ranking.encoded().decode()
    for history in ([proposal, ranking], [ranking, proposal]):
        [made] = rerun(log(*history), again)
        assert (made.same, made.differs, made.trouble) == (True, (), None)


def test_other_words_are_found_out() -> None:
    proposal, ranking = ranked()
    other = proposal.model_copy(update={"body": Confidential("道路の穴を見つけます。")})
    [made] = rerun(log(other, ranking), again)
    assert "inputs" in made.differs


def test_what_cannot_be_read_may_be_a_decision_and_is_told() -> None:
    [made] = rerun(log(Withdrawn(), None), again)
    assert (made.same, made.decision.entry.type) == (False, "renkei.other.Thing.v1")


def test_whoever_reads_the_log_knows_the_facts_of_every_publisher() -> None:
    """In a process of its own, where nothing else has imported them."""
    program = "from deploy import rerun; from contracts.fact import FACTS; print(*sorted(FACTS))"
    known = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    for publisher in ("intake", "screening", "matching", "agreements"):
        assert any(name.startswith(f"{publisher}.") for name in known)


def test_facts_that_decide_nothing_are_passed_over() -> None:
    assert rerun(log(Withdrawn()), again) == []
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
