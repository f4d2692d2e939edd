"""A case as it was known at any time, what came between two, and that every reading is itself a fact."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from aiokafka import ConsumerRecord

from chassis.database import connect
from chassis.http import application, command_routes
from chassis.inbox import Received
from chassis.settings import Settings
from contracts.audit import CaseRead
from contracts.cloudevents import Envelope, headers
from contracts.fact import Fact
from contracts.intake import ProposalReceived
from contracts.screening import EligibilityDecided
from services.audit.main import SERVICE
from tests.contracts.samples import golden
from tests.engines import Engines
from tests.intake.counter import Counter, Reply, told_elsewhere

MONDAY = datetime(2024, 8, 5, 0, 0, tzinfo=UTC)
AUDITOR, HEAD, WINDOW = "auditor:A-01", "window_head:H-01:S01", "window:W-01:S01"


class Desk(Counter):
    """Where an auditor reads; the log is fed as Kafka would."""

    async def read(self, path: str, actor: str = AUDITOR, **query: datetime) -> Reply:
        asked = "&".join(f"{name.strip('_')}={quote(time.isoformat())}" for name, time in query.items())
        return await self._call("GET", f"/audit/case/{path}?{asked}", {"Renkei-Actor": actor})

    async def readings(self, case: str = "C01") -> Sequence[CaseRead]:
        return await self.history(f"reading/{case}")  # type: ignore[return-value]

    async def kept(self, fact: Fact, version: int, happened: datetime, case: str = "C01") -> None:
        """The log comes to know of a fact now, that happened then."""
        envelope = Envelope(
            id=f"{fact.publisher}-{case}-{version}", type=fact.type, source=f"/{fact.publisher}",
            subject=f"{fact.publisher}/{case}", version=version, time=happened, case=case, actor=WINDOW,
            municipality="112089", cause=None, traceparent=None, body=fact.encoded(),
        )  # fmt: skip
        place = (f"renkei.{fact.publisher}", 0, version, 0, 0, case.encode(), envelope.body, None, -1, -1)
        await self.take([Received(ConsumerRecord(*place, tuple(headers(envelope))), envelope)])


@pytest.fixture
async def desk(engines: Engines) -> AsyncIterator[Desk]:
    settings = Settings(
        environment="development",
        kafka="nowhere:1",
        database=await engines.of("services.audit"),
        keys=Path("none"),
    )
    pool = await connect(settings.database, 4)
    parts = SERVICE.parts(settings, pool)
    desk = Desk(parts, now=MONDAY)
    parts.clock = lambda: desk.now
    posts = command_routes("audit", SERVICE.deciders, parts.commands, parts.clock, parts.identify, {})
    desk.app = application("audit", [posts, SERVICE.routes(parts)])
    parts.commands.start()
    try:
        async with SERVICE.taking(parts) as desk.take:
            yield desk
    finally:
        await parts.commands.stop()
        await pool.close()


DAY, HOUR = timedelta(days=1), timedelta(hours=1)


async def two_facts(desk: Desk) -> None:
    """A proposal known on Monday; a decision of Tuesday that the log knew on Thursday."""
    await desk.kept(told_elsewhere(ProposalReceived), 1, MONDAY)
    desk.now = MONDAY + 3 * DAY
    await desk.kept(told_elsewhere(EligibilityDecided), 1, MONDAY + DAY)
    desk.now = MONDAY + 10 * DAY


async def test_a_case_is_shown_as_it_was_known_then(desk: Desk) -> None:
    await two_facts(desk)
    for days, count in ((-1, 0), (2, 1), (3, 2)):
        found = await desk.read("C01/history", as_of=MONDAY + days * DAY)
        assert len(found.body["entries"]) == count, days
    [proposal, decision] = (await desk.read("C01/history")).body["entries"]
    assert (decision["time"], decision["received_at"]) == (
        "2024-08-06T00:00:00.000000Z",
        "2024-08-08T00:00:00.000000Z",
    )
    assert proposal["actor"] == WINDOW


async def test_why_stands_there_in_the_words_of_the_edition(desk: Desk) -> None:
    decided = told_elsewhere(EligibilityDecided)
    assert isinstance(decided, EligibilityDecided)
    fact = decided.model_copy(update={"clauses": ("GL7-A2",), "edition": "tokorozawa/2023-07"})
    await desk.kept(fact, 1, MONDAY)
    [entry] = (await desk.read("C01/history")).body["entries"]
    cited = {each["clause"]: each for each in entry["cites"]}
    assert "入札参加停止" in cited["GL7-A2"]["text"]
    assert (cited["GL7-A2"]["edition"], "ガイドライン" in cited["GL7-A2"]["title"]) == (
        "tokorozawa/2023-07",
        True,
    )


async def test_a_diff_holds_what_came_between_and_marks_what_is_late(desk: Desk) -> None:
    await two_facts(desk)
    found = (await desk.read("C01/diff", from_=MONDAY + 2 * DAY, to=MONDAY + 4 * DAY)).body
    [entry] = found["entries"]
    assert (entry["type"], entry["late"]) == (EligibilityDecided.type, True)
    assert found["streams"] == [{"stream": "screening/C01", "from": 0, "to": 1}]
    found = (await desk.read("C01/diff", from_=MONDAY, to=MONDAY + DAY)).body
    assert found["entries"] == found["streams"] == []


async def test_a_diff_over_a_clock_that_was_set_back_holds_what_came_between_and_nothing_else(
    desk: Desk,
) -> None:
    await desk.kept(told_elsewhere(ProposalReceived), 1, MONDAY)
    desk.now = MONDAY - HOUR
    await desk.kept(told_elsewhere(EligibilityDecided), 1, MONDAY - HOUR)
    found = (await desk.read("C01/diff", from_=MONDAY - HOUR / 2, to=MONDAY + HOUR)).body
    assert [entry["index"] for entry in found["entries"]] == [0]


async def test_a_case_of_which_a_fact_was_missing_then_is_not_said_to_have_been_whole(desk: Desk) -> None:
    await desk.kept(told_elsewhere(EligibilityDecided), 2, MONDAY)
    desk.now = MONDAY + DAY
    await desk.kept(told_elsewhere(EligibilityDecided), 1, MONDAY)
    then = (await desk.read("C01/history", as_of=MONDAY)).body
    assert (then["complete"], then["gaps"]) == (
        False,
        ["/screening screening/C01: 1 facts kept, the last is number 2"],
    )
    assert (await desk.read("C01/history", as_of=MONDAY + DAY)).body["complete"]


async def test_every_reading_of_an_auditor_is_a_fact_and_of_nobody_else(desk: Desk) -> None:
    await two_facts(desk)
    await desk.read("C01/history")
    await desk.read("C01/history", as_of=MONDAY)
    await desk.read("C01/diff", from_=MONDAY, to=MONDAY + DAY)
    await desk.read("C01/history", HEAD)
    assert [(fact.reader, fact.manner, fact.since, fact.as_of) for fact in await desk.readings()] == [
        ("A-01", "history", None, None),
        ("A-01", "history", None, MONDAY),
        ("A-01", "diff", MONDAY, MONDAY + DAY),
    ]


async def test_a_reading_comes_back_to_the_log_as_an_entry_of_its_case(desk: Desk) -> None:
    await two_facts(desk)
    await desk.read("C01/history")
    [event] = await desk.published()
    assert (event.case, event.source, event.subject) == ("C01", "/audit", "reading/C01")
    await desk.kept(event.fact(), 1, desk.now)
    assert (await desk.read("C01/history")).body["entries"][-1]["type"] == CaseRead.type


async def test_what_nobody_knows_leaves_no_reading_and_no_case(desk: Desk) -> None:
    assert (await desk.read("C99/history")).body["entries"] == []
    assert await desk.published() == []


async def test_times_without_an_offset_or_in_the_wrong_order_are_refused(desk: Desk) -> None:
    naive = MONDAY.replace(tzinfo=None)
    assert (await desk.read("C01/history", as_of=naive)).refused == "Malformed"
    assert (await desk.read("C01/diff", from_=MONDAY, to=naive)).refused == "Malformed"
    assert (await desk.read("C01/diff", from_=MONDAY + DAY, to=MONDAY)).refused == "Malformed"
    assert (await desk.read("C01/diff", from_=MONDAY)).refused == "Malformed"


async def test_only_auditors_and_the_head_of_the_office_read(desk: Desk) -> None:
    for path in ("C01/history", "C01/diff"):
        assert (await desk.read(path, WINDOW, from_=MONDAY, to=MONDAY)).refused == "NotYours"
    asked = await desk._call(
        "POST", "/audit/reading/C01/read-case", {"Renkei-Actor": HEAD}, b'{"manner": "bundle"}'
    )
    assert asked.refused == "NotYours"


def test_the_golden_reading_says_what_was_asked_for() -> None:
    assert b'"purpose"' in golden(CaseRead.type)


async def test_another_body_under_an_id_is_shown_as_a_conflict_and_leaves_no_gap(desk: Desk) -> None:
    """Audit keeps what came; of two bodies under one id the first is the fact (services/audit/log.py)."""
    await two_facts(desk)
    await desk.kept(
        told_elsewhere(ProposalReceived).model_copy(update={"edition": "tokorozawa/2024-10"}), 1, MONDAY
    )
    found = (await desk.read("C01/history")).body
    assert [entry["conflict"] for entry in found["entries"]] == [None, None, 0]
    assert found["complete"]
