"""Themes: needs that sections want proposals for, and the questions about them.

commands    what can be asked
state       what is known, and what a fact changes
questions   asked in confidence, answered to all
deciding    which facts follow
"""

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
from services.intake.domain.theme.deciding import (
    THEME,
    BudgetContradicted,
    NoSuchSection,
    NotTheThemesSection,
    ProposalsStillRunning,
    SectionUnknown,
    ThemeAlreadyEnded,
    ThemeDatesPassed,
    ThemeDatesReversed,
    ThemeIsPublished,
    ThemeNotPublished,
    ThemeStillOpen,
    WeightsMakeNoHundred,
)
from services.intake.domain.theme.questions import (
    NoSuchQuestion,
    RepeatsAnIdea,
    RepeatsTheQuestion,
    ThemeAnswerNotDueYet,
    ThemeIsOver,
)
from services.intake.domain.theme.state import Theme, ThemeFact

__all__ = [
    "THEME",
    "AnswerThemeQuestion",
    "AskThemeQuestion",
    "BudgetContradicted",
    "CancelTheme",
    "CloseTheme",
    "ConcludeTheme",
    "DraftTheme",
    "EscalateThemeQuestion",
    "NoSuchQuestion",
    "NoSuchSection",
    "NotTheThemesSection",
    "ProposalsStillRunning",
    "PublishTheme",
    "ReadThemeQuestions",
    "RepeatsAnIdea",
    "RepeatsTheQuestion",
    "SectionUnknown",
    "Theme",
    "ThemeAlreadyEnded",
    "ThemeAnswerNotDueYet",
    "ThemeCommand",
    "ThemeDatesPassed",
    "ThemeDatesReversed",
    "ThemeFact",
    "ThemeIsOver",
    "ThemeIsPublished",
    "ThemeNotPublished",
    "ThemeStillOpen",
    "WeightsMakeNoHundred",
]
