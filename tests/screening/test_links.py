"""Who uses a person that a finding is about, and whom an entry reaches beside the one it is about (V12)."""

from datetime import date
from typing import Any

import pytest

from chassis.decider import NotYours
from contracts.screening import EmploymentLinkRecorded, EmploymentLinkStarted, Item, Reach, Register, Through
from services.screening.domain import (
    LINK,
    EndsBeforeItStarts,
    LinkRecordedBefore,
    RecordEmploymentLink,
    StartEmploymentLink,
)
from services.screening.policies import Measure, MeasureInForce, reaches
from tests.deciding import Deciding, at
from tests.screening.sample import (
    CONTRACT_SECTION,
    JULY_31,
    TIMER,
    WINDOW,
    about_partner,
    opened,
    screen_partner,
)

LINKED: dict[str, Any] = {
    "corporate_number": "1999901000114",
    "person": "架空 次郎",
    "role": "manager",
    "from": "2024-04-01",
    "to": None,
}
links = Deciding(LINK)
FINDING = Measure(
    id="F-2023-002",
    register="art167_4",
    clause="GL7-A1",
    valid_from=date(2023, 10, 1),
    valid_to=date(2025, 9, 30),
    through="manager",
    used_from=date(2024, 4, 1),
    used_to=date(2024, 6, 30),
)


def link(**changed: Any) -> RecordEmploymentLink:
    said = {"actor": CONTRACT_SECTION, "at": JULY_31, **LINKED, **changed}
    return RecordEmploymentLink.model_validate(said)


def start(on: str) -> StartEmploymentLink:
    return StartEmploymentLink(actor=TIMER, at=at(f"{on} 00:00"))


@pytest.mark.parametrize("day", [date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 30)])
def test_v12_a_finding_reaches_who_uses_the_person_on_the_first_and_the_last_day(day: date) -> None:
    with pytest.raises(MeasureInForce, match="GL7-A1"):
        opened.when(screen_partner(about_partner(as_of=day), as_of=day, measures=[FINDING]))


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2024, 7, 1)])
def test_v12_before_and_after_the_use_it_does_not(day: date) -> None:
    assert len(opened.when(screen_partner(about_partner(as_of=day), as_of=day, measures=[FINDING]))) == 1


@pytest.mark.parametrize("day", [date(2023, 9, 30), date(2025, 10, 1)])
def test_v12_nor_before_and_after_the_period_of_the_finding(day: date) -> None:
    always = FINDING.model_copy(update={"used_from": None, "used_to": None})
    later = at("2025-10-02 10:00")
    assert len(opened.when(screen_partner(about_partner(as_of=day), later, day, [always]))) == 1


REACH: list[tuple[Register, Item | None, tuple[Reach, ...], Through, str | None]] = [
    ("bid_suspension", None, (), "applicant", "surely"),
    ("bid_suspension", None, (), "joint_venture_member", "surely"),
    ("bid_suspension", None, (), "subcontractor", "perhaps"),
    ("bid_suspension", None, ("subcontractor",), "subcontractor", "surely"),
    ("bid_suspension", None, (), "affiliate", "perhaps"),
    ("bid_suspension", None, (), "officer", None),
    ("bid_suspension", None, (), "manager", None),
    ("gang_exclusion", None, (), "officer", "surely"),
    ("gang_exclusion", None, (), "subcontractor", "surely"),
    ("gang_exclusion", None, (), "manager", "perhaps"),
    ("gang_exclusion", None, (), "affiliate", "perhaps"),
    ("art167_4", "2(5)", (), "agent", "surely"),
    ("art167_4", "2(5)", (), "manager", "surely"),
    ("art167_4", "2(5)", (), "employee", "surely"),
    ("art167_4", "1(2)", (), "manager", None),
    ("art167_4", "1(2)", ("user",), "manager", "surely"),
    ("art167_4", "1(3)", (), "officer", "perhaps"),
]


@pytest.mark.parametrize(("register", "item", "extends_to", "through", "reached"), REACH)
def test_v12_whom_an_entry_reaches_beside_the_one_it_is_about(
    register: Register,
    item: Item | None,
    extends_to: tuple[Reach, ...],
    through: Through,
    reached: str | None,
) -> None:
    assert reaches(register, item, extends_to, through) == reached


def test_a_link_is_entered_with_the_person_confidential() -> None:
    [fact] = links.when(link())
    assert isinstance(fact, EmploymentLinkRecorded)
    assert (fact.role, fact.from_, fact.to) == ("manager", date(2024, 4, 1), None)
    assert "次郎" not in repr(fact)
    assert b'"from":"2024-04-01"' in fact.encoded()


def test_the_same_again_changes_nothing_anything_else_needs_a_reason() -> None:
    known = links.after(link())
    assert known.when(link()) == []
    with pytest.raises(LinkRecordedBefore):
        known.when(link(to="2024-06-30"))
    [fact] = known.when(link(to="2024-06-30", reason="退職の届出"))
    assert isinstance(fact, EmploymentLinkRecorded)
    assert (fact.to, fact.reason) == (date(2024, 6, 30), "退職の届出")
    assert known.given(fact).when(link(to="2024-06-30", reason="退職の届出")) == []


def test_a_link_ends_on_its_first_day_at_the_earliest() -> None:
    assert len(links.when(link(to="2024-04-01"))) == 1
    with pytest.raises(EndsBeforeItStarts):
        links.when(link(to="2024-03-31"))


def test_a_link_starts_on_its_first_day_once() -> None:
    known = links.after(link(to="2024-06-30"))
    assert known.when(start("2024-03-31")) == []
    assert known.when(start("2024-04-01")) == [EmploymentLinkStarted()]
    assert known.after(start("2024-04-01")).when(start("2024-04-02")) == []
    assert known.when(start("2024-07-01")) == []  # entered when it was over
    assert links.when(start("2024-04-01")) == []


def test_only_the_contract_section_keeps_them() -> None:
    with pytest.raises(NotYours):
        links.when(link(actor=WINDOW))
