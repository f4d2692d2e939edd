"""Asking the window before anything is proposed (GL2-1)."""

from datetime import date

import pytest
from pydantic import ValidationError

from chassis.decider import NotYours
from contracts.intake import (
    ConsultationAnswered,
    ConsultationClosed,
    ConsultationReferred,
    EscalationRaised,
    IdeaRead,
)
from services.intake.domain.consultation import (
    AnsweredBefore,
    AnswerNotDueYet,
    ConsultationIsOver,
    ConsultationOpenedBefore,
    NoSuchConsultation,
    NotAnsweredYet,
    NotYoursToAnswer,
    NotYoursToRead,
    SectionMissing,
    SectionNotOfTheEdition,
)
from services.intake.policies import ChannelNeedsProposer, ChannelNeedsStaff
from tests.deciding import at, by
from tests.intake.sample import PROPOSER, WINDOW
from tests.intake.sample_consultation import (
    ANSWER_BY,
    ANSWERED,
    OPENED,
    QUESTION_TEXT,
    SECTION,
    answer,
    ask,
    close,
    consultation,
    convert,
    escalate_answer,
    read_it,
    refer,
)

OPEN = consultation.given(OPENED)


def test_v22_a_question_gets_a_receipt_number_and_a_day_for_its_answer() -> None:
    [fact] = consultation.when(ask())
    assert fact == OPENED
    assert (OPENED.receipt_number, OPENED.answer_by) == ("2023-000201", ANSWER_BY)


def test_nobody_needs_an_organisation_to_ask() -> None:
    [fact] = consultation.when(ask(organisation=None, contact=None))
    assert fact == OPENED.model_copy(update={"organisation": None, "contact": None})


@pytest.mark.parametrize("channel", ["counter", "phone", "post", "email"])
def test_what_comes_by_other_ways_than_the_web_is_entered_by_the_office(channel: str) -> None:
    with pytest.raises(ChannelNeedsStaff):
        consultation.when(ask(channel=channel))
    [fact] = consultation.when(ask(WINDOW, channel=channel))
    assert fact == OPENED.model_copy(update={"channel": channel, "asked_by": None})


def test_on_the_web_people_ask_themselves() -> None:
    with pytest.raises(ChannelNeedsProposer):
        consultation.when(ask(WINDOW))


def test_a_question_is_asked_once() -> None:
    with pytest.raises(ConsultationOpenedBefore):
        OPEN.when(ask())


def test_the_window_or_a_section_answers() -> None:
    assert OPEN.when(answer()) == [ANSWERED]
    [fact] = OPEN.given(ConsultationReferred(section="S14")).when(answer(SECTION))
    assert isinstance(fact, ConsultationAnswered)
    assert fact.section == "S14"
    with pytest.raises(SectionMissing):
        OPEN.when(answer(by("section:U-1401")))
    with pytest.raises(NotYours):
        OPEN.when(answer(PROPOSER))


def test_a_section_that_nobody_asked_does_not_answer() -> None:
    with pytest.raises(NotYoursToAnswer):
        OPEN.when(answer(SECTION))
    with pytest.raises(NotYoursToAnswer):
        OPEN.given(ConsultationReferred(section="S07")).when(answer(SECTION))


def test_a_question_is_referred_only_to_a_section_that_there_is() -> None:
    nowhere = refer("S99").model_copy(update={"section_known": False})
    with pytest.raises(SectionNotOfTheEdition, match="S99"):
        OPEN.when(nowhere)


@pytest.mark.parametrize("said", ["true", "yes", 1, 1.0])
def test_consent_is_said_and_not_guessed(said: object) -> None:
    with pytest.raises(ValidationError):
        convert(consent_to_terms=said)


def test_a_late_answer_is_still_an_answer() -> None:
    [fact] = OPEN.when(answer(on=at("2023-10-01 09:00")))
    assert isinstance(fact, ConsultationAnswered)
    assert fact.answered_on == date(2023, 10, 1)


def test_it_is_answered_once_and_closed_after_that() -> None:
    with pytest.raises(AnsweredBefore):
        OPEN.given(ANSWERED).when(answer())
    with pytest.raises(NotAnsweredYet):
        OPEN.when(close())
    assert OPEN.given(ANSWERED).when(close()) == [ConsultationClosed()]


@pytest.mark.parametrize(
    "late", [answer(), close(), refer(), convert()], ids=lambda each: type(each).__name__
)
def test_what_is_closed_stays_closed(late: object) -> None:
    with pytest.raises(ConsultationIsOver):
        OPEN.given(ANSWERED, ConsultationClosed()).when(late)  # type: ignore[arg-type]  # any of its commands


def test_nothing_is_done_about_what_nobody_asked() -> None:
    for command in (answer(), close(), refer(), convert(), read_it()):
        with pytest.raises(NoSuchConsultation):
            consultation.when(command)


def test_v17_who_reads_a_question_is_kept_with_the_purpose() -> None:
    assert OPEN.when(read_it()) == [
        IdeaRead(reader="W-01", role=WINDOW.role, section="S01", purpose="回答の作成")
    ]


def test_a_section_reads_what_the_window_asked_it_about_and_nothing_else() -> None:
    with pytest.raises(NotYoursToRead):
        OPEN.when(read_it(SECTION))
    assert OPEN.when(refer()) == [ConsultationReferred(section="S14")]
    referred = OPEN.given(ConsultationReferred(section="S14"))
    assert referred.when(refer()) == []
    assert len(referred.when(read_it(SECTION))) == 1
    with pytest.raises(NotYoursToRead):
        referred.when(read_it(by("section:U-0701:S07")))


def test_who_asked_reads_it_and_no_other_proposer_does() -> None:
    assert len(OPEN.when(read_it(PROPOSER))) == 1
    stranger = by("proposer:P-02")
    with pytest.raises(NotYoursToRead):
        OPEN.when(read_it(stranger))
    assert len(OPEN.when(read_it(stranger, proved=True))) == 1


def test_v22_a_question_is_escalated_after_its_day_and_not_before() -> None:
    with pytest.raises(AnswerNotDueYet):
        OPEN.when(escalate_answer(at("2023-09-04 23:59")))
    late = escalate_answer(at("2023-09-05 00:00"))
    escalated = EscalationRaised(waiting_for="consultation_answer", due=ANSWER_BY)
    assert OPEN.when(late) == [escalated]
    assert OPEN.given(escalated).when(late) == []
    assert OPEN.given(ANSWERED).when(late) == []


def test_question_answer_and_contact_show_nowhere_by_accident() -> None:
    for fact in (OPENED, ANSWERED):
        shown = f"{fact!r} {fact.model_dump_json()}"
        for secret in (QUESTION_TEXT, "見守りの実証", "mimamori@example.jp", "できます。"):
            assert secret not in shown
