"""What follows when a register or a case changes: whichever comes last sees the other (V10, V12)."""

from typing import Any

import asyncpg

from chassis.decider import Recorded
from contracts.screening import EligibilityDecided, PartnerFlagged, RescreenRequired
from services.screening.projections import (
    flags_of,
    screening,
    waiting_flags,
)
from services.screening.projections.lookup import measures_against
from tests.screening.registers_at_work import CLEAN, ON, PERSON, done, entry, opening, react
from tests.screening.sample import (
    AUGUST_1,
    about_partner,
    confirm,
    confirm_flag,
    declare,
    dismiss_flag,
    note,
    open_screening,
    screen_partner,
    screen_project,
)
from tests.screening.test_links import link
from tests.screening.test_links import start as start_link
from tests.screening.test_measures import SUSPENSION as ENTRY
from tests.screening.test_measures import correct, record, start


async def eligible(pool: asyncpg.Pool, case: str = "C04", opened: Any = None) -> list[Recorded]:
    return await done(
        pool,
        (case, opened or open_screening()),
        (case, screen_partner()),
        (case, screen_project()),
        (case, confirm()),
    )


async def test_a_screening_that_opens_is_told_of_what_may_be_about_its_partner(pool: asyncpg.Pool) -> None:
    await done(pool, ("BS-2024-004", entry(corporate_number=None)), ("BS-2024-003", entry()))
    [opened] = await done(pool, ("C04", open_screening()))
    [fact] = await react(pool, opened)
    assert isinstance(fact, PartnerFlagged)
    assert {flag.measure: flag.automatic for flag in fact.flags} == {
        "BS-2024-003": True,
        "BS-2024-004": False,
    }
    assert await react(pool, opened) == []  # told once


async def test_nothing_is_told_of_an_entry_that_is_over(pool: asyncpg.Pool) -> None:
    await done(pool, ("BS-2024-003", entry()))
    [opened] = await done(pool, ("C04", open_screening()))
    assert await react(pool, opened, AUGUST_1) == []


async def test_an_entry_that_starts_stops_the_cases_of_that_firm_that_run(pool: asyncpg.Pool) -> None:
    await eligible(pool, "C04")
    await eligible(pool, "C05", opening("架空クリーンサービス株式会社", CLEAN))
    await eligible(pool, "C06")
    await done(pool, ("C06", note("not_established")))
    await done(pool, ("C07", open_screening()))
    ahead = entry(valid_from="2024-08-01", valid_to="2024-08-31")
    [told] = await done(pool, ("BS-2024-009", ahead))
    flagged = await react(pool, told)
    assert [type(fact) for fact in flagged] == [
        PartnerFlagged,
        PartnerFlagged,
    ]  # C04 and C07, not stopped yet
    [started] = await done(pool, ("BS-2024-009", start("2024-08-01")))
    [stopped] = await react(pool, started, AUGUST_1)
    assert isinstance(stopped, RescreenRequired)
    assert (stopped.clause, stopped.measure) == ("GL7-A2", "BS-2024-009")
    now = {
        case: (found or {})["status"]
        for case in ("C04", "C05", "C06", "C07")
        for found in [await screening(pool, case)]
    }
    assert now == {"C04": "open", "C05": "eligible", "C06": "eligible", "C07": "open"}
    shown = await screening(pool, "C04")
    assert shown is not None
    assert (shown["stopped"], shown["stop"]["measure"]) == (True, "BS-2024-009")
    assert await react(pool, started, AUGUST_1) == []  # told twice, stopped once


async def test_a_likely_name_stops_nothing_until_a_person_says_that_it_is_them(pool: asyncpg.Pool) -> None:
    await eligible(pool)
    [told] = await done(pool, ("BS-2024-004", entry(corporate_number=None)))
    [flagged] = await react(pool, told)
    assert isinstance(flagged, PartnerFlagged)
    [waiting] = await waiting_flags(pool)
    assert (waiting["case"], waiting["measure"], waiting["answer"]) == ("C04", "BS-2024-004", None)
    known = {measure.id: measure for measure in await measures_against(pool, "C04", ON)}
    facts = await done(pool, ("C04", confirm_flag(known["BS-2024-004"])))
    assert [type(recorded.fact).__name__ for recorded in facts] == ["FlagConfirmed", "RescreenRequired"]
    assert await waiting_flags(pool) == []
    assert [flag["answer"] for flag in await flags_of(pool, "C04")] == ["confirmed"]


async def test_confirmed_ahead_it_stops_the_case_when_it_starts(pool: asyncpg.Pool) -> None:
    await eligible(pool)
    [told] = await done(
        pool, ("BS-2024-004", entry(corporate_number=None, valid_from="2024-08-01", valid_to=None))
    )
    await react(pool, told)
    [measure] = await measures_against(pool, "C04", ON)
    [confirmed] = await done(pool, ("C04", confirm_flag(measure)))
    assert type(confirmed.fact).__name__ == "FlagConfirmed"
    [started] = await done(pool, ("BS-2024-004", start("2024-08-01")))
    [stopped] = await react(pool, started, AUGUST_1)
    assert isinstance(stopped, RescreenRequired)


async def test_dismissed_it_stops_nothing(pool: asyncpg.Pool) -> None:
    await eligible(pool)
    [told] = await done(pool, ("BS-2024-004", entry(corporate_number=None)))
    await react(pool, told)
    [measure] = await measures_against(pool, "C04", ON)
    await done(pool, ("C04", dismiss_flag(measure)))
    [started] = await done(pool, ("BS-2024-004", start("2024-07-31")))
    assert await react(pool, started) == []


async def test_a_decision_that_an_entry_just_missed_is_held_against_it(pool: asyncpg.Pool) -> None:
    """The case was decided by registers as they were a moment before, and was no running case when they changed."""
    await done(pool, ("C04", open_screening()), ("C04", screen_partner()), ("C04", screen_project()))
    _, told = await done(pool, ("BS-2024-003", entry()), ("BS-2024-003", start("2024-07-31")))
    before = await react(pool, told)
    assert [type(fact) for fact in before] == [PartnerFlagged]
    [decided] = await done(pool, ("C04", confirm()))  # its supply was read before the entry came
    assert isinstance(decided.fact, EligibilityDecided)
    [stopped] = await react(pool, decided)
    assert isinstance(stopped, RescreenRequired)
    assert stopped.measure == "BS-2024-003"


async def test_v34_a_case_that_runs_again_is_held_against_what_started_while_nobody_looked(
    pool: asyncpg.Pool,
) -> None:
    await eligible(pool, "C04")
    await done(pool, ("C04", note("not_established")))
    _, started = await done(pool, ("BS-2024-003", entry()), ("BS-2024-003", start("2024-07-31")))
    assert await react(pool, started) == [], "it had come to its end"
    [runs_again] = await done(pool, ("C04", note("running")))
    facts = await react(pool, runs_again)
    assert [type(fact) for fact in facts] == [PartnerFlagged, RescreenRequired]


async def test_an_ineligible_case_is_held_against_nothing_more(pool: asyncpg.Pool) -> None:
    await done(pool, ("C04", open_screening()), ("BS-2024-003", entry()))
    known = await measures_against(pool, "C04", ON)
    [_, decided] = await done(
        pool,
        ("C04", screen_partner(about_partner("GL7-A2"), measures=known)),
        ("C04", declare(measures=known)),
    )
    assert await react(pool, decided) == []


async def test_v12_a_use_that_starts_stops_the_cases_of_the_company(pool: asyncpg.Pool) -> None:
    await eligible(pool, "C04", opening("架空クリーンサービス株式会社", CLEAN))
    await done(pool, ("F-2023-002", record(PERSON)))
    [told] = await done(pool, ("L-1", link(**{"from": "2024-08-01"})))
    assert [type(fact) for fact in await react(pool, told)] == [PartnerFlagged]
    [started] = await done(pool, ("L-1", start_link("2024-08-01")))
    [stopped] = await react(pool, started, AUGUST_1)
    assert isinstance(stopped, RescreenRequired)
    assert (stopped.clause, stopped.measure) == ("GL7-A1", "F-2023-002")


async def test_v12_so_does_a_finding_about_somebody_who_is_used_already(pool: asyncpg.Pool) -> None:
    await eligible(pool, "C04", opening("架空クリーンサービス株式会社", CLEAN))
    await done(pool, ("L-1", link()))
    _, started = await done(pool, ("F-2023-002", record(PERSON)), ("F-2023-002", start("2024-07-31")))
    facts = await react(pool, started)
    assert [type(fact) for fact in facts] == [PartnerFlagged, RescreenRequired]


async def test_an_entry_that_is_corrected_is_held_against_the_cases_again(pool: asyncpg.Pool) -> None:
    await eligible(pool)
    await done(pool, ("BS-2024-003", entry(corporate_number=CLEAN)), ("BS-2024-003", start("2024-07-31")))
    _, started = await done(
        pool,
        ("BS-2024-003", correct(ENTRY, reason="法人番号の誤記")),
        ("BS-2024-003", start("2024-07-31")),
    )
    facts = await react(pool, started)
    assert [type(fact) for fact in facts] == [PartnerFlagged, RescreenRequired]
