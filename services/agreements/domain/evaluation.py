"""Evaluating: criteria locked first, nobody with a conflict, enough who score (GL4-4, GL5-01)."""

from __future__ import annotations

from collections.abc import Mapping

from chassis.decider import Refused
from contracts.actors import Role
from contracts.agreements import (
    ConflictNoted,
    EvaluationOpened,
    PilotEvaluated,
    ReviewerRecused,
    ScoreSubmitted,
    ThemeNoted,
)
from contracts.confidential import Confidential
from contracts.intake import criteria_version
from services.agreements.domain.commands import ConcludeEvaluation, OpenEvaluation, Recuse, SubmitScore
from services.agreements.domain.standing import stands_at
from services.agreements.domain.state import Evaluation, Partnership
from services.agreements.domain.told import NoteConflict, NoteTheme

KNOWN = "利害関係が確認されたため。"  # what a reviewer is recused for whose conflict others found


class NotInEvaluation(Refused):
    """This case is not at its evaluation; the pilot has to end, or be judged unnecessary, first."""


class CriteriaAreLocked(Refused):
    """The evaluation is open; its criteria, reviewers and quorum stand."""


class CriteriaOfTheTheme(Refused):
    """What a theme's proposals are weighed by was published with it; take its criteria, weights and least total."""


class ReviewerIsPartial(Refused):
    """Somebody named here has a conflict of interest in this case; name other reviewers."""


class EvaluationNotOpen(Refused):
    """The evaluation is not open yet; the office has to lock its criteria first."""


class AlreadyEvaluated(Refused):
    """This case has been evaluated, and is evaluated once only."""


class NamedTwice(Refused):
    """Name each criterion and each reviewer once."""


class WeightsNotAHundred(Refused):
    """The weights of all criteria add up to 100; correct them."""


class QuorumOutOfReach(Refused):
    """There are fewer reviewers than the quorum asks for; name more, or lower it."""


class NotAReviewer(Refused):
    """This person is not a reviewer of this case, or not you."""


class ReviewerIsRecused(Refused):
    """You are recused from this case for a conflict of interest; you take no part in it."""


class ScoredBefore(Refused):
    """You have scored this case; a score stands."""


class ScoresIncomplete(Refused):
    """Score every criterion of this evaluation, and no other."""


class QuorumMissing(Refused):
    """Too few reviewers have scored; wait for more."""


def open_(command: OpenEvaluation, state: Partnership) -> list[EvaluationOpened]:
    """V20: what is locked here holds for every score, and is what the theme was published with."""
    stands_at(state, "evaluation", otherwise=NotInEvaluation)
    if state.evaluation is not None:
        raise CriteriaAreLocked()
    names = [criterion.name for criterion in command.criteria]
    for named in (names, command.reviewers):
        if len(set(named)) < len(named):
            raise NamedTwice()
    if (total := sum(criterion.weight for criterion in command.criteria)) != 100:
        raise WeightsNotAHundred(f"They add up to {total}.")
    if command.quorum > len(command.reviewers):
        raise QuorumOutOfReach()
    if partial := sorted(state.partial & set(command.reviewers)):
        raise ReviewerIsPartial(f"It is {', '.join(partial)}.")
    version = criteria_version(((each.name, each.weight) for each in command.criteria), command.min_total)
    if state.theme.criteria_version not in (None, version):
        raise CriteriaOfTheTheme(f"It is {state.theme.theme}.")
    return [
        EvaluationOpened(
            criteria=command.criteria,
            min_total=command.min_total,
            reviewers=command.reviewers,
            quorum=command.quorum,
            theme=state.theme.theme,
            criteria_version=state.theme.criteria_version,
        )
    ]


def note_theme(command: NoteTheme, state: Partnership) -> list[ThemeNoted]:
    """Told with the acceptance, and again where the theme is cancelled and its proposals turn free."""
    told = ThemeNoted(theme=command.theme, criteria_version=command.criteria_version)
    return [] if told == state.theme else [told]


def note_conflict(command: NoteConflict, state: Partnership) -> list[ConflictNoted | ReviewerRecused]:
    """V19: nobody partial is named; whoever was named before it was known takes no part from here on."""
    if command.person in state.partial:
        return []
    noted = ConflictNoted(person=command.person)
    evaluation = state.evaluation
    if evaluation is None or evaluation.result is not None or command.person in evaluation.recused:
        return [noted]
    if command.person not in evaluation.opened.reviewers:
        return [noted]
    return [noted, ReviewerRecused(reviewer=command.person, reason=Confidential(KNOWN))]


def score(command: SubmitScore, state: Partnership) -> list[ScoreSubmitted]:
    """V19: a recused reviewer has no score."""
    evaluation = _open(state)
    reviewer = command.actor.id
    if reviewer not in evaluation.opened.reviewers:
        raise NotAReviewer()
    if reviewer in evaluation.recused:
        raise ReviewerIsRecused()
    if any(each.reviewer == reviewer for each in evaluation.scores):
        raise ScoredBefore()
    if command.scores.keys() != {criterion.name for criterion in evaluation.opened.criteria}:
        raise ScoresIncomplete()
    scores = Confidential[Mapping[str, int]](command.scores)
    return [ScoreSubmitted(reviewer=reviewer, scores=scores, comment=command.comment)]


def recuse(command: Recuse, state: Partnership) -> list[ReviewerRecused]:
    """V19: with a conflict no part; a score from before it was known counts no longer."""
    evaluation = _open(state)
    for_another = command.actor.role == Role.REVIEWER and command.actor.id != command.reviewer
    if for_another or command.reviewer not in evaluation.opened.reviewers:
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
