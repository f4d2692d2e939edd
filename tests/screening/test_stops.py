"""A running case is stopped by a measure or a finding, and goes on or ends when it was screened again."""

from datetime import date

import pytest

from chassis.decider import NotYours
from contracts.actors import Actor
from contracts.screening import CourseNoted, EligibilityDecided, PartnerScreened, RescreenRequired
from services.screening.domain import AlreadyDecided, CaseHasEnded, ScreeningNotOpen, StillScreened
from services.screening.policies import (
    ClauseUnanswered,
    Measure,
    MeasureInForce,
    MeasureUnknown,
    ScreeningIncomplete,
    UnknownClause,
)
from tests.deciding import at
from tests.screening.sample import (
    ELIGIBLE,
    HEAD,
    INELIGIBLE,
    OTHER_HEAD,
    SERVICE,
    SUSPENSION,
    about_partner,
    about_project,
    adverse,
    ask_again,
    case,
    close,
    confirm,
    declare,
    note,
    opened,
    revoke,
    screen_partner,
    screen_project,
    uphold,
)

NEW = Measure(
    id="BS-2024-009",
    register="bid_suspension",
    clause="GL7-A2",
    valid_from=date(2024, 8, 1),
    valid_to=date(2024, 8, 31),
)
AUGUST_1 = at("2024-08-01 09:00")
SEPTEMBER_1 = at("2024-09-01 09:00")
STOPPED = ELIGIBLE.after(adverse(measure=NEW, actor=SERVICE, on=AUGUST_1))


def test_a_measure_that_starts_stops_the_case() -> None:
    fact = STOPPED.history[-1]
    assert isinstance(fact, RescreenRequired)
    assert (fact.clause, fact.measure, fact.agreed) == ("GL7-A2", "BS-2024-009", False)


def test_v22_v35_it_is_decided_again_within_office_days_of_the_stop() -> None:
    fact = STOPPED.history[-1]
    assert isinstance(fact, RescreenRequired)
    assert fact.decide_by == date(2024, 8, 16)  # 10 office days, over 山の日 (observed on 2024-08-12)


def test_it_goes_on_where_it_was_once_the_partner_is_clear_again() -> None:
    day = SEPTEMBER_1.date()
    screened = STOPPED.after(screen_partner(about_partner(as_of=day), SEPTEMBER_1, measures=[NEW]))
    [fact] = screened.when(confirm(SEPTEMBER_1, [NEW]))
    assert isinstance(fact, EligibilityDecided)
    assert (fact.decision, fact.resumes, fact.rescreened) == ("eligible", True, True)


def test_the_first_decision_resumes_nothing() -> None:
    fact = ELIGIBLE.history[-1]
    assert isinstance(fact, EligibilityDecided)
    assert (fact.resumes, fact.rescreened) == (False, False)


def test_while_the_measure_lasts_it_does_not_go_on() -> None:
    with pytest.raises(MeasureInForce):
        STOPPED.when(screen_partner(about_partner(as_of=AUGUST_1.date()), AUGUST_1, measures=[NEW]))
    with pytest.raises(ScreeningIncomplete):
        STOPPED.when(confirm(AUGUST_1, [NEW]))


def test_it_ends_where_the_measure_excludes_the_partner() -> None:
    answers = about_partner("GL7-A2", as_of=AUGUST_1.date())
    screened = STOPPED.after(screen_partner(answers, AUGUST_1, measures=[NEW]))
    [fact] = screened.when(declare(on=AUGUST_1, measures=[NEW]))
    assert isinstance(fact, EligibilityDecided)
    assert (fact.decision, fact.clauses, fact.resumes, fact.rescreened) == (
        "ineligible", ("GL7-A2",), False, True,
    )  # fmt: skip
    assert fact.reconsider_by == date(2024, 8, 15)


def test_revoked_after_all_a_case_that_had_been_stopped_goes_on() -> None:
    answers = about_partner("GL7-A2", as_of=AUGUST_1.date())
    excluded = STOPPED.after(
        screen_partner(answers, AUGUST_1, measures=[NEW]),
        declare(on=AUGUST_1, measures=[NEW]),
        ask_again(AUGUST_1),
        revoke(),
        screen_partner(about_partner(as_of=AUGUST_1.date()), AUGUST_1),
    )
    [fact] = excluded.when(confirm(AUGUST_1))
    assert isinstance(fact, EligibilityDecided)
    assert fact.resumes


def test_the_registers_are_looked_up_anew_the_project_stays_as_it_was_answered() -> None:
    with pytest.raises(ScreeningIncomplete):
        STOPPED.when(confirm(SEPTEMBER_1))
    stopped_for_project = ELIGIBLE.after(adverse("GL7-B2"))
    screened = stopped_for_project.after(screen_partner())
    with pytest.raises(ScreeningIncomplete):
        screened.when(confirm())
    [fact] = screened.after(screen_project(about_project("GL7-B2"))).when(declare())
    assert isinstance(fact, EligibilityDecided)
    assert fact.clauses == ("GL7-B2",)


@pytest.mark.parametrize("actor", ["window:W-01:S01", "contract_section:K-01:S06"])
def test_staff_may_stop_it_with_a_reason(actor: str) -> None:
    [fact] = ELIGIBLE.when(adverse("GL7-B2", actor=Actor.parse(actor)))
    assert isinstance(fact, RescreenRequired)
    assert "指名停止" not in repr(fact)
    with pytest.raises(NotYours):
        ELIGIBLE.when(adverse("GL7-B2", actor=HEAD))


def test_a_stop_names_a_clause_of_the_edition_and_a_measure_that_is_known() -> None:
    with pytest.raises(UnknownClause):
        ELIGIBLE.when(adverse("GL7-B9"))
    unknown = adverse("GL7-A2").model_copy(update={"measure": "BS-9999"})
    with pytest.raises(MeasureUnknown):
        ELIGIBLE.when(unknown)
    with pytest.raises(MeasureUnknown):
        ELIGIBLE.when(adverse("GL7-A3", measure=NEW))


def test_what_is_being_screened_is_not_stopped() -> None:
    assert opened.when(adverse(measure=NEW, actor=SERVICE)) == []
    assert STOPPED.when(adverse(measure=SUSPENSION, actor=SERVICE)) == []
    with pytest.raises(StillScreened):
        opened.when(adverse("GL7-B2"))


def test_what_has_ended_is_not_stopped() -> None:
    ended = ELIGIBLE.after(note("not_established"))
    withdrawn = ELIGIBLE.after(close())
    for over in (ended, withdrawn, INELIGIBLE, INELIGIBLE.after(ask_again(), uphold()), case):
        assert over.when(adverse(measure=NEW, actor=SERVICE)) == []
    with pytest.raises(CaseHasEnded):
        ended.when(adverse("GL7-B2"))
    with pytest.raises(ScreeningNotOpen):
        withdrawn.when(adverse("GL7-B2"))
    with pytest.raises(AlreadyDecided):
        INELIGIBLE.when(adverse("GL7-B2"))


def test_a_case_that_ended_and_runs_again_is_stopped_again() -> None:
    again = ELIGIBLE.after(note("not_established"), note("running"))
    assert len(again.when(adverse(measure=NEW, actor=SERVICE))) == 1


def test_a_signed_case_is_told_of_and_marked_as_signed() -> None:
    [fact] = ELIGIBLE.after(note("agreed")).when(adverse(measure=NEW, actor=SERVICE))
    assert isinstance(fact, RescreenRequired)
    assert fact.agreed


def test_what_is_signed_stays_signed() -> None:
    signed = ELIGIBLE.after(note("agreed"))
    assert signed.when(note("not_established")) == []
    assert signed.when(close()) == []


def test_an_agreement_that_is_over_is_told_of_nothing_more() -> None:
    over = ELIGIBLE.after(note("agreed"), note("ended"))
    assert over.when(adverse(measure=NEW, actor=SERVICE)) == []
    assert over.when(note("agreed")) == []
    assert over.when(note("running")) == []
    assert over.when(close()) == []
    with pytest.raises(CaseHasEnded):
        over.when(screen_partner())


def test_a_withdrawal_that_met_the_signature_changes_nothing() -> None:
    [fact] = ELIGIBLE.after(close()).when(note("agreed"))
    assert fact == CourseNoted(course="agreed")
    signed = ELIGIBLE.after(close(), note("agreed"))
    assert len(signed.when(adverse(measure=NEW, actor=SERVICE))) == 1
    assert ELIGIBLE.after(close()).when(note("running")) == []


def test_a_course_is_noted_once() -> None:
    assert ELIGIBLE.when(note("running")) == []
    assert ELIGIBLE.after(note("agreed")).when(note("agreed")) == []
    assert case.when(note("agreed")) == []


def test_v09_not_clear_at_the_signature_the_case_is_stopped() -> None:
    stopped, screened = ELIGIBLE.when(screen_partner(about_partner("GL7-A2"), measures=[SUSPENSION]))
    assert isinstance(stopped, RescreenRequired)
    assert (stopped.clause, stopped.measure) == ("GL7-A2", "BS-2024-003")
    assert isinstance(screened, PartnerScreened)
    assert not screened.clear
    ended = ELIGIBLE.given(stopped, screened)
    [fact] = ended.when(declare(OTHER_HEAD, measures=[SUSPENSION]))
    assert isinstance(fact, EligibilityDecided)
    assert fact.clauses == ("GL7-A2",)


def test_clear_at_the_signature_it_goes_on() -> None:
    [screened] = ELIGIBLE.when(screen_partner())
    assert isinstance(screened, PartnerScreened)


def test_every_clause_is_answered_again() -> None:
    with pytest.raises(ClauseUnanswered):
        STOPPED.when(screen_partner(about_partner(as_of=AUGUST_1.date())[:-1], AUGUST_1))
