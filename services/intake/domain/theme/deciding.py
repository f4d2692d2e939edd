"""A theme: a need that a section wants proposals for; drafted, published, closed, cancelled or concluded (GL4-1b).

Pure: no I/O, no clock, no new ids. What proposals are weighed by is fixed before the first day for them (V20).
"""

from __future__ import annotations

from typing import assert_never

from chassis.decider import Decider, NotYours, Refused
from contracts.actors import Actor, Role
from contracts.days import day
from contracts.intake import (
    ThemeCancelled,
    ThemeClosed,
    ThemeConcluded,
    ThemeDrafted,
    ThemePublished,
    criteria_version,
)
from contracts.text import folded
from services.intake.domain.theme import questions
from services.intake.domain.theme.commands import (
    AnswerThemeQuestion,
    AskThemeQuestion,
    CancelTheme,
    CloseTheme,
    ConcludeTheme,
    DraftTheme,
    EscalateThemeQuestion,
    PublishTheme,
    ReadThemeQuestions,
    ThemeCommand,
)
from services.intake.domain.theme.state import Theme, ThemeFact, evolve
from services.intake.policies import NoSuchTheme


class NotTheThemesSection(NotYours):
    """Only the section that drafted this theme, or the window, may do this."""


class SectionUnknown(NotYours):
    """A theme belongs to a section; say which one you act for: section:id:S17."""


class ThemeIsPublished(Refused):
    """This theme is published; what it says, asks and weighs stays as it is (V20)."""


class WeightsMakeNoHundred(Refused):
    """The weights of the criteria make a hundred together, each criterion named once."""


class ThemeDatesReversed(Refused):
    """The last day for proposals lies before the first one; correct the days."""


class ThemeDatesPassed(Refused):
    """The last day for proposals is over already; draft the theme anew with later days."""


class BudgetContradicted(Refused):
    """A theme without a budget names no amount; say that there is one, or leave the amount out."""


class NoSuchSection(Refused):
    """The section of this theme stands in no edition in force, so nobody could take its proposals on."""


class ThemeNotPublished(Refused):
    """This theme is not published yet."""


class ThemeStillOpen(Refused):
    """The theme takes proposals until the end of its last day."""


class ThemeAlreadyEnded(Refused):
    """This theme is cancelled or concluded."""


class ProposalsStillRunning(Refused):
    """Proposals to this theme are still on their way; conclude it when each has its end or its agreement."""


def decide(command: ThemeCommand, state: Theme) -> list[ThemeFact]:
    match command:
        case DraftTheme():
            return [_drafted(command, state)]
        case PublishTheme():
            return [_published(command, state)]
        case CloseTheme():
            draft = state.draft
            if state.status != "open" or draft is None:
                return []
            if day(command.at) <= draft.closes:
                raise ThemeStillOpen(f"Its last day is {draft.closes}.")
            return [ThemeClosed()]
        case CancelTheme():
            _is_theirs(command.actor, _written(state))
            if state.status == "draft":
                raise ThemeNotPublished()
            if state.status not in ("open", "closed"):
                raise ThemeAlreadyEnded()
            return [ThemeCancelled(reason=command.reason)]
        case ConcludeTheme():
            _is_theirs(command.actor, _written(state))
            _may_be_concluded(command, state)
            return [ThemeConcluded()]
        case AskThemeQuestion():
            return [*questions.ask(command, state)]
        case ReadThemeQuestions():
            _is_theirs(command.actor, _written(state))
            return [*questions.read(command)]
        case AnswerThemeQuestion():
            _is_theirs(command.actor, _written(state))
            return [*questions.answer(command, state)]
        case EscalateThemeQuestion():
            return [*questions.escalate(command, state)]
        case _:
            assert_never(command)


def _drafted(command: DraftTheme, state: Theme) -> ThemeDrafted:
    if command.actor.section is None:
        raise SectionUnknown()
    if state.draft is not None:
        _is_theirs(command.actor, state.draft)
    if state.status not in ("new", "draft"):
        raise ThemeIsPublished()
    if command.closes_on < command.opens_on:
        raise ThemeDatesReversed()
    names = [folded(criterion.name) for criterion in command.criteria]
    if sum(criterion.weight for criterion in command.criteria) != 100 or len(set(names)) < len(names):
        raise WeightsMakeNoHundred()
    if not command.budget and command.budget_yen:
        raise BudgetContradicted()
    return ThemeDrafted(
        section=command.actor.section,
        title=command.title,
        issue=command.issue,
        criteria=command.criteria,
        min_total=command.min_total,
        budget=command.budget,
        budget_yen=command.budget_yen,
        opens=command.opens_on,
        closes=command.closes_on,
    )


def _published(command: PublishTheme, state: Theme) -> ThemePublished:
    draft = _written(state)
    if state.status != "draft":
        raise ThemeIsPublished()
    if draft.closes < day(command.at):
        raise ThemeDatesPassed(f"It is {draft.closes}.")
    if not command.section_known:
        raise NoSuchSection(f"It is {draft.section}.")
    return ThemePublished(
        section=draft.section,
        title=draft.title,
        criteria=draft.criteria,
        min_total=draft.min_total,
        criteria_version=criteria_version(((c.name, c.weight) for c in draft.criteria), draft.min_total),
        opens=draft.opens,
        closes=draft.closes,
        published_on=day(command.at),
    )


def _written(state: Theme) -> ThemeDrafted:
    if state.draft is None:
        raise NoSuchTheme()
    return state.draft


def _is_theirs(actor: Actor, draft: ThemeDrafted) -> None:
    """A section decides about its own themes; the window about all."""
    if actor.role == Role.SECTION and actor.section != draft.section:
        raise NotTheThemesSection(f"It is {draft.section}.")


def _may_be_concluded(command: ConcludeTheme, state: Theme) -> None:
    match state.status:
        case "draft":
            raise ThemeNotPublished()
        case "open":
            raise ThemeStillOpen()
        case "closed":
            if command.running:
                raise ProposalsStillRunning(
                    f"{len(command.running)} of them: {', '.join(command.running[:5])}."
                )
        case _:
            raise ThemeAlreadyEnded()


THEME: Decider[ThemeCommand, Theme, ThemeFact] = Decider(
    "theme",
    (
        DraftTheme,
        PublishTheme,
        CloseTheme,
        CancelTheme,
        ConcludeTheme,
        AskThemeQuestion,
        ReadThemeQuestions,
        AnswerThemeQuestion,
        EscalateThemeQuestion,
    ),
    Theme(),
    decide,
    evolve,
)
