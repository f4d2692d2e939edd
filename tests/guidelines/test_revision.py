"""A guideline is revised while a case runs: the case keeps its edition, and what protects the law reaches it (V32)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

import guidelines
from contracts.intake import ProposalReceived
from contracts.screening import EligibilityDecided
from guidelines import rules
from services.screening.main import SERVICE as SCREENING
from tests.deciding import at
from tests.engines import Engines
from tests.guidelines.room import Room, room
from tests.guidelines.test_packs import HERE

CITY, OLD, NEW = "112089", "tokorozawa/2023-07", "tokorozawa/2024-10"
WINDOW, HEAD = "window:W-01:S01", "window_head:H-01:S01"
LAST_DAY, FIRST_DAY = at("2024-09-30 23:59"), at("2024-10-01 00:00")
PROPOSAL = {
    "municipality": CITY,
    "received_on": "2024-09-20",
    "receipt_number": "2024-000100",
    "partner": {"name": "株式会社ミマモリ架空電機", "corporate_number": "6999901000101"},
    "title": "IoT電球による高齢者見守り実証",
    "body": "点灯状況から生活の変化を検知する電球で、高齢者を見守ります。",
}


@pytest.fixture
async def screening(engines: Engines, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Room]:
    """The window of the city, on the last day before its guideline is revised, with a case under the old edition."""
    monkeypatch.setenv("RENKEI_GUIDELINES", str(HERE))
    async with room(engines, SCREENING, CITY, LAST_DAY) as opened:
        await opened.hear(ProposalReceived.model_validate(PROPOSAL | {"edition": OLD}), "proposal/C-1")
        yield opened


async def screen(screening: Room, *applying: str, edition: str = OLD, more: tuple[str, ...] = ()) -> Any:
    """Partner and project are screened by these clauses; the last answer."""
    law, told = guidelines.load(edition), None
    asked = {"partner": (*law.partner_clauses, *more), "project": law.project_clauses}
    for about, clauses in asked.items():
        answers = [
            {"clause": clause, "applies": clause in applying, "evidence": "台帳"}
            | ({"register_as_of": f"{screening.now:%Y-%m-%d}"} if clause in law.register_clauses else {})
            for clause in clauses
        ]
        told = await screening.ask(f"screening/C-1/record-{about}-screening", WINDOW, answers=answers)
        if isinstance(told, str):
            return told
    return told


async def decided(screening: Room) -> EligibilityDecided:
    facts = await screening.facts("screening/C-1")
    [decision] = [fact for fact in facts if isinstance(fact, EligibilityDecided)]
    assert decision.basis is not None
    assert rules.again(decision.basis) == decision.basis
    return decision


async def test_v32_until_the_revision_nobody_asks_for_what_it_brings(screening: Room) -> None:
    await screen(screening)
    await screening.ask("screening/C-1/confirm-eligible", HEAD)
    decision = await decided(screening)
    assert (decision.decision, decision.edition, decision.law_edition) == ("eligible", OLD, OLD)


async def test_v32_from_its_first_day_on_what_protects_the_law_has_to_be_answered(screening: Room) -> None:
    await screen(screening)
    screening.now = FIRST_DAY
    assert await screening.ask("screening/C-1/confirm-eligible", HEAD) == "ClauseUnanswered"
    assert await screen(screening) == "ClauseUnanswered"


async def test_v32_and_excludes_a_case_of_the_edition_before(screening: Room) -> None:
    screening.now = FIRST_DAY
    await screen(screening, "GL7-A5", more=("GL7-A5",))
    await screening.ask("screening/C-1/declare-ineligible", HEAD)
    decision = await decided(screening)
    assert (decision.decision, decision.clauses) == ("ineligible", ("GL7-A5",))
    assert (decision.edition, decision.law_edition) == (OLD, NEW)
    assert decision.basis is not None
    assert decision.basis.digest == rules.digest(OLD, "eligibility")


async def test_v32_a_case_that_it_does_not_touch_keeps_its_edition(screening: Room) -> None:
    screening.now = FIRST_DAY
    await screen(screening, more=("GL7-A5",))
    await screening.ask("screening/C-1/confirm-eligible", HEAD)
    decision = await decided(screening)
    assert (decision.decision, decision.edition, decision.law_edition) == ("eligible", OLD, NEW)
