"""Themes: needs that sections want proposals for (GL4-1b), with criteria fixed before the first day (V20)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chassis.decider import NotYours, Refused
from contracts.intake import (
    ThemeCancelled,
    ThemeClosed,
    ThemeConcluded,
    ThemePublished,
    TurnedFree,
    Withdrawn,
    criteria_version,
)
from services.intake.domain.theme import (
    BudgetContradicted,
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
from services.intake.policies import NoSuchTheme
from tests.deciding import at, by
from tests.intake.sample import HEAD, RECEIVED, TO_THEME, case, turn_free
from tests.intake.sample_theme import (
    DRAFT,
    DRAFTED,
    OTHERS,
    PUBLISHED,
    VERSION,
    cancel,
    close_theme,
    conclude,
    draft,
    publish,
    theme,
)

OPEN = theme.given(DRAFTED, PUBLISHED)
CLOSED = OPEN.given(ThemeClosed())
CANCELLED = OPEN.given(ThemeCancelled(reason="中止"))
CONCLUDED = CLOSED.given(ThemeConcluded())


def test_a_section_drafts_and_drafts_again_until_it_is_published() -> None:
    assert theme.when(draft()) == [DRAFTED]
    [again] = theme.given(DRAFTED).when(draft(title="居場所"))
    assert again == DRAFTED.model_copy(update={"title": "居場所"})


def test_a_draft_belongs_to_its_section() -> None:
    with pytest.raises(SectionUnknown):
        theme.when(draft(by("section:U-1701")))
    with pytest.raises(NotTheThemesSection):
        theme.given(DRAFTED).when(draft(OTHERS))


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"criteria": DRAFT["criteria"][:2]}, WeightsMakeNoHundred),
        ({"criteria": [{"name": "質", "weight": 50}, {"name": "質", "weight": 50}]}, WeightsMakeNoHundred),
        (
            {"criteria": [{"name": "質A", "weight": 50}, {"name": "質 Ａ", "weight": 50}]},
            WeightsMakeNoHundred,
        ),
        ({"opens": date(2023, 9, 1)}, ThemeDatesReversed),
        ({"budget_yen": 1_000_000}, BudgetContradicted),
    ],
    ids=["weights", "twice", "twice in another width", "dates", "budget"],
)
def test_a_draft_is_in_order(wrong: dict[str, Any], rule: type[Refused]) -> None:
    with pytest.raises(rule):
        theme.when(draft(**wrong))


def test_a_theme_with_a_budget_may_leave_the_amount_open_and_one_without_may_say_nought() -> None:
    for fine in ({"budget": True}, {"budget": True, "budget_yen": 1_000_000}, {"budget_yen": 0}):
        assert len(theme.when(draft(**fine))) == 1


def test_the_head_of_the_window_publishes_it() -> None:
    assert theme.given(DRAFTED).when(publish()) == [PUBLISHED]
    with pytest.raises(NotYours):
        theme.given(DRAFTED).when(publish().model_copy(update={"actor": OTHERS}))
    with pytest.raises(NoSuchTheme):
        theme.when(publish())


def test_what_is_over_is_not_published() -> None:
    assert len(theme.given(DRAFTED).when(publish(at("2023-08-31 23:59")))) == 1
    with pytest.raises(ThemeDatesPassed):
        theme.given(DRAFTED).when(publish(at("2023-09-01 00:00")))


def test_v20_criteria_are_fixed_with_the_publication() -> None:
    for over in (OPEN, CLOSED, CANCELLED, CONCLUDED):
        with pytest.raises(ThemeIsPublished):
            over.when(draft(min_total=50))
        with pytest.raises(ThemeIsPublished):
            over.when(publish())


def test_v20_another_weight_or_another_least_total_is_another_version() -> None:
    [fact] = theme.given(DRAFTED).when(publish())
    assert isinstance(fact, ThemePublished)
    assert fact.criteria_version == VERSION
    weights = [(each.name, each.weight) for each in fact.criteria]
    others = [(weights[1:] + weights[:1], 60), (weights, 61), ([("課題適合性", 41), *weights[1:]], 60)]
    assert VERSION not in {criteria_version(names, total) for names, total in others}
    assert criteria_version(weights, 60.0) == VERSION


def test_it_closes_after_its_last_day() -> None:
    with pytest.raises(ThemeStillOpen):
        OPEN.when(close_theme(at("2023-08-31 23:59")))
    after = close_theme(at("2023-09-01 00:00"))
    assert OPEN.when(after) == [ThemeClosed()]
    for elsewhere in (theme, theme.given(DRAFTED), CLOSED, CANCELLED, CONCLUDED):
        assert elsewhere.when(after) == []


def test_its_section_or_the_head_of_the_window_cancels_it() -> None:
    cancelled = [ThemeCancelled(reason="予算がなくなったため")]
    for before in (OPEN, CLOSED):
        assert before.when(cancel()) == cancelled
        assert before.when(cancel(HEAD)) == cancelled
    with pytest.raises(NotTheThemesSection):
        OPEN.when(cancel(OTHERS))
    with pytest.raises(ThemeNotPublished):
        theme.given(DRAFTED).when(cancel())
    for over in (CANCELLED, CONCLUDED):
        with pytest.raises(ThemeAlreadyEnded):
            over.when(cancel())


def test_it_is_concluded_when_every_proposal_has_its_end() -> None:
    assert CLOSED.when(conclude()) == [ThemeConcluded()]
    with pytest.raises(ProposalsStillRunning):
        CLOSED.when(conclude(running=("C07", "C08")))
    with pytest.raises(NotTheThemesSection):
        CLOSED.when(conclude(OTHERS))


def test_it_is_not_concluded_before_it_closed_or_twice() -> None:
    with pytest.raises(NoSuchTheme):
        theme.when(conclude())
    with pytest.raises(ThemeNotPublished):
        theme.given(DRAFTED).when(conclude())
    with pytest.raises(ThemeStillOpen):
        OPEN.when(conclude())
    for over in (CANCELLED, CONCLUDED):
        with pytest.raises(ThemeAlreadyEnded):
            over.when(conclude())


def test_a_proposal_whose_theme_is_cancelled_turns_free_once() -> None:
    running = case.given(TO_THEME, RECEIVED)
    freed = TurnedFree(theme="T-2024-01", reason="予算がなくなったため")
    assert running.when(turn_free()) == [freed]
    assert running.given(freed).when(turn_free()) == []
    assert running.when(turn_free("T-2025-01")) == []
    assert running.given(Withdrawn()).when(turn_free()) == []
