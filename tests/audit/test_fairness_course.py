"""What the facts of one case say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contracts.fact import FACTS, Fact
from contracts.intake import Stage
from services.audit.fairness.course import ACCEPTANCE, RESCREENING, Course, course
from services.audit.fairness.groups import kind_of_organisation, locality

START = datetime(2024, 8, 1, 1, tzinfo=UTC)  # a Thursday
SUBMITTED = {
    "kind": "free_proposal", "channel": "web", "title": "t", "body": "b", "city_cost": {"class": "none"},
    "proposer": {"name": "n", "type": "株式会社", "address": "所沢市並木1", "representative": "r"},
    "consent_to_terms": True, "receipt_number": "R-1", "secret_hash": "0" * 64, "submitted_on": "2024-08-01",
}  # fmt: skip
RECEIVED = {
    "edition": "tokorozawa/2023-07", "municipality": "112089", "received_on": "2024-08-01", "receipt_number": "R-1",
    "partner": {"name": "n"}, "title": "t", "body": "b",
}  # fmt: skip
OPENED = {
    "edition": "tokorozawa/2023-07", "municipality": "112089", "zone": "Asia/Tokyo", "partner": {"name": "n"},
    "received_on": "2024-08-01", "partner_clauses": ["GL7-A4"], "project_clauses": ["GL7-B1", "GL7-B6"],
    "mayor_clauses": ["GL7-A4", "GL7-B6"], "register_clauses": [], "reconsideration_days": 14,
}  # fmt: skip
DECIDED = {
    "decision": "eligible", "clauses": [], "answers": [], "edition": "tokorozawa/2023-07", "municipality": "112089",
    "as_of": "2024-08-02", "decided_by": "H-01",
}  # fmt: skip
CANDIDATES = [{"section": "S14", "score": 1.0}]
SIGNED = {
    "form": "individual_agreement", "signed_on": "2024-10-01", "title": "t", "partner_signatory": "p",
    "screening_as_of": "2024-09-20", "cost_class": "none", "term_from": "2024-10-01",
}  # fmt: skip


def fact(name: str, **body: Any) -> Fact:
    return FACTS[name].model_validate(body)


def told(*facts: Fact | tuple[Fact, int], city: str = "所沢市", **submitted: Any) -> Course:
    """The course of a case, facts on the day of its submission or so many days later."""
    first = fact("intake.ProposalSubmitted", **SUBMITTED | submitted)
    timed = [one if isinstance(one, tuple) else (one, 0) for one in (first, *facts)]
    return course(
        "C-1", [(one, type(one).__name__, START + timedelta(days=after)) for one, after in timed], lambda _: city
    )  # fmt: skip


def ineligible(*clauses: str) -> Fact:
    return fact("screening.EligibilityDecided", **DECIDED | {"decision": "ineligible", "clauses": clauses})


ELIGIBLE = fact("screening.EligibilityDecided", **DECIDED)
ACCEPTED = fact("intake.ProposalReceived", **RECEIVED)
SCREENING = fact("screening.ScreeningOpened", **OPENED)
REVOKED = fact("screening.DecisionRevoked", reasons="r")
NO_MATCH = fact("matching.NoMatchConcluded", reasons="r", candidates=CANDIDATES, declined=[])
WITHDRAWN = fact("intake.Withdrawn")
DIRECT = {
    "method": "direct_award", "kind": "other", "purpose": "p", "amount_yen": 1, "contract_date": "2024-10-01",
    "chosen_by": "K-01", "edition": "tokorozawa/2023-07",
}  # fmt: skip
AWARDED_TO_OTHER = fact(
    "agreements.AwardedToOther", **DIRECT, organisation={"name": "o"}, awarded_on="2024-10-01", idea_protected=True,
    reasons="r",
    clauses=["GL6-1"], decided_by="K-01",
)  # fmt: skip
AGREED = fact("agreements.AgreementSigned", **SIGNED)


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ((), "open"),
        ((fact("intake.ProposalLapsed", due="2024-08-09"),), "lapsed"),
        ((WITHDRAWN,), "withdrawn"),
        ((ineligible("GL7-B1"),), "ineligible"),
        ((ineligible("GL7-B1"), REVOKED), "open"),
        ((ineligible("GL7-B1"), REVOKED, ELIGIBLE, NO_MATCH), "not_established"),
        ((ELIGIBLE, AWARDED_TO_OTHER), "not_established"),
        ((ELIGIBLE, NO_MATCH, fact("matching.DecisionRevoked", reasons="r")), "open"),
        ((ELIGIBLE, AGREED), "established"),
        ((AGREED, ineligible("GL7-A2")), "established"),  # what becomes of the agreement is another matter
        ((WITHDRAWN, AGREED), "established"),  # the withdrawal came too late
    ],
)
def test_what_became_of_a_case(facts: tuple[Fact, ...], outcome: str) -> None:
    assert told(*facts).outcome == outcome


def test_the_clauses_of_a_refusal_are_those_of_the_decision_that_stands() -> None:
    assert told(ineligible("GL7-B1")).clauses == {"GL7-B1"}
    assert told(ineligible("GL7-B1"), REVOKED).clauses == frozenset()
    assert told(ineligible("GL7-B1"), REVOKED, ineligible("GL7-B6")).clauses == {"GL7-B6"}


def test_overrides_are_marked() -> None:
    ranked = {"candidates": CANDIDATES, "offered_to": "S14", "respond_by": "2024-08-20"}
    flag = {"measure": "BS-1", "reason": "r", "dismissed_by": "W-01"}
    found = {"clause": "GL7-B6", "reasons": "r", "found_by": "M-01"}
    assert told(fact("matching.MatchProposed", **ranked)).marks == {"asked", "asked:S14"}
    assert "reordered" in told(fact("matching.MatchProposed", **ranked, reason="r")).marks
    assert told(fact("screening.FlagDismissed", **flag)).marks == {"flag_dismissed"}
    assert told(fact("screening.MayorFound", applies=False, **found)).marks == {"mayor_asked"}
    assert told(fact("screening.MayorFound", applies=True, **found)).marks == {"mayor_asked", "mayor_found"}
    assert told(ineligible("GL7-B1"), REVOKED).marks == {"screened", "reconsidered", "revoked"}
    assert told(fact("matching.MatchDeclined", section="S14", reason="r")).marks == {
        "declined",
        "declined:S14",
    }


PROCURED = {
    "method": "direct_award", "item": 6, "reason": "r", "kind": "other", "purpose": "p", "amount_yen": 1,
    "contract_date": "2024-08-01", "edition": "tokorozawa/2023-07",
}  # fmt: skip
LOST = {
    "organisation": {"name": "n"}, "idea_protected": True, "reasons": "r", "clauses": ["GL6-1"], "decided_by": "K-01",
    "awarded_on": "2024-08-01",
}  # fmt: skip


def test_a_direct_award_is_told_from_other_methods_by_the_last_one() -> None:
    direct = fact("agreements.MethodChosen", **PROCURED, chosen_by="K-01")
    bidding = fact(
        "agreements.MethodChosen", **PROCURED | {"method": "general_bidding", "item": None}, chosen_by="K-01"
    )
    assert told(direct).marks == {"procured", "direct_award"}
    assert told(direct, bidding).marks == {"procured"}


def test_a_contract_that_somebody_else_gets_establishes_nothing_by_the_clauses_it_cites() -> None:
    seen = told(fact("agreements.AwardedToOther", **PROCURED, **LOST))
    assert (seen.outcome, seen.clauses) == ("not_established", {"GL6-1"})


def test_how_it_was_procured_is_what_was_chosen_last() -> None:
    direct = fact("agreements.MethodChosen", **DIRECT)
    bidding = fact("agreements.MethodChosen", **DIRECT | {"method": "general_bidding"})
    assert told(direct).marks == {"procured", "direct_award"}
    assert told(direct, bidding).marks == {"procured"}
    assert told(direct, AWARDED_TO_OTHER).marks == {"procured", "direct_award", "awarded_to_other"}
    assert told(AWARDED_TO_OTHER).clauses == {"GL6-1"}


def test_that_somebody_resolved_a_split_order_is_an_override() -> None:
    split = {"total_yen": 2, "cases": ["C-2"]}
    found = fact("agreements.SplitOrderFound", **split, fiscal_year=2024, purpose="p", limit_yen=1)
    resolved = fact("agreements.SplitOrderResolved", **split, reasons="r", resolved_by="H-01")
    assert told(found).marks == {"split_order"}
    assert told(found, resolved).marks == {"split_order", "split_resolved"}


def test_groups_are_told_by_the_proposer_and_by_the_acceptance() -> None:
    assert told().groups == {
        "kind": "company", "size": "unknown", "locality": "unknown", "first": "first", "route": "free_proposal",
        "cost": "none",
    }  # fmt: skip
    assert told(proposer={**SUBMITTED["proposer"], "size": "small"}).groups["size"] == "small"
    assert told(ACCEPTED).groups["locality"] == "local"
    assert told(ACCEPTED, city="架空みなと市").groups["locality"] == "elsewhere"
    earlier = fact("intake.ProposalReceived", **RECEIVED | {"earlier_cases": ["C-0"]})
    assert told(earlier).groups["first"] == "again"
    assert told(previous_case="C-0").groups["first"] == "again"
    cost = fact(
        "agreements.CostClassified", **{"class": "expenditure", "amount_yen": 1, "approved_by_finance": True}
    )
    assert told(cost).groups["cost"] == "expenditure"


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("所沢市並木1", "local"),
        ("埼玉県所沢市並木1", "local"),
        ("〒359-8501　埼玉県所沢市並木1", "local"),
        ("東京都府中市所沢市場町1", "elsewhere"),
        ("東京都架空区1", "elsewhere"),
        ("", "unknown"),
    ],
)
def test_who_is_local(address: str, where: str) -> None:
    assert locality(address, "所沢市") == where


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("株式会社", "company"), ("(株)", "company"), ("㈱", "company"), ("合同会社", "company"),
        ("国立大学法人", "university"), ("学校法人", "university"), ("特定非営利活動法人", "non_profit"),
        ("ＮＰＯ法人", "non_profit"), ("一般社団法人", "association_or_foundation"),
        ("医療法人社団", "welfare_or_medical"), ("地方独立行政法人", "public"), ("事業協同組合", "cooperative"),
        ("任意団体", "group"), ("個人事業主", "person"), ("宗教法人", "religious"), ("?", "other"),
    ],
)  # fmt: skip
def test_kinds_of_organisations(form: str, kind: str) -> None:
    assert kind_of_organisation(form) == kind


def reached(stage: Stage, after: int, remembers: Stage | None = None) -> tuple[Fact, int]:
    since = START + timedelta(days=after)
    return fact("intake.StageReached", stage=stage, since=since, remembers=remembers), after


def test_stages_are_counted_in_office_days_once_they_are_left() -> None:
    days = told((ACCEPTED, 1), reached(Stage.MATCHING, 8), reached(Stage.DIALOGUE, 12)).days
    assert days == {ACCEPTANCE: 1, "screening": 5, "matching": 1}  # 8/12 is a holiday, 8/10 a Saturday


def test_office_days_are_those_of_the_calendar_of_the_case() -> None:
    everyday = fact(
        "screening.ScreeningOpened",
        **OPENED | {"calendar": {"closed_weekdays": [], "holidays": None, "closed": []}},
    )
    assert told((ACCEPTED, 1), (everyday, 1), reached(Stage.MATCHING, 8)).days["screening"] == 7


def test_a_case_that_comes_back_to_a_stage_has_its_days_together_and_a_stop_is_told_apart() -> None:
    days = told(
        (ACCEPTED, 0), reached(Stage.MATCHING, 1), reached(Stage.DIALOGUE, 4), reached(Stage.MATCHING, 5),
        reached(Stage.SCREENING, 6, Stage.MATCHING), reached(Stage.MATCHING, 7), reached(Stage.DIALOGUE, 8),
    ).days  # fmt: skip
    assert days["matching"] == 3
    assert days[RESCREENING] == 1


def test_a_fact_of_a_shape_that_nobody_knows_is_passed_over() -> None:
    seen = course("C-1", [(None, "Unknown", START), (None, "EligibilityDecided", START)], lambda _: None)
    assert (seen.outcome, seen.marks) == ("open", set())
