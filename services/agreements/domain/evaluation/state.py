"""What decisions about an evaluation need to know, and how each fact changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from contracts.agreements import (
    EvaluationOpened,
    PilotEvaluated,
    ReviewerAbstained,
    ReviewerNamed,
    ReviewerRecused,
    ScoreSubmitted,
)

EvaluationFact = ScoreSubmitted | ReviewerRecused | ReviewerAbstained | ReviewerNamed | PilotEvaluated


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was locked, who scored, who takes no part, and what it came to."""

    opened: EvaluationOpened
    reviewers: frozenset[str] = frozenset()
    scores: tuple[ScoreSubmitted, ...] = ()  # those that count
    recused: frozenset[str] = frozenset()
    abstained: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()
    result: PilotEvaluated | None = None

    @property
    def to_replace(self) -> frozenset[str]:
        """Who takes no part, and in whose place nobody was named yet."""
        return (self.recused | self.abstained) - self.replaced

    def has_scored(self, reviewer: str) -> bool:
        return any(score.reviewer == reviewer for score in self.scores)


def opened(fact: EvaluationOpened) -> Evaluation:
    return Evaluation(fact, frozenset(fact.reviewers))


def evolve(evaluation: Evaluation, fact: EvaluationFact) -> Evaluation:
    match fact:
        case ScoreSubmitted():
            return replace(evaluation, scores=(*evaluation.scores, fact))
        case ReviewerRecused():
            kept = tuple(score for score in evaluation.scores if score.reviewer != fact.reviewer)
            return replace(evaluation, scores=kept, recused=evaluation.recused | {fact.reviewer})
        case ReviewerAbstained():
            return replace(evaluation, abstained=evaluation.abstained | {fact.reviewer})
        case ReviewerNamed():
            return replace(
                evaluation,
                reviewers=evaluation.reviewers | {fact.reviewer},
                replaced=evaluation.replaced | {fact.in_place_of},
            )
        case PilotEvaluated():
            return replace(evaluation, result=fact)
        case _:
            assert_never(fact)
