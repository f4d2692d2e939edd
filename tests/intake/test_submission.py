"""Submitting a proposal: GL4-1a, GL4-1b, GL5-01, GL6."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from chassis.decider import NotYours
from contracts.intake import ProposalSubmitted
from services.intake.domain import SubmittedBefore
from services.intake.policies import (
    ChannelNeedsProposer,
    ChannelNeedsStaff,
    TermsNotAccepted,
    ThemeMissing,
    ThemeNotForFreeProposal,
)
from tests.deciding import at, by
from tests.intake.sample import IDEA, SUBMITTED, WINDOW, case, submit


def test_a_proposal_is_taken_with_receipt_number_and_day() -> None:
    assert case.when(submit()) == [SUBMITTED]


def test_the_day_is_the_one_in_the_city_not_in_greenwich() -> None:
    [fact] = case.when(submit(on=at("2023-08-22 00:30")))
    assert isinstance(fact, ProposalSubmitted)
    assert fact.submitted_on == date(2023, 8, 22)


def test_without_consent_nothing_is_taken() -> None:
    with pytest.raises(TermsNotAccepted):
        case.when(submit(consent_to_terms=False))


def test_a_theme_proposal_names_its_theme() -> None:
    with pytest.raises(ThemeMissing):
        case.when(submit(kind="theme_proposal"))
    [fact] = case.when(submit(kind="theme_proposal", theme="T-2024-01", theme_section="S17"))
    assert isinstance(fact, ProposalSubmitted)
    assert (fact.theme, fact.theme_section) == ("T-2024-01", "S17")


@pytest.mark.parametrize("named", [{"theme": "T-2024-01"}, {"theme_section": "S17"}])
def test_a_free_proposal_names_none(named: dict[str, Any]) -> None:
    with pytest.raises(ThemeNotForFreeProposal):
        case.when(submit(**named))


@pytest.mark.parametrize("channel", ["counter", "phone", "post", "email"])
def test_other_channels_than_the_web_are_entered_by_the_office(channel: str) -> None:
    with pytest.raises(ChannelNeedsStaff):
        case.when(submit(channel=channel))
    assert len(case.when(submit(WINDOW, channel=channel))) == 1


def test_the_office_does_not_submit_on_the_web() -> None:
    with pytest.raises(ChannelNeedsProposer):
        case.when(submit(WINDOW))


def test_a_section_submits_nothing() -> None:
    with pytest.raises(NotYours):
        case.when(submit(by("section:U-01:S14")))


def test_a_case_is_submitted_once() -> None:
    with pytest.raises(SubmittedBefore):
        case.given(SUBMITTED).when(submit())


def test_a_repeated_application_names_the_case_before() -> None:
    [fact] = case.when(submit(previous_case="C04"))
    assert isinstance(fact, ProposalSubmitted)
    assert fact.previous_case == "C04"


def test_a_group_without_a_corporate_number_may_propose() -> None:
    proposer = {
        "name": "架空川を愛する会",
        "type": "任意団体",
        "address": "架空町",
        "representative": "架空 川子",
    }
    [fact] = case.when(submit(proposer=proposer))
    assert isinstance(fact, ProposalSubmitted)
    assert fact.proposer.corporate_number is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"proposer": {**SUBMITTED.proposer.model_dump(), "corporate_number": "7999901000101"}},
        {"title": "　 "},
        {"title": "一行目\n二行目"},
        {"body": "NUL\x00"},
        {"body": "長" * 65_536},
        {"city_cost": {"class": "free"}},
        {"city_cost": {"class": "none", "amount_yen": -1}},
        {"secret_hash": "秘密"},
        {"unknown": "field"},
    ],
)
def test_malformed_forms_are_no_commands(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        submit(**wrong)


def test_the_idea_and_the_people_show_nowhere_by_accident() -> None:
    [fact] = case.when(submit())
    shown = f"{fact!r} {fact} {fact.model_dump()} {fact.model_dump_json()}"
    for secret in (IDEA, "架空 一郎", "見守一丁目", "IoT電球"):
        assert secret not in shown
    assert IDEA in fact.encoded().decode()
