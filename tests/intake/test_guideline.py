"""Which edition superseded which: as the packs have it, by the mayor, and what becomes of running cases (V32)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from chassis.deadlines import Set
from chassis.decider import NotYours
from contracts.actors import Actor
from contracts.days import end_of
from contracts.intake import ClauseRevised, EditionTookEffect, GuidelineMigrated, GuidelineRevised, Stage
from guidelines import diff, packs, release
from services.intake import law
from services.intake.consumers import follow_revision
from services.intake.deadlines import due
from services.intake.domain import FollowRevision
from services.intake.domain.guideline import (
    GUIDELINE,
    EditionUnknown,
    EffectiveOnAnotherDay,
    GuidelineOfAnotherCity,
    KnownRevision,
    NotItsPredecessor,
    ReviseGuideline,
    RunningCasesOtherwise,
    TakeEffect,
)
from tests.deciding import Deciding, at, by
from tests.intake.sample import MONDAY, RECEIVED, SUBMITTED, case, reached, recorded

PACKS = Path(__file__).parents[1] / "guidelines" / "packs"
OLD, NEW, CITY = "tokorozawa/2023-07", "tokorozawa/2024-10", "112089"
MAYOR, SERVICE, TIMER = by("mayor:M-01"), by("service:intake"), by("timer:intake")
REASON = "労働関係法令の遵守を要件に加えるため。"
guideline = Deciding(GUIDELINE)


@pytest.fixture(scope="module", autouse=True)
def second_edition() -> Iterator[None]:
    """The packs of the tests beside those of the city."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RENKEI_GUIDELINES", str(PACKS))
        yield


@pytest.fixture
def known() -> KnownRevision:
    found = law.revision(NEW)
    assert found is not None
    return found


def revise(known: KnownRevision | None, actor: Actor = MAYOR, **changed: Any) -> ReviseGuideline:
    fields = {
        "edition": NEW,
        "supersedes": OLD,
        "effective_on": date(2024, 10, 1),
        "reason": REASON,
        "municipality": CITY,
        "guideline": CITY,
        "known": known,
    }
    return ReviseGuideline.model_validate({"actor": actor, "at": at("2024-08-01 10:00"), **fields, **changed})


def take_effect(on: str = "2024-10-01 00:00", edition: str = NEW) -> TakeEffect:
    return TakeEffect(actor=TIMER, at=at(on), edition=edition)


def test_v32_a_revision_says_the_day_the_clauses_that_differ_and_what_becomes_of_running_cases(
    known: KnownRevision,
) -> None:
    [revised] = guideline.when(revise(known))
    assert isinstance(revised, GuidelineRevised)
    assert (revised.edition, revised.supersedes) == (NEW, OLD)
    assert (revised.effective_on, revised.running_cases) == (date(2024, 10, 1), "keep")
    there = packs.find(packs.roots())
    changes = diff.compare(there[OLD], there[NEW])
    assert revised.diff == diff.digest(changes)
    assert revised.differences == len(changes)
    assert ClauseRevised(clause="GL7-A5", kind="added") in revised.clauses
    assert {each.clause for each in revised.clauses} == {
        change.what for change in changes if change.part in ("clauses", "requirements")
    }
    assert revised.digest == release.digest(there[NEW])


def test_only_the_mayor_or_a_delegate_revises_the_guideline(known: KnownRevision) -> None:
    assert guideline.when(revise(known, by("delegate:D-01")))
    for actor in ("window_head:H-01:S01", "window:W-01:S01", "proposer:P-01"):
        with pytest.raises(NotYours):
            guideline.when(revise(known, by(actor)))


def test_an_edition_that_is_not_there_is_not_revised_to() -> None:
    assert law.revision("tokorozawa/2099-04") is None
    with pytest.raises(EditionUnknown, match="2099-04"):
        guideline.when(revise(None, edition="tokorozawa/2099-04"))


@pytest.mark.parametrize(
    ("changed", "refusal", "said"),
    [
        ({"effective_on": date(2024, 10, 2)}, EffectiveOnAnotherDay, "2024-10-01"),
        ({"supersedes": "tokorozawa/2022-04"}, NotItsPredecessor, OLD),
        ({"running_cases": "migrate"}, RunningCasesOtherwise, "keep"),
        ({"guideline": "999999"}, GuidelineOfAnotherCity, CITY),
    ],
)
def test_v32_the_log_and_the_packs_never_say_two_things(
    known: KnownRevision, changed: dict[str, Any], refusal: type[Exception], said: str
) -> None:
    with pytest.raises(refusal, match=said):
        guideline.when(revise(known, **changed))


def test_an_edition_of_another_city_is_not_revised_to_here() -> None:
    other = law.revision("kakuu-minato/2024-04")
    assert other is not None
    assert other.supersedes is None, "it is the first of its city"
    with pytest.raises(GuidelineOfAnotherCity):
        guideline.when(revise(other, edition="kakuu-minato/2024-04"))
    first = law.revision(OLD)
    with pytest.raises(NotItsPredecessor, match="none"):
        guideline.when(revise(first, edition=OLD, effective_on=date(2023, 7, 1)))


def test_what_is_decided_twice_is_decided_once(known: KnownRevision) -> None:
    assert guideline.after(revise(known)).when(revise(known)) == []


def test_an_edition_takes_effect_on_its_first_day_and_the_one_before_is_superseded(
    known: KnownRevision,
) -> None:
    revised = guideline.after(revise(known))
    assert revised.when(take_effect("2024-09-30 23:59")) == []
    [in_effect] = revised.when(take_effect())
    assert in_effect == EditionTookEffect(edition=NEW, supersedes=OLD, running_cases="keep", reason=REASON)
    assert revised.given(in_effect).when(take_effect()) == []
    assert guideline.when(take_effect()) == []


def test_its_first_day_is_a_deadline_also_when_it_is_recorded_late(known: KnownRevision) -> None:
    [revised] = guideline.when(revise(known))
    begins = end_of(date(2024, 9, 30))
    command = TakeEffect(actor=TIMER, at=begins, edition=NEW)
    assert due(recorded(revised, "guideline", CITY)) == [Set(f"effect-{NEW}", begins, command)]


class Cases:
    """The read model `cases`."""

    async def fetch(self, query: str, *args: Any) -> list[dict[str, Any]]:
        assert args == (NEW,)
        under = {"C01": "screening", "C02": "reconsideration", "C03": "agreed", "C04": "not_established"}
        return [{"key": key, "doc": {"status": status, "edition": OLD}} for key, status in under.items()]


async def told_to(rule: str) -> list[tuple[str, Any]]:
    fact = EditionTookEffect.model_validate(
        {"edition": NEW, "supersedes": OLD, "running_cases": rule, "reason": REASON}
    )
    return list(await follow_revision(cast(Any, Cases()), recorded(fact, "guideline", CITY), MONDAY))


async def test_v32_running_cases_stay_where_the_edition_says_keep() -> None:
    assert await told_to("keep") == []


async def test_v32_running_cases_go_with_the_edition_that_says_migrate_and_what_is_over_stays() -> None:
    following = await told_to("migrate")
    assert [id_ for id_, _ in following] == ["C01", "C02"]
    assert {(command.edition, command.reason) for _, command in following} == {(NEW, REASON)}


def test_v32_each_case_that_goes_along_has_a_migration_with_its_reason() -> None:
    follow = FollowRevision(actor=SERVICE, at=MONDAY, edition=NEW, reason=REASON)
    received = case.given(SUBMITTED, RECEIVED)
    [migrated] = received.when(follow)
    assert migrated == GuidelineMigrated(from_edition=OLD, to_edition=NEW, reason=REASON)
    assert received.given(migrated).when(follow) == []
    assert case.given(SUBMITTED).when(follow) == [], "bound at its acceptance"
    for over in (Stage.AGREED, Stage.NOT_ESTABLISHED, Stage.INELIGIBLE):
        assert received.given(reached(over)).when(follow) == []
    assert received.given(reached(Stage.RECONSIDERATION)).when(follow)


def test_v32_what_binds_on_a_day_follows_from_the_packs_though_nobody_recorded_the_revision() -> None:
    before, after = law.on(CITY, date(2024, 9, 30)), law.on(CITY, date(2024, 10, 1))
    assert before is not None
    assert after is not None
    assert (before.id, after.id) == (OLD, NEW)
