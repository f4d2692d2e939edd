"""Another city's pack is enough for another city: a case is screened and finds its section, and no code knows where.

Its clauses have other numbers, there is one exclusion more, periods and closing days are its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

import guidelines
from contracts.fact import Fact
from contracts.intake import ProposalReceived
from contracts.matching import MatchingOpened, MatchProposed, SectionsRanked
from contracts.screening import EligibilityDecided
from guidelines import rules
from services.matching.main import SERVICE as MATCHING
from services.screening.main import SERVICE as SCREENING
from tests.deciding import at
from tests.engines import Engines
from tests.guidelines.room import Room, room

EDITION = guidelines.load("kakuu-minato/2024-04")
CITY = EDITION.municipality
WINDOW, HEAD, MAYOR = "window:W-01", "window_head:H-01", "mayor:M-01"
CONTRACTS = "contract_section:K-01"
THURSDAY = at("2024-06-06 10:00")


@pytest.fixture
async def screening(engines: Engines) -> AsyncIterator[Room]:
    async with room(engines, SCREENING, CITY, THURSDAY) as opened:
        yield opened


@pytest.fixture
async def matching(engines: Engines) -> AsyncIterator[Room]:
    async with room(engines, MATCHING, CITY, THURSDAY) as opened:
        yield opened


def received(**fields: Any) -> ProposalReceived:
    proposal = {
        "edition": EDITION.id,
        "municipality": CITY,
        "received_on": "2024-06-03",
        "receipt_number": "2024-0001",
        "partner": {"name": "架空うみ再生株式会社", "corporate_number": "3999901000104"},
        "title": "海岸のプラスチックごみの回収と再資源化",
        "body": "海岸に漂着したプラスチックごみを、市民とともに月に一度回収し、再資源化します。",
    }
    return ProposalReceived.model_validate(proposal | fields)


def about_partner(*applying: str, on: str = "2024-06-06") -> list[dict[str, Any]]:
    return [
        {"clause": clause, "applies": clause in applying, "evidence": "台帳"}
        | ({"register_as_of": on} if clause in EDITION.register_clauses else {})
        for clause in EDITION.partner_clauses
    ]


def about_project(*applying: str) -> list[dict[str, Any]]:
    return [
        {"clause": clause, "applies": clause in applying, "evidence": "審査票"}
        for clause in EDITION.project_clauses
    ]


async def decision(screening: Room, case: str) -> EligibilityDecided:
    decided = [
        fact for fact in await screening.facts(f"screening/{case}") if isinstance(fact, EligibilityDecided)
    ]
    return decided[-1]


def only(facts: list[Fact], kind: type[Any]) -> Any:
    [found] = [fact for fact in facts if isinstance(fact, kind)]
    return found


async def test_a_case_is_screened_and_asks_its_section_under_the_second_citys_pack(
    screening: Room, matching: Room
) -> None:
    proposal = received()
    await screening.hear(proposal, "proposal/KM-1")
    assert await screening.ask(
        "screening/KM-1/record-partner-screening", WINDOW, answers=about_partner()[:3]
    ) == ("ClauseUnanswered")
    await screening.ask("screening/KM-1/record-partner-screening", WINDOW, answers=about_partner())
    await screening.ask("screening/KM-1/record-project-screening", WINDOW, answers=about_project())
    await screening.ask("screening/KM-1/confirm-eligible", HEAD)
    decided = await decision(screening, "KM-1")
    assert (decided.decision, decided.edition, decided.municipality) == ("eligible", EDITION.id, CITY)
    assert decided.basis is not None
    assert rules.again(decided.basis) == decided.basis

    ranked = only(await matching.hear(proposal, "proposal/KM-1"), SectionsRanked)
    assert {candidate.section for candidate in ranked.candidates} <= {
        section.id for section in EDITION.sections
    }
    told = await matching.hear(decided, "screening/KM-1")
    opened, proposed = only(told, MatchingOpened), only(told, MatchProposed)
    assert (opened.edition, opened.municipality) == (EDITION.id, CITY)
    assert EDITION.section(proposed.offered_to).name == "海辺環境課"
    assert proposed.respond_by == date(
        2024, 6, 14
    )  # five office days on; 6/10 is a closing day of this city alone


async def test_the_one_exclusion_more_excludes_by_its_own_name(screening: Room) -> None:
    await screening.hear(received(), "proposal/KM-2")
    await screening.ask("screening/KM-2/record-partner-screening", WINDOW, answers=about_partner())
    await screening.ask("screening/KM-2/record-project-screening", WINDOW, answers=about_project("KM5-Q7"))
    await screening.ask("screening/KM-2/declare-ineligible", HEAD)
    decided = await decision(screening, "KM-2")
    assert (decided.decision, decided.clauses) == ("ineligible", ("KM5-Q7",))
    assert decided.reconsider_by == date(2024, 7, 6)  # thirty calendar days


async def test_a_measure_answers_the_clause_that_this_city_gave_its_register(screening: Room) -> None:
    measure = {
        "register": "bid_suspension",
        "clause": "KM5-P2",
        "corporate_number": "3999901000104",
        "name": "架空うみ再生株式会社",
        "ground": "契約違反",
        "decided_on": "2024-05-31",
        "valid_from": "2024-06-01",
        "valid_to": "2024-06-30",
    }
    recorded = await screening.ask("measure/KM-BS-1/record-measure", CONTRACTS, **measure)
    assert not isinstance(recorded, str), recorded
    await screening.hear(received(), "proposal/KM-3")
    answers = about_partner()
    assert await screening.ask("screening/KM-3/record-partner-screening", WINDOW, answers=answers) == (
        "MeasureInForce"
    )
    answers = about_partner("KM5-P2")
    await screening.ask("screening/KM-3/record-partner-screening", WINDOW, answers=answers)
    await screening.ask("screening/KM-3/declare-ineligible", HEAD)
    assert (await decision(screening, "KM-3")).clauses == ("KM5-P2",)


async def test_v13_what_this_city_leaves_to_the_mayor_takes_its_mayor_or_its_delegate(
    screening: Room,
) -> None:
    await screening.hear(received(), "proposal/KM-4")
    await screening.ask("screening/KM-4/record-partner-screening", WINDOW, answers=about_partner())
    staff_alone = await screening.ask(
        "screening/KM-4/record-project-screening", WINDOW, answers=about_project("KM5-Q6")
    )
    assert staff_alone == "MayorFindingMissing"
    finding = {"clause": "KM5-Q6", "applies": True, "reasons": "市の計画と相いれないため"}
    elsewhere = await screening.ask("screening/KM-4/record-mayor-finding", "delegate:D-01", **finding)
    assert isinstance(elsewhere, str), "a delegate of another city"
    await screening.ask("screening/KM-4/record-mayor-finding", "delegate:KM-D1", **finding)
    await screening.ask("screening/KM-4/record-project-screening", WINDOW, answers=about_project("KM5-Q6"))
    await screening.ask("screening/KM-4/declare-ineligible", MAYOR)
    assert (await decision(screening, "KM-4")).clauses == ("KM5-Q6",)
