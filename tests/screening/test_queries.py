"""The registers and the cases as they are looked up, in a real database (V10, V12, V14)."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest

import services.screening
from chassis.commands import Asked, Commands
from chassis.database import connect, migrate
from chassis.decider import Recorded
from chassis.event_store import EventStore
from chassis.service import CHASSIS_MIGRATIONS
from contracts.confidential import Confidential
from contracts.intake import Partner, RelatedParty
from contracts.screening import EligibilityDecided, PartnerFlagged, RescreenRequired
from services.screening.consumers import reactions
from services.screening.domain import OpenScreening, RecordMeasure
from services.screening.main import SERVICE
from services.screening.policies import MeasureInForce
from services.screening.projections import (
    flags_of,
    imports,
    links,
    measures_as_of,
    screening,
    screenings,
    waiting_flags,
)
from services.screening.projections.lookup import ENTRIES, measures_against
from tests.engines import Engines
from tests.screening.sample import (
    AUGUST_1,
    JULY_31,
    PINNED,
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
from tests.screening.sample import (
    SERVICE as BY_SERVICE,
)
from tests.screening.test_imports import imported
from tests.screening.test_links import link
from tests.screening.test_links import start as start_link
from tests.screening.test_measures import FINDING, correct, record, start
from tests.screening.test_measures import SUSPENSION as ENTRY

MIGRATIONS = Path(services.screening.__file__).parent / "migrations"
MIRAI = "3999901000104"  # 架空みらい土木株式会社
CLEAN = "1999901000114"  # 架空クリーンサービス株式会社
PERSON: dict[str, Any] = {
    **FINDING,
    "subject": "person",
    "name": "架空 次郎",
    "corporate_number": None,
    "extends_to": ("user",),
}
ON = JULY_31.date()


@pytest.fixture
async def pool(engines: Engines) -> AsyncIterator[asyncpg.Pool]:
    dsn = await engines.database("screening")
    await migrate(dsn, CHASSIS_MIGRATIONS, MIGRATIONS)
    pool = await connect(dsn, 2)
    yield pool
    await pool.close()


def commands(pool: asyncpg.Pool) -> Commands:
    store = EventStore(pool, "/screening")
    return Commands(store, SERVICE.deciders, SERVICE.read_models, municipality="112089")


async def do(pool: asyncpg.Pool, *asked: tuple[str, Any]) -> list[Any]:
    return await commands(pool).handle_many([Asked(id_, command) for id_, command in asked])


async def done(pool: asyncpg.Pool, *asked: tuple[str, Any]) -> list[Recorded]:
    """The facts that followed; nothing was refused."""
    outcomes = await do(pool, *asked)
    for outcome in outcomes:
        assert isinstance(outcome, list), outcome
    return [fact for outcome in outcomes for fact in outcome]


async def react(pool: asyncpg.Pool, recorded: Recorded, on: datetime = JULY_31) -> list[Any]:
    """What screening does about a fact, its own or another's; the facts that followed."""
    following = reactions(pool)[type(recorded.fact)](recorded, on)
    asked = following if isinstance(following, list) else await following  # type: ignore[misc]
    return [each.fact for each in await done(pool, *asked)]


def opening(name: str, number: str | None, *related: RelatedParty, **more: Any) -> OpenScreening:
    partner = Partner(name=name, corporate_number=number)
    told = {**PINNED, "partner": partner, "related": related, **more, "actor": BY_SERVICE, "at": JULY_31}
    return OpenScreening.model_validate(told)


def party(kind: Any, name: str, number: str | None = None, **days: Any) -> RelatedParty:
    return RelatedParty(kind=kind, name=Confidential(name), corporate_number=number, **days)


def entry(**changed: Any) -> RecordMeasure:
    return record(ENTRY, **changed)


async def against(pool: asyncpg.Pool, case: str = "C04", on: date = ON) -> dict[str, tuple[str, bool]]:
    """What is held against a case: entry → through whom, and whether that is certain."""
    return {m.id: (m.through, m.automatic) for m in await measures_against(pool, case, on)}


# ── whom an entry is about ──


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


# ── who else is behind a proposal ──


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


# ── what follows when a register or a case changes ──


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


# ── lists ──


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
