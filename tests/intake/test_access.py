"""Who may read an idea: the window, who works on the case, whose it is; never who is partial (V17, V19)."""

from __future__ import annotations

import pytest

from chassis.decider import NotYours
from contracts.actors import Actor, Role
from contracts.intake import AccessClosed, AccessOpened, IdeaRead
from services.intake.domain.access import (
    ACCESS,
    AdmitReviewers,
    AdmitSections,
    BarFromIdea,
    NotOnThisCase,
    Partial,
    ReadIdea,
)
from tests.deciding import Deciding, by
from tests.intake.sample import HEAD, MONDAY, PROPOSER, SERVICE, WINDOW

access = Deciding(ACCESS)
LEAD = by("section:U-1401:S14")
REVIEWER = by("reviewer:REV-01")
AT_WORK = access.given(AccessOpened(section="S14"), AccessOpened(person="REV-01"))


def read(actor: Actor, proved: bool = False) -> ReadIdea:
    return ReadIdea(actor=actor, at=MONDAY, purpose="受け入れの検討", proved=proved)


def bar(section: str | None = None, person: str | None = None) -> BarFromIdea:
    return BarFromIdea(actor=SERVICE, at=MONDAY, section=section, person=person)


def test_v17_every_reading_is_kept_with_reader_and_purpose() -> None:
    assert AT_WORK.when(read(LEAD)) == [
        IdeaRead(reader="U-1401", role=Role.SECTION, section="S14", purpose="受け入れの検討")
    ]
    assert len(AT_WORK.given(*AT_WORK.when(read(LEAD))).when(read(LEAD))) == 1


@pytest.mark.parametrize("actor", [WINDOW, HEAD, by("delegate:D-01"), by("mayor:M-01")], ids=str)
def test_the_window_and_the_mayor_read_any_case(actor: Actor) -> None:
    assert len(access.when(read(actor))) == 1


def test_a_section_reads_only_what_it_works_on() -> None:
    with pytest.raises(NotOnThisCase):
        access.when(read(LEAD))
    with pytest.raises(NotOnThisCase):
        AT_WORK.when(read(by("section:U-0701:S07")))
    with pytest.raises(NotOnThisCase):
        AT_WORK.when(read(by("section:U-1401")))
    with pytest.raises(NotOnThisCase):
        AT_WORK.given(AccessClosed(section="S14", reason="over")).when(read(LEAD))


def test_a_reviewer_reads_only_what_is_reviewed() -> None:
    assert len(AT_WORK.when(read(REVIEWER))) == 1
    with pytest.raises(NotOnThisCase):
        AT_WORK.when(read(by("reviewer:REV-02")))


def test_v16_a_proposer_reads_only_their_own() -> None:
    with pytest.raises(NotOnThisCase):
        AT_WORK.when(read(PROPOSER))
    assert len(AT_WORK.when(read(PROPOSER, proved=True))) == 1


@pytest.mark.parametrize("role", ["contract_section:K-01:S06", "finance:F-01:S03", "auditor:A-01"])
def test_nobody_else_reads_it(role: str) -> None:
    with pytest.raises(NotYours):
        AT_WORK.when(read(by(role)))


@pytest.mark.parametrize("actor", [LEAD, REVIEWER, WINDOW, HEAD, by("mayor:M-01")], ids=str)
def test_v19_a_person_with_a_conflict_reads_nothing(actor: Actor) -> None:
    barred = AT_WORK.after(bar(person=actor.id))
    with pytest.raises(Partial):
        barred.when(read(actor))


def test_v19_a_section_with_a_conflict_reads_nothing_and_is_never_let_in_again() -> None:
    barred = AT_WORK.after(bar(section="S14"))
    with pytest.raises(Partial):
        barred.when(read(LEAD))
    admit = AdmitSections(actor=SERVICE, at=MONDAY, sections=("S14", "S07"))
    assert barred.when(admit) == [AccessOpened(section="S07")]
    recused = AT_WORK.after(bar(person="REV-01"))
    assert recused.when(AdmitReviewers(actor=SERVICE, at=MONDAY, persons=("REV-01",))) == []


def test_v19_a_conflict_of_one_does_not_bar_the_others_of_the_section() -> None:
    barred = AT_WORK.after(bar(person="U-1401"))
    assert len(barred.when(read(by("section:U-1402:S14")))) == 1


def test_a_conflict_is_said_once() -> None:
    barred = AT_WORK.after(bar(section="S14"))
    assert barred.history[-1] == AccessClosed(section="S14", reason="conflict")
    assert barred.when(bar(section="S14")) == []


def test_whoever_is_let_in_takes_the_place_of_those_before() -> None:
    admit = AdmitSections(actor=SERVICE, at=MONDAY, sections=("S07",))
    assert AT_WORK.when(admit) == [
        AccessClosed(section="S14", reason="over"),
        AccessOpened(section="S07"),
    ]
    assert AT_WORK.after(admit).when(admit) == []


def test_where_nobody_is_named_nobody_is_barred() -> None:
    assert AT_WORK.when(bar()) == []
