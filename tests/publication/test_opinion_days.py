"""A proposer's days for an opinion leave the office a day for its decision (V18, V22)."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.publication import ObjectionResolved, ThirdPartyAsked
from services.publication.domain.disclosure import refusals as no
from tests.deciding import Deciding, at
from tests.publication.sample import ask, decide, object_to, opinion, receive, request, resolve

DECEMBER_20 = at(
    "2024-12-20 10:00"
)  # a Friday; 15 days later is a Saturday, so that Monday the 6th is the last day
OVER_NEW_YEAR = request.after(receive(on=DECEMBER_20, decide_by="2025-01-06"))


def opinion_by(stream: Deciding[object, object, object], on: str) -> date:
    [fact] = stream.when(ask("C01", on=at(on)))
    assert isinstance(fact, ThirdPartyAsked)
    return fact.opinion_by


def test_v18_over_new_year_the_opinion_ends_before_the_last_day_for_the_decision() -> None:
    """Seven office days after the 23rd would be January 8th, two days late; the office is closed from the 28th on."""
    assert opinion_by(OVER_NEW_YEAR, "2024-12-23 10:00") == date(2024, 12, 27)
    silent = OVER_NEW_YEAR.after(ask("C01", on=at("2024-12-23 10:00")))
    with pytest.raises(no.OpinionsAwaited):
        silent.when(decide("grant", "C01", on=at("2024-12-27 23:59")))
    assert silent.when(decide("grant", "C01", on=at("2025-01-06 09:00")))


def test_v18_who_is_asked_too_late_for_the_decision_has_all_their_days() -> None:
    """The office asked late, so that it decides late; the proposer is heard all the same."""
    assert opinion_by(OVER_NEW_YEAR, "2024-12-27 10:00") == date(2025, 1, 15)
    assert opinion_by(OVER_NEW_YEAR, "2025-01-06 10:00") == date(2025, 1, 16)


def test_v18_after_an_objection_was_upheld_the_days_are_those_until_the_next_decision() -> None:
    decided = request.after(receive(), ask("C01"), opinion("C01", True)).after(
        decide("grant", "C01", on=at("2024-07-02 10:00"))
    )
    stopped = decided.after(object_to("C01", at("2024-07-10 09:00")))
    [upheld] = stopped.when(resolve(1, "upheld", at("2024-08-23 10:00")))
    assert isinstance(upheld, ObjectionResolved)
    assert upheld.decide_by == date(2024, 9, 9)
    [asked] = stopped.given(upheld).when(ask("C02", on=at("2024-09-02 10:00")))
    assert isinstance(asked, ThirdPartyAsked)
    assert asked.opinion_by == date(2024, 9, 6)
