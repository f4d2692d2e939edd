"""What the read model of matching shows, and what it keeps to itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chassis.projections import Put
from contracts.intake import Withdrawn
from services.matching.projections import MATCHINGS
from tests.deciding import Deciding
from tests.matching.sample import (
    EXHAUSTED,
    MATCHED,
    OFFERED,
    RANKED,
    RANKING,
    S14,
    accept,
    ask_again,
    case,
    close,
    conclude,
    decline,
    free,
    full,
    open_matching,
    propose,
    rank,
    recorded,
    reopen,
    resume_lead,
    revoke,
    uphold,
)

FULL = tuple(full(section) for section in ("S14", "S12", "S05"))


def row(stream: Deciding[Any, Any, Any]) -> dict[str, Any]:
    """The document that the facts of one case leave."""
    doc: dict[str, Any] = {}
    for fact in stream.history:
        for change in MATCHINGS.project(recorded(fact)):
            assert isinstance(change, Put)
            doc |= change.doc
    json.dumps(doc)  # can be kept as JSON
    return doc


@pytest.mark.parametrize(
    ("stream", "status"),
    [
        (case.given(RANKED), "ranked"),
        (case.after(open_matching()), "open"),
        (case.after(rank(), open_matching()), "none_fits"),
        (case.after(rank(*RANKING), open_matching(full=FULL)), "no_room"),
        (OFFERED, "offered"),
        (OFFERED.after(decline(S14)), "offered"),
        (EXHAUSTED, "nobody_left"),
        (MATCHED, "matched"),
        (MATCHED.after(reopen()), "offered"),
        (EXHAUSTED.after(conclude()), "concluded"),
        (EXHAUSTED.after(conclude(), ask_again()), "reconsideration"),
        (EXHAUSTED.after(conclude(), ask_again(), uphold()), "upheld"),
        (EXHAUSTED.after(conclude(), ask_again(), revoke()), "offered"),
        (MATCHED.after(free("not_established"), resume_lead()), "matched"),
        (OFFERED.after(close()), "closed"),
        (MATCHED.after(free()), "done"),
    ],
)
def test_a_matching_shows_where_it_stands(stream: Deciding[Any, Any, Any], status: str) -> None:
    assert row(stream)["status"] == status


def test_an_offer_is_in_the_inbox_of_the_section_asked_and_of_no_other() -> None:
    assert (row(OFFERED)["offered_to"], row(OFFERED)["respond_by"]) == ("S14", "2023-09-19")
    assert row(OFFERED.after(decline(S14)))["offered_to"] == "S12"
    for stream in (EXHAUSTED, MATCHED, OFFERED.after(close())):
        assert row(stream)["offered_to"] is None


def test_candidates_show_with_scores_and_reasons() -> None:
    assert row(OFFERED)["candidates"][0] == {
        "section": "S14",
        "score": 18.62,
        "reasons": ["高齢者", "見守り"],
        "terms": [],
        "nearest": [],
    }


def test_who_leads_shows_until_the_case_is_given_back() -> None:
    doc = row(OFFERED.after(accept(S14, "S07")))
    assert (doc["lead"], doc["supporting"]) == ("S14", ["S07"])
    assert row(MATCHED.after(reopen()))["lead"] is None


def test_what_people_wrote_does_not_show() -> None:
    told = EXHAUSTED.after(propose("S30"))
    shown = json.dumps(row(told), ensure_ascii=False)
    assert "体制" not in shown
    assert "事業" not in shown


def test_facts_of_others_change_nothing() -> None:
    assert MATCHINGS.project(recorded(Withdrawn(), "proposal")) == []
