"""Submitting a proposal: GL4-1a, GL4-1b, GL5-01, GL6."""

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from chassis.decider import NotYours
from chassis.settings import Settings
from contracts.fact import read
from contracts.intake import ProposalSubmitted
from guidelines import Edition, Periods
from services.intake.domain import SubmitProposal, SubmittedBefore
from services.intake.policies import (
    ChannelNeedsProposer,
    ChannelNeedsStaff,
    NoSuchTheme,
    OtherThemeSection,
    RelatedDatesReversed,
    TermsHaveChanged,
    TermsNotAccepted,
    ThemeMissing,
    ThemeNotForFreeProposal,
    ThemeNotOpen,
)
from tests.deciding import at, by
from tests.intake.sample import IDEA, OPEN_THEME, SUBMITTED, TO_THEME, WINDOW, case, submit


def to_theme(**changed: Any) -> SubmitProposal:
    asked = {"kind": "theme_proposal", "theme": "T-2024-01", "known_theme": OPEN_THEME}
    return submit(**{**asked, **changed})


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
    assert case.when(to_theme()) == [TO_THEME]


def test_the_section_of_a_theme_follows_from_the_theme() -> None:
    assert case.when(to_theme(theme_section="S17")) == [TO_THEME]
    with pytest.raises(OtherThemeSection):
        case.when(to_theme(theme_section="S09"))


def test_a_theme_that_nobody_published_takes_no_proposals() -> None:
    with pytest.raises(NoSuchTheme):
        case.when(to_theme(known_theme=None))
    with pytest.raises(NoSuchTheme):
        case.when(to_theme(known_theme={**OPEN_THEME, "status": "draft"}))


@pytest.mark.parametrize("on", ["2023-08-01 00:00", "2023-08-31 23:59"])
def test_a_theme_takes_proposals_on_its_first_and_its_last_day(on: str) -> None:
    assert len(case.when(to_theme(on=at(on)))) == 1


@pytest.mark.parametrize("on", ["2023-07-31 23:59", "2023-09-01 00:00"])
def test_a_theme_takes_none_before_or_after(on: str) -> None:
    with pytest.raises(ThemeNotOpen):
        case.when(to_theme(on=at(on)))


@pytest.mark.parametrize("status", ["closed", "cancelled", "concluded"])
def test_a_theme_that_is_over_takes_none(status: str) -> None:
    with pytest.raises(ThemeNotOpen):
        case.when(to_theme(known_theme={**OPEN_THEME, "status": status}))


def test_v20_each_proposal_to_a_theme_keeps_the_criteria_it_was_published_with() -> None:
    [fact] = case.when(to_theme())
    assert isinstance(fact, ProposalSubmitted)
    assert fact.criteria_version == OPEN_THEME["criteria_version"]


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.times())
def test_v21_a_free_proposal_is_taken_on_any_day_at_any_hour(day: date, hour: time) -> None:
    on = datetime.combine(day, hour, ZoneInfo("Asia/Tokyo"))
    [fact] = case.when(submit(on=on))
    assert isinstance(fact, ProposalSubmitted)
    assert fact.submitted_on == day


def test_v21_no_edition_can_say_when_free_proposals_close() -> None:
    says = {name for shape in (Edition, Periods, Settings) for name in shape.model_fields}
    assert not [name for name in says if re.search("clos(e|ing)|open(s|ing)|deadline|until", name)]


def test_the_terms_that_were_accepted_are_those_of_an_edition() -> None:
    [fact] = case.when(submit(terms_in_force="tokorozawa/2023-07"))
    assert isinstance(fact, ProposalSubmitted)
    assert fact.terms == "tokorozawa/2023-07"


def test_consent_to_terms_that_are_no_longer_in_force_is_asked_for_again() -> None:
    read = {"terms": "tokorozawa/2023-07"}
    assert len(case.when(submit(**read, terms_in_force="tokorozawa/2023-07"))) == 1
    with pytest.raises(TermsHaveChanged):
        case.when(submit(**read, terms_in_force="tokorozawa/2024-10"))


def test_related_parties_are_kept_with_their_days() -> None:
    related = [{"kind": "officer", "name": "架空 二郎", "from": "2023-04-01", "to": "2023-04-01"}]
    [fact] = case.when(submit(related=related))
    assert isinstance(fact, ProposalSubmitted)
    assert "架空 二郎" not in repr(fact)
    assert read(fact.type, fact.encoded()) == fact
    related[0]["to"] = "2023-03-31"
    with pytest.raises(RelatedDatesReversed):
        case.when(submit(related=related))


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
