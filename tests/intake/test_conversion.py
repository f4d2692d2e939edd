"""A question that becomes a proposal: linked, with its own receipt, as confidential as it was asked."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.intake import ConsultationConverted, ConversionUndone
from services.intake.domain.consultation import (
    CaseIdTaken,
    ConsultationIsOver,
    NotYourConsultation,
    OrganisationUnknown,
)
from services.intake.policies import (
    ChannelNeedsProposer,
    NoSuchTheme,
    RelatedDatesReversed,
    TermsNotAccepted,
    ThemeMissing,
)
from tests.deciding import Deciding, by
from tests.intake.sample import OPEN_THEME, WINDOW
from tests.intake.sample_consultation import (
    ANSWERED,
    APPLICANT,
    OPENED,
    QUESTION_TEXT,
    SECRET,
    answer,
    ask,
    consultation,
    convert,
    undo,
)

OPEN = consultation.given(OPENED)
STRANGER = by("proposer:P-99")


def converted(stream: Deciding[Any, Any, Any] = OPEN, **changed: Any) -> ConsultationConverted:
    [fact] = stream.when(convert(**changed))
    assert isinstance(fact, ConsultationConverted)
    return fact


@pytest.mark.parametrize("stream", [OPEN, OPEN.given(ANSWERED)])
def test_what_was_asked_is_carried_over_and_stays_confidential(stream: Deciding[Any, Any, Any]) -> None:
    fact = converted(stream)
    form = fact.proposal
    assert (fact.case, fact.receipt_number) == ("C01", "2023-000202")
    assert (form.title.reveal(), form.body.reveal()) == ("見守りの実証", QUESTION_TEXT)
    assert (form.proposer.name, form.proposer.corporate_number) == (
        "株式会社ミマモリ架空電機",
        "6999901000101",
    )
    assert form.proposer.contact is not None
    assert form.proposer.contact.reveal() == "mimamori@example.jp"
    for secret in (QUESTION_TEXT, "見守りの実証", "架空 一郎", "mimamori@example.jp"):
        assert secret not in f"{fact!r} {fact.model_dump_json()}"


def test_what_is_said_anew_counts() -> None:
    form = converted(title="電球による見守り", body="市内50世帯で試します。").proposal
    assert (form.title.reveal(), form.body.reveal()) == ("電球による見守り", "市内50世帯で試します。")


def test_another_organisation_proposes_under_its_own_name_and_number() -> None:
    other = converted(proposer={**APPLICANT, "name": "架空みらい土木株式会社"}).proposal.proposer
    assert (other.name, other.corporate_number) == ("架空みらい土木株式会社", None)


def test_somebody_has_to_propose() -> None:
    alone = consultation.after(ask(organisation=None))
    with pytest.raises(OrganisationUnknown):
        alone.when(convert())
    named = converted(alone, proposer={**APPLICANT, "name": "架空川を愛する会"})
    assert named.proposal.proposer.name == "架空川を愛する会"


def test_v16_nobody_turns_the_question_of_another_into_a_proposal() -> None:
    with pytest.raises(NotYourConsultation):
        OPEN.when(convert(STRANGER))
    with pytest.raises(NotYourConsultation):
        OPEN.when(convert(STRANGER, secret="X" * 20))
    assert converted(actor=STRANGER, secret=SECRET).case == "C01"


def test_the_office_does_it_for_those_who_come_to_it() -> None:
    assert converted(actor=WINDOW, channel="counter").proposal.channel == "counter"
    with pytest.raises(ChannelNeedsProposer):
        OPEN.when(convert(WINDOW))


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"consent_to_terms": False}, TermsNotAccepted),
        ({"kind": "theme_proposal"}, ThemeMissing),
        ({"kind": "theme_proposal", "theme": "T-1"}, NoSuchTheme),
        (
            {"related": [{"kind": "agent", "name": "架空", "from": "2024-02-01", "to": "2024-01-01"}]},
            RelatedDatesReversed,
        ),
        ({"case_taken": True}, CaseIdTaken),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_rules_of_a_submission_hold_at_once(changed: dict[str, Any], rule: type[Exception]) -> None:
    with pytest.raises(rule):
        OPEN.when(convert(**changed))


def test_it_may_answer_a_theme() -> None:
    form = converted(kind="theme_proposal", theme="T-2024-01", known_theme=OPEN_THEME).proposal
    assert (form.theme, form.theme_section, form.criteria_version) == ("T-2024-01", "S17", "c" * 64)


def test_it_is_done_once() -> None:
    done = OPEN.after(convert())
    with pytest.raises(ConsultationIsOver):
        done.when(convert(case="C02"))
    with pytest.raises(ConsultationIsOver):
        done.when(answer())


def test_where_the_case_was_somebody_elses_it_can_be_done_again_under_another_id() -> None:
    done = OPEN.after(convert())
    assert done.when(undo("C99")) == []
    undone = done.after(undo())
    assert undone.history[-1] == ConversionUndone(case="C01")
    assert undone.when(undo()) == []
    assert converted(undone, case="C02").case == "C02"
    answered = OPEN.given(ANSWERED).after(convert(), undo())
    assert answered.history[-1] == ConversionUndone(case="C01", answered=True)
    assert answered.state.status == "answered"
