"""One evaluation for each case: criteria locked first, nobody with a conflict, enough who score."""

from typing import Any

import pytest

from chassis.decider import NotYours, Refused
from contracts.actors import Actor
from contracts.agreements import (
    ConflictNoted,
    EvaluationOpened,
    PilotEvaluated,
    ReviewerRecused,
    ScoreSubmitted,
)
from contracts.confidential import Confidential
from services.agreements.domain.evaluation.commands import LockedCriteria
from services.agreements.domain.evaluation.criteria import (
    THEME_CRITERIA,
    CriteriaLockedBefore,
    NamedTwice,
    WeightsNotAHundred,
)
from services.agreements.domain.evaluation.opening import (
    CriteriaAreLocked,
    CriteriaNotLocked,
    CriteriaOfTheTheme,
    NotInEvaluation,
    QuorumOutOfReach,
    ReviewerIsPartial,
)
from services.agreements.domain.evaluation.scoring import (
    AlreadyEvaluated,
    EvaluationNotOpen,
    NotAReviewer,
    QuorumMissing,
    ReviewerIsRecused,
    ScoredBefore,
    ScoresIncomplete,
)
from tests.agreements.sample import (
    EVALUATED,
    LEAD,
    R1,
    R2,
    R3,
    RUNNING,
    SCORING,
    SHARED,
    STANDS_STILL,
    TO_EVALUATE,
    VERSION,
    WINDOW,
    abort,
    case,
    complete,
    conclude,
    goals,
    lock_criteria,
    name_reviewer,
    note_conflict,
    note_proposers,
    note_theme,
    open_dialogue,
    open_evaluation,
    recuse,
    score,
    share,
    skip,
)
from tests.deciding import Deciding, by


def criteria(**weights: int) -> list[dict[str, Any]]:
    return [{"name": name, "weight": weight} for name, weight in weights.items()]


def result(stream: Deciding[Any, Any, Any]) -> PilotEvaluated:
    [fact] = stream.when(conclude())
    assert isinstance(fact, PilotEvaluated)
    return fact


def test_the_office_locks_criteria_reviewers_and_quorum() -> None:
    [opened] = TO_EVALUATE.when(open_evaluation())
    assert isinstance(opened, EvaluationOpened)
    assert (opened.quorum, opened.reviewers) == (2, ("REV-01", "REV-02", "REV-03"))
    with pytest.raises(CriteriaAreLocked):
        SCORING.when(open_evaluation(min_total=0))


def test_v19_nobody_with_a_known_conflict_is_named_a_reviewer() -> None:
    known = TO_EVALUATE.after(note_conflict("REV-03"))
    with pytest.raises(ReviewerIsPartial, match="REV-03"):
        known.when(open_evaluation())
    assert known.when(open_evaluation(reviewers=["REV-01", "REV-02"]))


def test_v19_nobody_weighs_their_own_proposal() -> None:
    theirs = TO_EVALUATE.after(note_proposers("REV-03"))
    with pytest.raises(ReviewerIsPartial, match="REV-03"):
        theirs.when(open_evaluation())
    joined = SCORING.after(note_proposers("REV-03"))
    with pytest.raises(ReviewerIsRecused):
        joined.when(score(R3))
    replaced = SCORING.after(recuse("REV-03"), note_proposers("REV-05"))
    with pytest.raises(ReviewerIsPartial):
        replaced.when(name_reviewer())


def test_v19_a_conflict_that_comes_to_be_known_recuses_and_takes_back_the_score() -> None:
    scored = SCORING.after(score(R1), score(R2), score(R3))
    noted, recused = scored.when(note_conflict("REV-03"))
    assert noted == ConflictNoted(person="REV-03")
    assert isinstance(recused, ReviewerRecused)
    after = scored.given(noted, recused)
    assert result(after).scores == 2
    with pytest.raises(ReviewerIsRecused):
        after.when(score(R3))
    assert after.when(note_conflict("REV-03")) == []


def test_v19_whoever_recused_themselves_is_not_recused_again() -> None:
    assert SCORING.after(recuse("REV-03")).when(note_conflict("REV-03")) == [ConflictNoted(person="REV-03")]
    assert EVALUATED.when(note_conflict("REV-01")) == [ConflictNoted(person="REV-01")]  # concluded before
    assert SCORING.when(note_conflict("U-14")) == [ConflictNoted(person="U-14")]  # no reviewer


OF_THE_THEME = case.after(note_theme(), open_dialogue(), goals(), share(), skip())


def test_v20_proposals_to_a_theme_are_weighed_by_the_criteria_it_was_published_with() -> None:
    [opened] = OF_THE_THEME.when(open_evaluation())
    assert isinstance(opened, EvaluationOpened)
    assert (opened.theme, opened.criteria_version) == ("T-2024-01", VERSION)


@pytest.mark.parametrize(
    "changed",
    [
        {"criteria": [{"name": "課題適合性", "weight": 59}, {"name": "安全管理", "weight": 41}]},
        {"criteria": [{"name": "課題への適合", "weight": 60}, {"name": "安全管理", "weight": 40}]},
        {"criteria": [{"name": "課題適合性", "weight": 100}]},
        {"min_total": 59},
    ],
)
def test_v20_no_rival_is_weighed_by_others(changed: dict[str, Any]) -> None:
    with pytest.raises(CriteriaOfTheTheme, match="T-2024-01"):
        OF_THE_THEME.when(open_evaluation(**changed))
    assert TO_EVALUATE.when(open_evaluation(**changed))  # a free proposal is


WITHOUT = case.after(note_theme(version=None), open_dialogue(), goals(), share(), skip())
LOCKED = LockedCriteria(theme="T-2024-01", version=VERSION)


def test_v20_where_a_theme_published_no_criteria_they_are_locked_before_its_first_opening() -> None:
    with pytest.raises(CriteriaNotLocked, match="T-2024-01"):
        WITHOUT.when(open_evaluation())
    with pytest.raises(CriteriaNotLocked):  # what was locked is that of another theme
        WITHOUT.when(open_evaluation(locked=LockedCriteria(theme="T-2025-01", version=VERSION)))
    [opened] = WITHOUT.when(open_evaluation(locked=LOCKED))
    assert isinstance(opened, EvaluationOpened)
    assert (opened.theme, opened.criteria_version) == ("T-2024-01", VERSION)


def test_v20_a_second_proposal_to_the_theme_is_weighed_by_the_same() -> None:
    """Each of them is held against what was locked for the theme; and that is locked once."""
    for _rival in range(2):
        with pytest.raises(CriteriaOfTheTheme):
            WITHOUT.when(open_evaluation(locked=LOCKED, min_total=59))
    theme = Deciding(THEME_CRITERIA)
    [locked] = theme.when(lock_criteria())
    assert locked.criteria_version == VERSION
    assert theme.given(locked).when(lock_criteria()) == []
    with pytest.raises(CriteriaLockedBefore):
        theme.given(locked).when(lock_criteria(min_total=59))


def test_v20_what_is_locked_for_a_theme_holds_together() -> None:
    theme = Deciding(THEME_CRITERIA)
    with pytest.raises(WeightsNotAHundred):
        theme.when(lock_criteria(criteria=criteria(安全=60, 継続=39)))
    with pytest.raises(NamedTwice):
        theme.when(lock_criteria(criteria=criteria(安全=50) * 2))
    with pytest.raises(NotYours):
        theme.when(lock_criteria().model_copy(update={"actor": LEAD}))


def test_v20_what_was_published_with_a_theme_is_not_replaced_by_what_is_locked_later() -> None:
    other = LockedCriteria(theme="T-2024-01", version="0" * 64)
    assert OF_THE_THEME.when(open_evaluation(locked=other))


def test_a_proposal_that_turned_free_is_weighed_as_the_office_sees_fit() -> None:
    free = OF_THE_THEME.after(note_theme(None, None))
    [opened] = free.when(open_evaluation(min_total=50))
    assert isinstance(opened, EvaluationOpened)
    assert (opened.theme, opened.criteria_version) == (None, None)
    assert free.when(note_theme(None, None)) == []


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"criteria": criteria(安全=60, 継続=39)}, WeightsNotAHundred),
        ({"criteria": criteria(安全=60, 継続=41)}, WeightsNotAHundred),
        ({"criteria": criteria(安全=50) * 2}, NamedTwice),
        ({"reviewers": ["REV-01", "REV-01", "REV-02"]}, NamedTwice),
        ({"quorum": 4}, QuorumOutOfReach),
    ],
)
def test_what_is_locked_holds_together(changed: dict[str, Any], refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        TO_EVALUATE.when(open_evaluation(**changed))


def test_nothing_is_evaluated_before_the_pilot_has_ended() -> None:
    for stream in (SHARED, RUNNING):
        for command in (open_evaluation(), score(), recuse(), conclude()):
            with pytest.raises(NotInEvaluation):
                stream.when(command)


def test_nobody_scores_before_the_criteria_are_locked() -> None:
    for command in (score(), recuse(), conclude()):
        with pytest.raises(EvaluationNotOpen):
            TO_EVALUATE.when(command)


def test_a_reviewer_scores_every_criterion() -> None:
    assert SCORING.when(score(R1, 80, 75)) == [
        ScoreSubmitted(reviewer="REV-01", scores={"課題適合性": 80, "安全管理": 75})
    ]


def test_a_score_with_a_gap_or_something_else_is_none() -> None:
    gap = score().model_copy(update={"scores": {"課題適合性": 80}})
    for command in (gap, score(独自性=90)):
        with pytest.raises(ScoresIncomplete):
            SCORING.when(command)


def test_only_reviewers_score_and_once() -> None:
    with pytest.raises(NotAReviewer):
        SCORING.when(score(by("reviewer:REV-09")))
    with pytest.raises(ScoredBefore):
        SCORING.after(score(R1)).when(score(R1, 100, 100))
    with pytest.raises(NotYours):
        SCORING.when(score(LEAD))


def test_v19_a_recused_reviewer_has_no_score() -> None:
    recused = SCORING.after(recuse("REV-03"))
    with pytest.raises(ReviewerIsRecused):
        recused.when(score(R3))


def test_v19_a_score_from_before_the_conflict_was_known_counts_no_longer() -> None:
    scored = SCORING.after(score(R1, 100, 100), score(R2, 60, 60), score(R3, 80, 80))
    assert result(scored).total == 80
    without = result(scored.after(recuse("REV-01")))
    assert (without.total, without.scores) == (70, 2)


def test_v19_the_quorum_counts_the_others() -> None:
    with pytest.raises(QuorumMissing):
        SCORING.after(score(R1), score(R3), recuse("REV-03")).when(conclude())


@pytest.mark.parametrize("actor", [WINDOW, R3])
def test_a_reviewer_recuses_themselves_or_the_office_does_once(actor: Actor) -> None:
    fact = ReviewerRecused(reviewer="REV-03", reason=Confidential("配偶者が提案者の従業員"))
    assert SCORING.when(recuse("REV-03", actor)) == [fact]
    assert SCORING.given(fact).when(recuse("REV-03", actor)) == []


def test_no_reviewer_recuses_another_and_only_reviewers_are_recused() -> None:
    for command in (recuse("REV-03", R1), recuse("REV-09")):
        with pytest.raises(NotAReviewer):
            SCORING.when(command)


def test_too_few_scores_conclude_nothing() -> None:
    with pytest.raises(QuorumMissing):
        SCORING.after(score(R1)).when(conclude())


def test_the_total_is_the_mean_of_weighted_sums() -> None:
    assert result(SCORING.after(score(R1, 80, 75), score(R2, 70, 65))) == PilotEvaluated(
        pilot="unnecessary", total=73.0, min_total=60, scores=2
    )


def test_rounding_lifts_nobody_over_the_minimum() -> None:
    almost = SCORING.after(score(R1, 60, 60), score(R2, 60, 60), score(R3, 60, 59))
    assert result(almost).total == 59.86  # 59.8666…
    assert result(almost).total < result(almost).min_total


@pytest.mark.parametrize(
    ("stream", "pilot"),
    [
        (RUNNING.after(complete()), "completed"),
        (RUNNING.after(abort()), "aborted"),
        (STANDS_STILL.after(abort()), "aborted"),
        (TO_EVALUATE, "unnecessary"),
    ],
)
def test_v25_the_evaluation_says_how_the_pilot_ended(stream: Deciding[Any, Any, Any], pilot: str) -> None:
    assert result(stream.after(open_evaluation(), score(R1), score(R2))).pilot == pilot


def test_v25_there_is_exactly_one_evaluation() -> None:
    for command in (score(R3), recuse("REV-03"), conclude()):
        with pytest.raises(AlreadyEvaluated):
            EVALUATED.when(command)
    with pytest.raises(CriteriaAreLocked):
        EVALUATED.when(open_evaluation())
