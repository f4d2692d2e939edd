"""Registers and screenings as they are listed, in a real database (V10)."""

from datetime import date

import asyncpg

from contracts.confidential import Confidential
from services.screening.projections import (
    imports,
    links,
    measures_as_of,
    screening,
    screenings,
)
from services.screening.projections.lookup import ENTRIES, measures_against
from tests.screening.registers_at_work import ON, done, entry, opening, party
from tests.screening.sample import (
    about_partner,
    open_screening,
    screen_partner,
    screen_project,
)
from tests.screening.test_imports import imported
from tests.screening.test_links import link
from tests.screening.test_measures import SUSPENSION as ENTRY
from tests.screening.test_measures import correct


async def test_v10_the_registers_as_of_a_day_have_both_end_dates(pool: asyncpg.Pool) -> None:
    await done(
        pool,
        ("BS-2024-003", entry()),
        ("GE-1", entry(register="gang_exclusion", clause="GL7-A3", valid_to=None)),
    )

    async def on(day: str, register: str | None = None) -> list[str]:
        found = await measures_as_of(pool, date.fromisoformat(day), register)
        return [each["id"] for each in found]

    assert await on("2024-01-31") == []
    assert await on("2024-02-01") == ["BS-2024-003", "GE-1"]
    assert await on("2024-07-31") == ["BS-2024-003", "GE-1"]
    assert await on("2024-08-01") == ["GE-1"]
    assert await on("2024-07-31", "bid_suspension") == ["BS-2024-003"]


async def test_registers_are_read_page_by_page_without_what_they_are_found_by(pool: asyncpg.Pool) -> None:
    await done(pool, *((f"BS-{n}", entry()) for n in range(5)), ("L-1", link()), ("L-2", link(role="agent")))
    assert [each["id"] for each in await measures_as_of(pool, limit=2)] == ["BS-0", "BS-1"]
    assert [each["id"] for each in await measures_as_of(pool, after="BS-1", limit=2)] == ["BS-2", "BS-3"]
    assert [each["id"] for each in await links(pool, after="L-1")] == ["L-2"]
    shown = [*await measures_as_of(pool), *await links(pool)]
    assert not any("key" in name for each in shown for name in each)


async def test_an_entry_shows_what_it_says_now(pool: asyncpg.Pool) -> None:
    await done(pool, ("BS-2024-003", entry()), ("BS-2024-003", correct(ENTRY, valid_to="2024-06-30")))
    [shown] = await measures_as_of(pool)
    assert shown["valid_to"] == "2024-06-30"
    await done(pool, ("run.bid_suspension", imported()))
    [run] = await imports(pool)
    assert (run["id"], run["register"], run["added"]) == ("run.bid_suspension", "bid_suspension", 2)


async def test_the_work_list_holds_what_is_open_and_the_answers_so_far(pool: asyncpg.Pool) -> None:
    await done(pool, ("C04", open_screening()), ("BS-2024-003", entry()))
    known = await measures_against(pool, "C04", ON)
    answers = about_partner("GL7-A2", measure="BS-2024-003")
    await done(pool, ("C04", screen_partner(answers, measures=known)), ("C04", screen_project()))
    [found] = await screenings(pool, "open")
    whole = await screening(pool, "C04")
    assert whole == found | {"flags": []}
    assert found["case"] == "C04"
    assert found["clear"] is False
    assert len(found["project_answers"]) == 6
    assert await screenings(pool, "eligible") == []


async def test_who_is_behind_a_proposal_is_looked_up_and_not_shown(pool: asyncpg.Pool) -> None:
    await done(
        pool,
        (
            "C04",
            opening(
                "架空商事株式会社",
                None,
                party("manager", "架空次郎"),
                representative=Confidential("架空 三郎"),
            ),
        ),
    )
    shown = str(await screening(pool, "C04"))
    assert "次郎" not in shown
    assert "三郎" not in shown


async def test_names_are_found_through_the_index(pool: asyncpg.Pool) -> None:
    """Ten thousand entries: who is asked for is found without reading them all."""
    await pool.execute(
        """insert into measures
        select 'BS-' || n, jsonb_build_object('corporate_number', n::text, 'keys', jsonb_build_array('k' || n))
        from generate_series(1, 10000) n"""
    )
    await pool.execute("analyze measures")
    asked = ENTRIES.replace("$1", "array['7']").replace("$2", "array['k9']").replace("$3", "array['8']")
    plan = "\n".join(row[0] for row in await pool.fetch("explain " + asked))
    plan = plan.partition("Nested Loop")[0].partition("Hash Join")[0]  # of the entries; links are few here
    assert "Seq Scan" not in plan
    assert "measures_keys" in plan
    assert "measures_corporate_number" in plan
