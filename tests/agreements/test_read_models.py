"""What the read model of agreements shows, and what it keeps to itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chassis.projections import Put
from services.agreements.projections import PARTNERSHIPS
from tests.agreements.procuring import (
    AWARDED,
    COMPETING,
    SMALL,
    abandon,
    award_other,
    contract,
    other,
    pay,
    resolve,
    small,
)
from tests.agreements.sample import (
    CLOSED,
    DIALOGUE,
    EVALUATED,
    FINANCE,
    LEAD,
    NOT_ESTABLISHED,
    PREPARED,
    PROCUREMENT,
    R3,
    READY,
    RUNNING,
    SCORING,
    SHARED,
    SIGNED,
    abort,
    ask_again,
    case,
    classify,
    close,
    complete,
    confirm,
    end,
    follow,
    goals,
    matched,
    note,
    record,
    recorded,
    recuse,
    release,
    rematch,
    resume,
    revoke,
    score,
    suspend,
    uphold,
)
from tests.deciding import Deciding


def row(stream: Deciding[Any, Any, Any]) -> dict[str, Any]:
    """The document that the facts of one case leave."""
    doc: dict[str, Any] = {}
    for fact in stream.history:
        for change in PARTNERSHIPS.project(recorded(fact)):
            assert isinstance(change, Put)
            doc |= change.doc
    json.dumps(doc)  # can be kept as JSON
    return doc


@pytest.mark.parametrize(
    ("stream", "status"),
    [
        (DIALOGUE, "dialogue"),
        (DIALOGUE.after(release()), "waits_for_match"),
        (DIALOGUE.after(rematch()), "waits_for_match"),
        (PREPARED, "pilot_prep"),
        (RUNNING, "pilot_running"),
        (RUNNING.after(complete()), "evaluation"),
        (RUNNING.after(abort()), "evaluation"),
        (EVALUATED, "evaluation"),
        (READY, "agreement_prep"),
        (PROCUREMENT, "procurement"),
        (NOT_ESTABLISHED, "not_established"),
        (NOT_ESTABLISHED.after(ask_again()), "reconsideration"),
        (NOT_ESTABLISHED.after(ask_again(), uphold()), "not_established"),
        (NOT_ESTABLISHED.after(ask_again(), revoke()), "evaluation"),
        (SIGNED, "agreed"),
        (SIGNED.after(close()), "agreed"),
        (CLOSED, "closed"),
    ],
)
def test_a_partnership_shows_where_it_stands(stream: Deciding[Any, Any, Any], status: str) -> None:
    assert row(stream)["status"] == status == stream.state.phase


def test_who_leads_shows_until_the_lead_is_released() -> None:
    assert (row(DIALOGUE)["lead"], row(DIALOGUE)["supporting"]) == ("S14", ["S07"])
    assert row(SHARED.after(release()))["lead"] is None


def test_a_case_that_is_halted_shows_it_and_keeps_its_place() -> None:
    stopped = RUNNING.after(suspend())
    assert (row(stopped)["status"], row(stopped)["halted"]) == ("pilot_running", "suspended")
    assert row(stopped.after(resume()))["halted"] is None
    assert row(stopped.after(end()))["halted"] == "ended"


def test_the_edition_shown_is_the_one_that_binds() -> None:
    assert row(DIALOGUE.after(follow("tokorozawa/2025-04")))["edition"] == "tokorozawa/2025-04"


def test_what_it_costs_shows_with_the_word_of_finance() -> None:
    doc = row(DIALOGUE.after(classify("revenue_waiver", 24_000, FINANCE)))
    assert (doc["cost_class"], doc["amount_yen"], doc["approved_by_finance"]) == (
        "revenue_waiver",
        24_000,
        True,
    )


def test_shared_goals_show_until_others_are_proposed() -> None:
    assert row(SHARED)["goals_shared"] is True
    assert row(SHARED.after(goals()))["goals_shared"] is False


def test_an_agreement_shows_without_its_title() -> None:
    assert row(SIGNED)["agreement"] == {
        "form": "individual_agreement",
        "signed_on": "2023-10-10",
        "screening_as_of": "2023-10-10",
        "term_from": "2023-11-01",
        "term_to": None,
    }


def test_a_procurement_shows_how_far_it_is_and_that_it_was_given_up() -> None:
    for stream, status in (
        (COMPETING, "procurement"),
        (AWARDED, "agreement_prep"),
        (COMPETING.after(award_other()), "not_established"),
        (COMPETING.after(abandon()), "dialogue"),
        (AWARDED.after(contract()), "agreed"),
    ):
        assert row(stream)["status"] == status == stream.state.phase
    doc = row(AWARDED.after(pay(440_000)))
    assert (doc["method"]["method"], doc["method"]["item"]) == ("proposal_competition", 2)
    assert (doc["award"]["amount_yen"], doc["paid_yen"]) == (5_280_000, 440_000)
    assert doc["specification"]["holds_idea"] is False
    gone = row(AWARDED.after(abandon()))
    for name in ("method", "award", "specification", "cost_class", "outcome", "total", "plan"):
        assert gone[name] is None


def test_v04_a_finding_shows_until_the_method_changes_and_when_it_was_looked_at() -> None:
    found = SMALL.after(small(300_000, (other(),)))
    assert row(found)["split_order"]["resolved"] is False
    assert row(found.after(resolve(other())))["split_order"] == {
        "total_yen": 600_000,
        "cases": ["C9"],
        "resolved": True,
    }
    assert row(found.after(small(100_000)))["split_order"] is None


def test_a_screening_before_the_match_shows_without_a_status() -> None:
    screening = {"as_of": "2023-10-10", "clear": True}
    assert row(case.after(note())) == {"screening": screening, "proposers": ["P-01"]}


def test_v19_scores_and_conflicts_do_not_show_and_neither_does_what_was_said() -> None:
    talked = DIALOGUE.after(record(LEAD), confirm()).history
    shown = [row(stream) for stream in (SIGNED, RUNNING, SCORING.after(score(R3), recuse()))]
    text = json.dumps(shown, ensure_ascii=False)
    for word in ("REV-", "配偶者", "架空", "見守り", "連絡", "孤立", "誤検知"):
        assert word not in text
    assert row(DIALOGUE.given(*talked[1:])).get("last_dialogue") == "2023-10-10"


def test_facts_of_others_change_nothing() -> None:
    assert PARTNERSHIPS.project(recorded(matched(), "matching/C01")) == []
