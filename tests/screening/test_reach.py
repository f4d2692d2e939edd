"""Whom an entry of a register is about, and whom else it reaches, as it is looked up in a real database (V12, V14)."""

from datetime import date

import asyncpg
import pytest

from contracts.confidential import Confidential
from services.screening.policies import MeasureInForce
from services.screening.projections import (
    screening,
)
from services.screening.projections.lookup import measures_against
from tests.screening.registers_at_work import (
    CLEAN,
    MIRAI,
    ON,
    PERSON,
    against,
    do,
    done,
    entry,
    opening,
    party,
)
from tests.screening.sample import (
    open_screening,
    screen_partner,
)
from tests.screening.test_links import link
from tests.screening.test_measures import record


async def test_an_equal_corporate_number_is_certain_whatever_the_name(pool: asyncpg.Pool) -> None:
    await done(
        pool,
        ("C04", open_screening()),
        ("BS-2024-003", entry()),
        ("BS-2024-004", entry(name="改名後の名称株式会社")),
        ("BS-2023-011", entry(corporate_number=CLEAN, name="架空クリーンサービス株式会社")),
    )
    assert await against(pool) == {
        "BS-2024-003": ("applicant", True),
        "BS-2024-004": ("applicant", True),
    }


async def test_v14_a_body_on_no_register_of_companies_is_found_by_name_and_a_person_says_if_it_is_them(
    pool: asyncpg.Pool,
) -> None:
    found = entry(corporate_number=None, name="架空自治会連合", finding="契約課 2024-15")
    await done(pool, ("C10", opening("架空自治会連合", None)), ("BS-F-1", found))
    assert await against(pool, "C10") == {"BS-F-1": ("applicant", False)}
    [measure] = await measures_against(pool, "C10", ON)
    assert measure.alike
    assert measure.in_force(ON)


async def test_a_namesake_with_another_number_is_somebody_else(pool: asyncpg.Pool) -> None:
    await done(pool, ("C04", open_screening()), ("BS-2023-012", entry(corporate_number=CLEAN)))
    assert await against(pool) == {}


@pytest.mark.parametrize(
    "written", ["㈱架空みらい土木", "架空みらい土木（株）", "架空みらい土木 株式会社", "カ)架空みらい土木"]
)
async def test_however_a_name_is_written_it_is_flagged_and_nobody_is_refused_by_it(
    pool: asyncpg.Pool, written: str
) -> None:
    await done(pool, ("C04", open_screening()), ("BS-2024-004", entry(corporate_number=None, name=written)))
    assert await against(pool) == {"BS-2024-004": ("applicant", False)}
    known = await measures_against(pool, "C04", ON)
    assert len(await done(pool, ("C04", screen_partner(measures=known)))) == 1


async def test_earlier_names_of_a_firm_are_looked_at_too(pool: asyncpg.Pool) -> None:
    renamed = entry(corporate_number=None, name="ユメミライ建設株式会社", aliases=["架空みらい土木株式会社"])
    await done(pool, ("C04", open_screening()), ("BS-2024-004", renamed))
    assert await against(pool) == {"BS-2024-004": ("applicant", False)}


async def test_what_is_looked_up_holds_against_the_answers(pool: asyncpg.Pool) -> None:
    await done(pool, ("C04", open_screening()), ("BS-2024-003", entry()))
    known = await measures_against(pool, "C04", ON)
    [refused] = await do(pool, ("C04", screen_partner(measures=known)))
    assert isinstance(refused, MeasureInForce)


async def test_nothing_is_known_about_a_case_that_was_not_received(pool: asyncpg.Pool) -> None:
    assert await measures_against(pool, "C99", ON) == ()
    assert await screening(pool, "C99") is None


async def test_members_subcontractors_affiliates_and_officers_are_looked_up(pool: asyncpg.Pool) -> None:
    crime = {"register": "gang_exclusion", "clause": "GL7-A3", "valid_to": None}
    await done(
        pool,
        (
            "C1",
            opening("架空共同企業体", None, party("joint_venture_member", "架空みらい土木株式会社", MIRAI)),
        ),
        ("C2", opening("架空元請株式会社", None, party("subcontractor", "架空みらい土木株式会社", MIRAI))),
        ("C3", opening("架空親会社株式会社", None, party("affiliate", "架空みらい土木株式会社", MIRAI))),
        ("C4", opening("架空役員株式会社", None, party("officer", "架空 三郎"))),
        ("BS-1", entry(extends_to=("joint_venture_member",))),
        ("BS-2", entry(extends_to=("subcontractor",))),
        ("GE-1", entry(**crime, subject="person", name="架空　三郎", corporate_number=None)),
    )
    assert await against(pool, "C1") == {
        "BS-1": ("joint_venture_member", True),
        "BS-2": ("joint_venture_member", True),
    }
    assert await against(pool, "C2") == {"BS-1": ("subcontractor", False), "BS-2": ("subcontractor", True)}
    assert await against(pool, "C3") == {"BS-1": ("affiliate", False), "BS-2": ("affiliate", False)}
    assert await against(pool, "C4") == {"GE-1": ("officer", False)}


async def test_who_leads_the_applicant_is_looked_up_as_an_officer(pool: asyncpg.Pool) -> None:
    crime = {"register": "gang_exclusion", "clause": "GL7-A3", "valid_to": None}
    await done(
        pool,
        ("C04", opening("架空商事株式会社", None, representative=Confidential("代表取締役 架空 三郎"))),
        ("GE-1", entry(**crime, subject="person", name="架空三郎", corporate_number=None)),
    )
    assert await against(pool) == {"GE-1": ("officer", False)}


async def test_v12_a_finding_about_a_person_reaches_the_company_that_is_known_to_use_them(
    pool: asyncpg.Pool,
) -> None:
    await done(
        pool,
        ("C04", opening("架空クリーンサービス株式会社", CLEAN)),
        ("F-2023-002", record(PERSON)),
        ("L-1", link(to="2024-08-31")),
    )
    assert await against(pool) == {"F-2023-002": ("manager", True)}
    [measure] = await measures_against(pool, "C04", ON)
    used = {day: measure.in_force(date.fromisoformat(day)) for day in (
        "2024-03-31", "2024-04-01", "2024-08-31", "2024-09-01"
    )}  # fmt: skip
    assert used == {"2024-03-31": False, "2024-04-01": True, "2024-08-31": True, "2024-09-01": False}


async def test_v12_nobody_else_is_reached_by_it(pool: asyncpg.Pool) -> None:
    await done(pool, ("C04", open_screening()), ("F-2023-002", record(PERSON)), ("L-1", link()))
    assert await against(pool) == {}


async def test_v12_of_several_uses_the_one_of_the_day_counts(pool: asyncpg.Pool) -> None:
    await done(
        pool,
        ("C04", opening("架空クリーンサービス株式会社", CLEAN)),
        ("F-2023-002", record(PERSON)),
        ("L-1", link(to="2024-05-31")),
        ("L-2", link(**{"from": "2024-07-01"}, role="employee")),
    )
    assert await against(pool) == {"F-2023-002": ("employee", True)}
    assert await against(pool, on=date(2024, 4, 15)) == {"F-2023-002": ("manager", True)}
    [between] = await measures_against(pool, "C04", date(2024, 6, 15))
    assert not between.in_force(date(2024, 6, 15))


async def test_a_declared_manager_of_the_same_name_is_a_flag_while_declared(pool: asyncpg.Pool) -> None:
    manager = party("manager", "架空次郎", to=date(2024, 7, 31))
    await done(pool, ("C04", opening("架空商事株式会社", None, manager)), ("F-2023-002", record(PERSON)))
    [measure] = await measures_against(pool, "C04", ON)
    assert (measure.through, measure.automatic) == ("manager", False)
    assert measure.in_force(ON)
    assert not measure.in_force(date(2024, 8, 1))
