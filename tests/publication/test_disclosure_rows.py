"""What the office reads of a request while it is decided on again."""

from __future__ import annotations

from typing import Any

from chassis.projections import Put
from services.publication.projections.disclosures import DECIDED, DISCLOSURES
from tests.deciding import Deciding, at
from tests.publication.sample import WAITING, decide, object_to, opinion, recorded, resolve


def row(stream: Deciding[object, object, object]) -> dict[str, Any]:
    doc: dict[str, Any] = {}
    for fact in stream.history:
        for change in DISCLOSURES.project(recorded(fact, "disclosure/R1")):
            assert isinstance(change, Put)
            doc.update(change.doc)
    return doc


def test_after_an_objection_was_upheld_no_decision_is_shown_until_there_is_another() -> None:
    spoken = WAITING.after(opinion("C01", True), opinion("C02", False))
    decided = spoken.after(decide("partial", "C01", "C02", on=at("2024-07-02 10:00")))
    assert row(decided)["decision"] == "partial"
    upheld = decided.after(
        object_to("C01", at("2024-07-10 09:00")), resolve(1, "upheld", at("2024-08-20 10:00"))
    )
    shown = row(upheld)
    assert shown["status"] == "waiting"
    assert {name: shown[name] for name in DECIDED} == dict.fromkeys(DECIDED)
    again = upheld.after(decide("grant", "C01", "C02", on=at("2024-08-21 10:00")))
    assert (row(again)["status"], row(again)["decision"]) == ("decided", "grant")
