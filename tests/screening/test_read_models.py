"""What screening's read models show, and what they keep to themselves."""

from __future__ import annotations

import json
from typing import Any

from chassis.projections import Put
from contracts.fact import Fact
from contracts.screening import MeasureRecorded
from services.screening.policies import Measure
from services.screening.projections import MEASURES, SCREENINGS
from tests.deciding import Deciding
from tests.intake.sample import recorded
from tests.screening.sample import (
    ELIGIBLE,
    INELIGIBLE,
    SUSPENSION,
    about_partner,
    ask_again,
    close,
    declare,
    find,
    opened,
    revoke,
    screen_partner,
    uphold,
)


def row(facts: tuple[Fact, ...]) -> dict[str, Any]:
    """The document that the facts of one case leave."""
    doc: dict[str, Any] = {}
    for fact in facts:
        for change in SCREENINGS.project(recorded(fact, "screening")):
            assert isinstance(change, Put)
            doc |= change.doc
    json.dumps(doc)  # can be kept as JSON
    return doc


def test_a_screening_shows_where_it_stands() -> None:
    stages: list[tuple[Deciding[Any, Any, Any], str]] = [
        (opened, "open"),
        (ELIGIBLE, "eligible"),
        (INELIGIBLE, "ineligible"),
        (INELIGIBLE.after(ask_again()), "reconsideration"),
        (INELIGIBLE.after(ask_again(), uphold()), "upheld"),
        (INELIGIBLE.after(ask_again(), revoke()), "open"),
        (opened.after(close()), "closed"),
    ]
    assert [row(stream.history)["status"] for stream, _ in stages] == [status for _, status in stages]


def test_a_decision_shows_its_clauses_and_the_day_of_the_registers() -> None:
    answers = about_partner("GL7-A2", measure="BS-2024-003")
    excluded = opened.after(screen_partner(answers, measures=[SUSPENSION]), declare())
    doc = row(excluded.history)
    assert (doc["decision"], doc["clauses"], doc["as_of"]) == ("ineligible", ["GL7-A2"], "2024-07-31")
    assert doc["reconsider_by"] == "2024-08-14"
    assert doc["partner_answers"][1]["measure"] == "BS-2024-003"


def test_a_revoked_decision_shows_no_longer() -> None:
    doc = row(INELIGIBLE.after(ask_again(), revoke()).history)
    assert (doc["decision"], doc["clauses"], doc["reconsider_by"]) == (None, [], None)


def test_the_partner_is_there_to_be_looked_up() -> None:
    partner = row(opened.history)["partner"]
    assert partner == {"name": "架空みらい土木株式会社", "corporate_number": "3999901000104"}


def test_grounds_and_reasons_do_not_show() -> None:
    told = opened.after(find("GL7-A4"), screen_partner(about_partner("GL7-A4")), declare(), ask_again())
    shown = json.dumps(row(told.history), ensure_ascii=False)
    assert "信用" not in shown
    assert "営業" not in shown


def test_an_entry_of_a_register_can_be_read_back_as_the_measure_commands_are_given() -> None:
    fact = MeasureRecorded.model_validate(
        {
            "register": "bid_suspension",
            "clause": "GL7-A2",
            "corporate_number": "3999901000104",
            "name": "架空みらい土木株式会社",
            "ground": "過失による粗雑工事",
            "decided_on": "2024-01-31",
            "valid_from": "2024-02-01",
            "valid_to": "2024-07-31",
        }
    )
    [change] = MEASURES.project(recorded(fact, "measure", "BS-2024-003"))
    assert isinstance(change, Put)
    assert change.doc["register"] == "bid_suspension"
    assert Measure.model_validate({"id": change.key, **change.doc}) == SUSPENSION
