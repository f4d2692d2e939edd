"""A case keeps its edition; what protects the law counts as it stands on the day of the decision (V32)."""

from datetime import date, datetime
from pathlib import Path

import pytest

import guidelines
from contracts.screening import Answer, EligibilityDecided, GuidelineFollowed, MayorFound
from services.screening.policies import ClauseApplies, ClauseUnanswered, ScreeningIncomplete, UnknownClause
from tests.deciding import at
from tests.screening.sample import (
    ELIGIBLE,
    MAYOR,
    about_partner,
    about_project,
    adverse,
    case,
    close,
    confirm,
    declare,
    find,
    follow,
    opened,
    screen_partner,
    screen_project,
)

PACKS = Path(__file__).parents[1] / "guidelines" / "packs"
SEPTEMBER_30 = at("2024-09-30 10:00")
OCTOBER_1 = at("2024-10-01 10:00")  # an edition with one more exclusion that protects the law is in force


@pytest.fixture(autouse=True)
def revised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENKEI_GUIDELINES", str(PACKS))


def answers(on: datetime, a5: bool | None = None) -> tuple[Answer, ...]:
    more = () if a5 is None else (Answer(clause="GL7-A5", applies=a5, evidence="労働局の公表"),)
    return (*about_partner(as_of=on.date()), *more)


def test_v32_on_the_day_before_nobody_asks_for_it() -> None:
    with pytest.raises(UnknownClause, match="GL7-A5"):
        opened.when(screen_partner(answers(SEPTEMBER_30, a5=False), SEPTEMBER_30))
    done = opened.after(screen_partner(answers(SEPTEMBER_30), SEPTEMBER_30), screen_project())
    [fact] = done.when(confirm(SEPTEMBER_30))
    assert isinstance(fact, EligibilityDecided)
    assert (fact.edition, fact.law_edition) == ("tokorozawa/2023-07", "tokorozawa/2023-07")


def test_v32_from_its_first_day_on_it_is_answered_for_running_cases_too() -> None:
    with pytest.raises(ClauseUnanswered, match="GL7-A5"):
        opened.when(screen_partner(answers(OCTOBER_1), OCTOBER_1))
    done = opened.after(screen_partner(answers(OCTOBER_1, a5=False), OCTOBER_1), screen_project())
    [fact] = done.when(confirm(OCTOBER_1))
    assert isinstance(fact, EligibilityDecided)
    assert (fact.edition, fact.law_edition) == ("tokorozawa/2023-07", "tokorozawa/2024-10")


def test_v32_screened_before_and_decided_after_it_is_missing() -> None:
    done = opened.after(screen_partner(answers(SEPTEMBER_30), SEPTEMBER_30), screen_project())
    with pytest.raises(ClauseUnanswered, match=r"tokorozawa/2024-10: GL7-A5"):
        done.when(confirm(OCTOBER_1))


def test_v32_it_excludes_and_the_decision_says_where_it_stands() -> None:
    done = opened.after(screen_partner(answers(OCTOBER_1, a5=True), OCTOBER_1), screen_project())
    with pytest.raises(ClauseApplies, match="GL7-A5"):
        done.when(confirm(OCTOBER_1))
    [fact] = done.when(declare(on=OCTOBER_1))
    assert isinstance(fact, EligibilityDecided)
    assert (fact.clauses, fact.law_edition) == (("GL7-A5",), "tokorozawa/2024-10")


def test_v08_every_clause_cited_stands_in_one_of_the_editions_named() -> None:
    project = screen_project(about_project("GL7-B1"))
    done = opened.after(screen_partner(answers(OCTOBER_1, a5=True), OCTOBER_1), project)
    [fact] = done.when(declare(on=OCTOBER_1))
    assert isinstance(fact, EligibilityDecided)
    assert fact.law_edition is not None
    known = {c.id for id_ in (fact.edition, fact.law_edition) for c in guidelines.load(id_).clauses}
    assert fact.clauses == ("GL7-B1", "GL7-A5")
    assert set(fact.clauses) <= known


def test_a_running_case_may_be_stopped_by_what_protects_the_law_of_the_day() -> None:
    with pytest.raises(UnknownClause):
        ELIGIBLE.when(adverse("GL7-A5", on=SEPTEMBER_30))
    assert len(ELIGIBLE.when(adverse("GL7-A5", on=OCTOBER_1))) == 1


NEW = guidelines.read_edition(PACKS / "tokorozawa" / "2024-10")
MIGRATE = follow(
    edition=NEW.id,
    partner_clauses=NEW.partner_clauses,
    reconsideration_days=30,
    screening_days=NEW.periods.screening,
)


def test_v32_a_migrated_case_goes_by_its_new_edition() -> None:
    [fact] = opened.when(MIGRATE)
    assert isinstance(fact, GuidelineFollowed)
    migrated = opened.given(fact)
    project = screen_project(about_project("GL7-B1"))
    [decided] = migrated.after(screen_partner(answers(SEPTEMBER_30, a5=False), SEPTEMBER_30), project).when(
        declare(on=SEPTEMBER_30)
    )
    assert isinstance(decided, EligibilityDecided)
    assert decided.edition == "tokorozawa/2024-10"
    assert decided.basis is not None
    assert decided.basis.edition == "tokorozawa/2024-10"
    assert decided.reconsider_by == date(2024, 10, 30)


def test_answers_to_another_set_of_clauses_are_given_again() -> None:
    answered = opened.after(screen_partner(answers(SEPTEMBER_30), SEPTEMBER_30), screen_project(), MIGRATE)
    with pytest.raises(ScreeningIncomplete):
        answered.when(confirm(SEPTEMBER_30))
    again = answered.after(screen_partner(answers(SEPTEMBER_30, a5=False), SEPTEMBER_30))
    assert len(again.when(confirm(SEPTEMBER_30))) == 1  # those about the project stand


def test_a_finding_stays_where_the_new_edition_leaves_the_clause_to_the_mayor_too() -> None:
    migrated = opened.after(find("GL7-A4", actor=MAYOR), MIGRATE)
    assert migrated.state.dossier is not None
    assert migrated.state.dossier.found == {"GL7-A4"}
    assert any(isinstance(fact, MayorFound) for fact in migrated.history)
    other = opened.after(find("GL7-A4"), follow(edition="tokorozawa/2024-10", mayor_clauses=("GL7-B6",)))
    assert other.state.dossier is not None
    assert other.state.dossier.found == frozenset()


def test_a_migration_is_followed_once_and_in_whatever_state_the_case_is() -> None:
    assert opened.after(MIGRATE).when(MIGRATE) == []
    assert opened.when(follow()) == []  # the edition it has
    assert len(ELIGIBLE.when(MIGRATE)) == 1
    assert ELIGIBLE.after(MIGRATE).state.status == "eligible"
    assert opened.after(close()).when(MIGRATE) == []
    assert case.when(MIGRATE) == []
