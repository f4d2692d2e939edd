"""Scoring: nobody with a conflict, blind until it is concluded, enough who score (GL4-4, GL5-01, V19, V25)."""

from __future__ import annotations

from collections.abc import Mapping

from chassis.decider import Refused
from contracts.actors import Role
from contracts.agreements import (
    ConflictNoted,
    PilotEvaluated,
    ReviewerAbstained,
    ReviewerNamed,
    ReviewerRecused,
    ScoreSubmitted,
)
from contracts.confidential import Confidential
from services.agreements.domain.evaluation.commands import (
    Abstain,
    ConcludeEvaluation,
    NameReviewer,
    Recuse,
    SubmitScore,
)
from services.agreements.domain.evaluation.opening import NotInEvaluation, nobody_partial
from services.agreements.domain.evaluation.state import Evaluation
from services.agreements.domain.standing import stands_at
from services.agreements.domain.state import Partnership
from services.agreements.domain.told import NoteConflict

KNOWN = "利害関係が確認されたため。"  # what a reviewer is recused for whose conflict others found


class EvaluationNotOpen(Refused):
    """The evaluation is not open yet; the office has to lock its criteria first."""


class AlreadyEvaluated(Refused):
    """This case has been evaluated, and is evaluated once only."""


class NotAReviewer(Refused):
    """This person is not a reviewer of this case, or not you."""


class ReviewerIsRecused(Refused):
    """You are recused from this case for a conflict of interest; you take no part in it."""


class ScoredBefore(Refused):
    """You have scored this case; a score stands."""


class AbstainedBefore(Refused):
    """You abstain from this case; that stands, as a score does."""


class StillTakesPart(Refused):
    """A reviewer is named in the place of one who is recused or abstains; this one does neither, or was replaced."""


class NamedBefore(Refused):
    """This person is a reviewer of this case already; name somebody else."""


class ScoresIncomplete(Refused):
    """Score every criterion of this evaluation, and no other."""


class QuorumMissing(Refused):
    """Too few reviewers have scored; wait for more."""


def note_conflict(command: NoteConflict, state: Partnership) -> list[ConflictNoted | ReviewerRecused]:
    """V19: nobody partial is named; whoever was named before it was known takes no part from here on."""
    if command.person in state.partial:
        return []
    noted = ConflictNoted(person=command.person)
    evaluation = state.evaluation
    if evaluation is None or evaluation.result is not None or command.person in evaluation.recused:
        return [noted]
    if command.person not in evaluation.reviewers:
        return [noted]
    return [noted, ReviewerRecused(reviewer=command.person, reason=Confidential(KNOWN))]


def score(command: SubmitScore, state: Partnership) -> list[ScoreSubmitted]:
    """V19: a recused reviewer has no score, nor has one who joined the proposal since."""
    evaluation = _open(state)
    reviewer = command.actor.id
    if reviewer not in evaluation.reviewers:
        raise NotAReviewer()
    if reviewer in evaluation.recused or reviewer in state.proposers:
        raise ReviewerIsRecused()
    if reviewer in evaluation.abstained:
        raise AbstainedBefore()
    if evaluation.has_scored(reviewer):
        raise ScoredBefore()
    if command.scores.keys() != {criterion.name for criterion in evaluation.opened.criteria}:
        raise ScoresIncomplete()
    scores = Confidential[Mapping[str, int]](command.scores)
    return [ScoreSubmitted(reviewer=reviewer, scores=scores, comment=command.comment)]


def abstain(command: Abstain, state: Partnership) -> list[ReviewerAbstained]:
    """Final, like a score; the quorum counts those who score."""
    evaluation = _open(state)
    reviewer = command.actor.id
    if reviewer not in evaluation.reviewers:
        raise NotAReviewer()
    if reviewer in evaluation.recused:
        raise ReviewerIsRecused()
    if evaluation.has_scored(reviewer):
        raise ScoredBefore()
    if reviewer in evaluation.abstained:
        return []
    return [ReviewerAbstained(reviewer=reviewer, reason=command.reason)]


def name_reviewer(command: NameReviewer, state: Partnership) -> list[ReviewerNamed]:
    """So that a quorum stays within reach; for each who takes no part, one."""
    evaluation = _open(state)
    if command.in_place_of not in evaluation.to_replace:
        raise StillTakesPart()
    nobody_partial(state, command.reviewer)
    if command.reviewer in evaluation.reviewers:
        raise NamedBefore()
    return [ReviewerNamed(reviewer=command.reviewer, in_place_of=command.in_place_of)]


def recuse(command: Recuse, state: Partnership) -> list[ReviewerRecused]:
    """V19: with a conflict no part; a score from before it was known counts no longer."""
    evaluation = _open(state)
    for_another = command.actor.role == Role.REVIEWER and command.actor.id != command.reviewer
    if for_another or command.reviewer not in evaluation.reviewers:
        raise NotAReviewer()
    if command.reviewer in evaluation.recused:
        return []
    return [ReviewerRecused(reviewer=command.reviewer, reason=command.reason)]


def conclude(command: ConcludeEvaluation, state: Partnership) -> list[PilotEvaluated]:
    """V25: whatever became of the pilot, one evaluation."""
    evaluation = _open(state)
    scored, quorum = len(evaluation.scores), evaluation.opened.quorum
    if scored < quorum:
        raise QuorumMissing(f"{scored} of {quorum}.")
    assert state.pilot.end is not None, "the end of the pilot leads to the evaluation"
    return [
        PilotEvaluated(
            pilot=state.pilot.end,
            total=total(evaluation),
            min_total=evaluation.opened.min_total,
            scores=scored,
        )
    ]


def total(evaluation: Evaluation) -> float:
    """Mean over the reviewers of their weighted sums, 0 to 100, rounded down to hundredths."""
    hundredths = sum(
        criterion.weight * scores[criterion.name]
        for scores in (score.scores.reveal() for score in evaluation.scores)
        for criterion in evaluation.opened.criteria
    )
    return hundredths // len(evaluation.scores) / 100


def _open(state: Partnership) -> Evaluation:
    """The evaluation, between its opening and its conclusion."""
    stands_at(state, "evaluation", otherwise=NotInEvaluation)
    if state.evaluation is None:
        raise EvaluationNotOpen()
    if state.evaluation.result is not None:
        raise AlreadyEvaluated()
    return state.evaluation
