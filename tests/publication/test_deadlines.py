"""What becomes due (V18, V22)."""

from __future__ import annotations

from typing import Any

from chassis.deadlines import Cancel, Set
from contracts.fact import Fact
from services.publication.deadlines import due
from services.publication.domain.disclosure import Disclose, EscalateDisclosure
from tests.deciding import at
from tests.publication.sample import (
    CITIZEN,
    JULY_1,
    OPENED,
    WAITING,
    decide,
    disclose,
    object_to,
    opinion,
    recorded,
    resolve,
    withdraw,
)

SPOKEN = WAITING.after(opinion("C01", True), opinion("C02", False))
DECIDED = SPOKEN.after(decide("partial", "C01", "C02", on=at("2024-07-02 10:00")))


def of(*facts: Fact) -> dict[str, Set | None]:
    """What is set in the end, by name; None where it was called off."""
    left: dict[str, Set | None] = {}
    for fact in facts:
        for deadline in due(recorded(fact, "disclosure/D1")):
            left[deadline.name] = None if isinstance(deadline, Cancel) else deadline
    return left


def test_v22_the_decision_is_due_after_its_last_day() -> None:
    deadline: Any = of(*OPENED.history)["decision"]
    assert isinstance(deadline.command, EscalateDisclosure)
    assert deadline.due_at == at("2024-07-17 00:00")
    assert of(*DECIDED.history)["decision"] is None


def test_v18_it_is_disclosed_in_the_first_moment_of_the_day_after_the_days_between() -> None:
    deadline: Any = of(*DECIDED.history)["disclosure"]
    assert isinstance(deadline.command, Disclose)
    assert deadline.due_at == at("2024-07-17 00:00")
    assert DECIDED.when(deadline.command.model_copy(update={"at": deadline.due_at}))


def test_v18_an_objection_calls_the_disclosure_off_until_it_is_dismissed() -> None:
    stopped = DECIDED.after(object_to("C01", at("2024-07-10 09:00")))
    assert of(*stopped.history)["disclosure"] is None
    dismissed: Any = of(*stopped.after(resolve(1, "dismissed", at("2024-08-20 10:00"))).history)["disclosure"]
    assert dismissed.due_at == at("2024-09-04 00:00")
    upheld = of(*stopped.after(resolve(1, "upheld", at("2024-08-20 10:00"))).history)
    assert upheld["disclosure"] is None
    again: Any = upheld["decision"]
    assert isinstance(again.command, EscalateDisclosure)
    assert again.due_at == at("2024-09-05 00:00")


def test_a_requesters_objection_calls_nothing_off() -> None:
    going_on = DECIDED.after(object_to(None, JULY_1, CITIZEN))
    assert of(*going_on.history)["disclosure"] is not None


def test_nothing_is_due_about_what_is_over() -> None:
    for over in (DECIDED.after(withdraw()), DECIDED.after(disclose(at("2024-07-17 00:00")))):
        assert set(of(*over.history).values()) == {None}


def test_nothing_is_disclosed_by_itself_that_was_refused() -> None:
    refused = SPOKEN.after(decide("refuse", "C01", "C02", on=at("2024-07-02 10:00")))
    assert of(*refused.history)["disclosure"] is None
