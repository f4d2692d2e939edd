"""Whoever has to answer has until the end of a day, and it is said when that has passed (V22, V35)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chassis.deadlines import Cancel, Set
from contracts.fact import Fact
from contracts.matching import DecisionUpheld, MatchingResumed, NoMatchConcluded, ReconsiderationRequested
from services.matching.deadlines import due
from services.matching.domain import BeginInterest, Escalate
from tests.deciding import at
from tests.matching.hall import Hall, eligible, received
from tests.matching.sample import (
    NOT_DONE,
    NOTED,
    OPENED,
    PROPOSED,
    RANKED,
    REPLY_BY,
    S14,
    TIMER,
    case,
    decline,
    matched,
    note_partner,
    offered,
    open_matching,
    rank,
    suspend,
    to_office,
)
from tests.matching.sample import recorded as told
from tests.matching.test_interest import RECORDED

ANSWER = Set("answer", at("2023-09-20 00:00"), Escalate(actor=TIMER, at=at("2023-09-20 00:00"), due=REPLY_BY))


@pytest.mark.parametrize(
    "fact",
    [
        PROPOSED,
        offered("S12"),
        to_office("none_fits"),
        OPENED,
        MatchingResumed(respond_by=REPLY_BY),
        ReconsiderationRequested(grounds=NOT_DONE, decide_by=REPLY_BY),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_v22_whatever_waits_for_an_answer_has_a_deadline(fact: Fact) -> None:
    assert due(told(fact)) == [ANSWER]


CONCLUDED: dict[str, Any] = {"reasons": "引き受ける課がない", "candidates": [], "declined": []}


@pytest.mark.parametrize(
    "fact",
    [
        matched("S14"),
        NoMatchConcluded.model_validate(CONCLUDED),
        DecisionUpheld(reasons=NOT_DONE),
        *case.after(open_matching(), suspend()).history[-1:],
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_what_is_answered_or_stopped_is_due_no_more(fact: Fact) -> None:
    assert due(told(fact)) == [Cancel("answer")]


@pytest.mark.parametrize("fact", [RANKED, NOTED, MatchingResumed()], ids=lambda fact: type(fact).__name__)
def test_what_asks_nobody_has_no_deadline(fact: Fact) -> None:
    assert due(told(fact)) == []


def test_v19_an_interest_recorded_ahead_begins_on_its_day() -> None:
    [begins] = due(told(RECORDED, "interest", "I-1"))
    first = at("2023-09-05 00:00")
    assert begins == Set("begin", first, BeginInterest(actor=TIMER, at=first))
    today = RECORDED.model_copy(update={"valid_from": date(2023, 9, 4)})
    assert due(told(today, "interest", "I-1")) == []


async def test_v22_the_office_is_reminded_too(hall: Hall) -> None:
    await hall.do(("C01", rank(none_fits=True)), ("C02", note_partner()))
    await hall.hear(eligible(), "C01")
    await hall.hear(eligible(), "C02")  # never ranked
    assert await hall.issue(at("2023-09-20 00:00")) == 2
    waiting = (await hall.get("for-office")).json()
    assert {(each["case"], each["overdue"]) for each in waiting} == {("C01", True), ("C02", True)}


async def test_v22_each_offer_has_its_own_day(hall: Hall) -> None:
    await hall.hear(received())
    await hall.hear(eligible())
    await hall.do(("C01", decline(S14, on=at("2023-09-19 10:00"))))
    assert await hall.issue(at("2023-09-20 00:00")) == 0
    assert await hall.issue(at("2023-10-04 00:00")) == 1
