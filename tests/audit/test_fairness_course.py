"""What the facts of one case say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from contracts.fact import Fact
from contracts.intake import ProposalReceived, ProposalSubmitted, Stage, StageReached
from services.audit.fairness.course import Course, course
from tests.audit.test_fairness_command import SUBMITTED

START = datetime(2024, 8, 1, tzinfo=UTC)
RECEIVED = {
    "edition": "tokorozawa/2023-07", "municipality": "112089", "received_on": "2024-08-01", "receipt_number": "R-1",
    "partner": {"name": "n"},
}  # fmt: skip


def told(city: str, earlier: tuple[str, ...] = ()) -> Course:
    facts: list[Fact] = [
        ProposalSubmitted.model_validate(SUBMITTED),
        ProposalReceived.model_validate({**RECEIVED, "earlier_cases": earlier}),
    ]
    moved = StageReached(stage=Stage.MATCHING, since=START + timedelta(days=4, hours=3))
    timed = [(fact, type(fact).__name__, START) for fact in facts]
    return course(
        "C-1", [*timed, (moved, "StageReached", moved.since), (None, "Unknown", START)], lambda _: city
    )


def test_a_proposer_of_the_city_is_local_and_others_are_not() -> None:
    assert told("所沢市").groups["locality"] == "local"
    assert told("架空みなと市").groups["locality"] == "elsewhere"


def test_who_proposed_before_is_no_first_time_proposer() -> None:
    assert told("所沢市").groups["first"] == "first"
    assert told("所沢市", ("018f0000-0000-7000-8000-000000000001",)).groups["first"] == "again"


def test_whole_days_of_a_stage_are_counted_once_it_is_left() -> None:
    assert told("所沢市").days == [(Stage.SCREENING, 4)]
