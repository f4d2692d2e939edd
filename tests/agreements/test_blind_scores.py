"""What reviewers find out of each other's scores before the evaluation is concluded: nothing (GL5-01, V19)."""

from typing import Any

import pytest

from chassis.projections import Put
from contracts.agreements import ReviewerAbstained, ReviewerNamed
from services.agreements.domain.evaluation.opening import ReviewerIsPartial
from services.agreements.domain.evaluation.scoring import (
    AbstainedBefore,
    AlreadyEvaluated,
    NamedBefore,
    NotAReviewer,
    QuorumMissing,
    ReviewerIsRecused,
    ScoredBefore,
    StillTakesPart,
)
from services.agreements.projections.evaluations import EVALUATIONS, evaluation, takes_part
from tests.agreements.sample import (
    EVALUATED,
    R1,
    R2,
    R3,
    SCORING,
    abstain,
    ask_again,
    conclude,
    decide_on,
    name_reviewer,
    note_conflict,
    open_evaluation,
    recorded,
    recuse,
    revoke,
    score,
)
from tests.deciding import Deciding, by


class Kept:
    """The row that the facts of one case leave, as a database would answer it."""

    def __init__(self, stream: Deciding[Any, Any, Any]) -> None:
        self.doc: dict[str, Any] = {}
        for fact in stream.history:
            for change in EVALUATIONS.project(recorded(fact)):
                assert isinstance(change, Put)
                self.doc |= change.doc

    async def fetch(self, query: str, *args: Any) -> Any:
        raise AssertionError("one row is looked up")

    async def fetchrow(self, query: str, *args: Any) -> Any:
        return {"doc": self.doc} if self.doc else None


async def seen(stream: Deciding[Any, Any, Any], reader: str | None = None) -> dict[str, Any]:
    """Reviewer → status and scores, as this reader sees them."""
    found = await evaluation(Kept(stream), "C01", reader)
    assert found is not None
    return {each["reviewer"]: (each["status"], each["scores"]) for each in found["reviewers"]}


BOTH = SCORING.after(score(R1, 80, 75), score(R2, 60, 55))
OF_R1, OF_R2 = {"課題適合性": 80, "安全管理": 75}, {"課題適合性": 60, "安全管理": 55}


async def test_v19_until_it_is_concluded_a_reviewer_sees_their_own_score_alone() -> None:
    assert await seen(BOTH, "REV-01") == {
        "REV-01": ("scored", OF_R1),
        "REV-02": ("scored", None),
        "REV-03": ("waits", None),
    }
    assert await seen(BOTH) == {  # the office
        "REV-01": ("scored", None),
        "REV-02": ("scored", None),
        "REV-03": ("waits", None),
    }


async def test_once_it_is_concluded_the_scores_are_seen() -> None:
    over = BOTH.after(conclude())
    assert (await seen(over, "REV-03"))["REV-02"] == (await seen(over))["REV-02"] == ("scored", OF_R2)


async def test_v19_a_recused_reviewer_reads_nothing_and_their_score_is_gone() -> None:
    later = BOTH.after(recuse("REV-01"), score(R3, 70, 70))
    found = await evaluation(Kept(later), "C01", None)
    assert not takes_part(found, "REV-01")
    assert takes_part(found, "REV-02")
    assert not takes_part(found, "REV-09")
    assert not takes_part(None, "REV-01")
    assert (await seen(later.after(conclude())))["REV-01"] == ("recused", None)


def test_the_answer_to_a_score_and_its_record_do_not_show_it() -> None:
    [fact] = SCORING.when(score(R1, 83, 71))
    assert "83" not in repr(fact)
    assert fact.model_dump(mode="json")["scores"] == "(confidential)"


def test_a_reviewer_abstains_and_then_scores_no_more() -> None:
    away = SCORING.after(abstain(R3))
    assert away.history[-1] == ReviewerAbstained(reviewer="REV-03")
    assert away.when(abstain(R3)) == []
    with pytest.raises(AbstainedBefore):
        away.when(score(R3))
    with pytest.raises(ScoredBefore):
        SCORING.after(score(R1)).when(abstain(R1))
    with pytest.raises(ReviewerIsRecused):
        SCORING.after(recuse("REV-03")).when(abstain(R3))
    with pytest.raises(NotAReviewer):
        SCORING.when(abstain(by("reviewer:REV-09")))
    with pytest.raises(AlreadyEvaluated):
        EVALUATED.when(abstain(R3))


def test_the_quorum_counts_those_who_score() -> None:
    with pytest.raises(QuorumMissing):
        SCORING.after(score(R1), abstain(R2), abstain(R3)).when(conclude())


def test_somebody_is_named_in_the_place_of_who_takes_no_part_so_that_a_quorum_stays_within_reach() -> None:
    short = SCORING.after(score(R1), abstain(R2), recuse("REV-03"))
    named = short.after(name_reviewer("REV-05", "REV-03"))
    assert named.history[-1] == ReviewerNamed(reviewer="REV-05", in_place_of="REV-03")
    assert named.after(score(by("reviewer:REV-05"))).when(conclude())
    with pytest.raises(StillTakesPart):
        named.when(name_reviewer("REV-06", "REV-03"))  # one for each
    with pytest.raises(StillTakesPart):
        short.when(name_reviewer("REV-05", "REV-01"))
    with pytest.raises(NamedBefore):
        short.when(name_reviewer("REV-01", "REV-03"))


def test_v19_nobody_partial_is_named_in_the_place_of_another() -> None:
    short = SCORING.after(recuse("REV-03"))
    with pytest.raises(ReviewerIsPartial):
        short.after(note_conflict("REV-05")).when(name_reviewer("REV-05", "REV-03"))
    with pytest.raises(ReviewerIsPartial):
        short.after(abstain(R2)).when(name_reviewer("REV-03", "REV-02"))


def test_v19_a_conflict_of_one_who_was_named_later_recuses_them_too() -> None:
    named = SCORING.after(abstain(R2), name_reviewer("REV-05", "REV-02"))
    assert len(named.when(note_conflict("REV-05"))) == 2


async def test_a_new_evaluation_starts_with_nothing_of_the_old_one() -> None:
    """After a decision that fell (V34): who was recused is named no more, who abstained may be."""
    before = SCORING.after(
        abstain(R2), name_reviewer("REV-05", "REV-02"), recuse("REV-03"), name_reviewer("REV-06", "REV-03")
    ).after(score(R1), score(by("reviewer:REV-05")), conclude())
    fallen = before.after(decide_on("not_established"), ask_again(), revoke())
    with pytest.raises(ReviewerIsPartial):
        fallen.when(open_evaluation())
    again = fallen.after(open_evaluation(reviewers=["REV-01", "REV-02"]))
    assert await seen(again) == {"REV-01": ("waits", None), "REV-02": ("waits", None)}
