"""Opening an evaluation: what is locked then holds for every score, and for every rival (GL5-01, V19, V20)."""

from __future__ import annotations

from chassis.decider import Refused
from contracts.agreements import EvaluationOpened, ThemeNoted
from contracts.text import Digest
from services.agreements.domain.evaluation.commands import OpenEvaluation
from services.agreements.domain.evaluation.criteria import each_once, version_of
from services.agreements.domain.standing import stands_at
from services.agreements.domain.state import Partnership
from services.agreements.domain.told import NoteTheme


class NotInEvaluation(Refused):
    """This case is not at its evaluation; the pilot has to end, or be judged unnecessary, first."""


class CriteriaAreLocked(Refused):
    """The evaluation is open; its criteria, reviewers and quorum stand."""


class CriteriaOfTheTheme(Refused):
    """All proposals to a theme are weighed by what was published with it, or locked for it; take its criteria, weights
    and least total."""


class CriteriaNotLocked(Refused):
    """This theme published no criteria; lock those of all its proposals before the first of them is opened."""


class ReviewerIsPartial(Refused):
    """Somebody named here has a conflict of interest in this case; name other reviewers."""


class QuorumOutOfReach(Refused):
    """There are fewer reviewers than the quorum asks for; name more, or lower it."""


def open_(command: OpenEvaluation, state: Partnership) -> list[EvaluationOpened]:
    """V20: what is locked here holds for every score, and is what holds for the theme."""
    stands_at(state, "evaluation", otherwise=NotInEvaluation)
    if state.evaluation is not None:
        raise CriteriaAreLocked()
    version = version_of(command.criteria, command.min_total)
    each_once(command.reviewers)
    if command.quorum > len(command.reviewers):
        raise QuorumOutOfReach()
    nobody_partial(state, *command.reviewers)
    if state.theme.theme is not None and version != _of_theme(command, state.theme):
        raise CriteriaOfTheTheme(f"It is {state.theme.theme}.")
    return [
        EvaluationOpened(
            criteria=command.criteria,
            min_total=command.min_total,
            reviewers=command.reviewers,
            quorum=command.quorum,
            theme=state.theme.theme,
            criteria_version=version if state.theme.theme else None,
        )
    ]


def nobody_partial(state: Partnership, *reviewers: str) -> None:
    """V19: by what is known, by their own word in an evaluation of this case before, or as those who propose it."""
    if partial := sorted((state.partial | state.recused).union(state.proposers) & set(reviewers)):
        raise ReviewerIsPartial(f"It is {', '.join(partial)}.")


def _of_theme(command: OpenEvaluation, theme: ThemeNoted) -> Digest:
    """V20: fixed before the first of its proposals is opened, with the theme or for it."""
    if theme.criteria_version is not None:
        return theme.criteria_version
    if command.locked is None or command.locked.theme != theme.theme:
        raise CriteriaNotLocked(f"It is {theme.theme}.")
    return command.locked.version


def note_theme(command: NoteTheme, state: Partnership) -> list[ThemeNoted]:
    """Told with the acceptance, and again where the theme is cancelled and its proposals turn free."""
    told = ThemeNoted(theme=command.theme, criteria_version=command.criteria_version)
    return [] if told == state.theme else [told]
