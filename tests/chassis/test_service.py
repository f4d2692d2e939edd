"""A service as its users meet it: over HTTP, in a process of its own, on the real engines."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import asyncpg
import pytest
import pytest_asyncio

from deploy.local.ports import any_free
from tests.engines import Engines
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

WINDOW = {"Renkei-Actor": "window:W-01:S01"}


@dataclass
class Running:
    """The service and a client of it."""

    dsn: str
    http: aiohttp.ClientSession
    process: asyncio.subprocess.Process

    async def post(self, path: str, body: object, **headers: str) -> tuple[int, dict[str, object]]:
        data = body if isinstance(body, bytes) else None
        json = None if isinstance(body, bytes) else body
        async with self.http.post(path, json=json, data=data, headers={**WINDOW, **headers}) as answer:
            return answer.status, await answer.json(content_type=None)

    async def get(self, path: str) -> tuple[int, str]:
        async with self.http.get(path) as answer:
            return answer.status, await answer.text()


@asynccontextmanager
async def started(
    dsn: str, engines: Engines, folder: Path, environment: str = "development"
) -> AsyncIterator[Running]:
    """The shelf's process, ready."""
    [port] = any_free(1)
    address = f"127.0.0.1:{port}"
    settings = {
        "RENKEI_ENVIRONMENT": environment, "RENKEI_HTTP": address, "RENKEI_KAFKA": engines.bootstrap,
        "RENKEI_DATABASE": dsn, "RENKEI_CLOCK": str(folder / "clock.json"), "RENKEI_KEYS": str(folder / "keys"),
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.chassis.shelf_service"]
    for argument in ("migrate", "all"):
        process = await asyncio.create_subprocess_exec(*command, argument, env={**os.environ, **settings})
        if argument == "migrate":
            assert await process.wait() == 0
    try:
        async with aiohttp.ClientSession(f"http://{address}") as http:
            running = Running(dsn, http, process)
            assert await until(lambda: _ready(running))
            yield running
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), 30) == 0


async def _ready(running: Running) -> bool:
    try:
        return (await running.get("/health/ready"))[0] == 200
    except aiohttp.ClientError:
        return False


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shelf(engines: Engines, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """One process for all tests here: each has shelves of its own."""
    await engines.topics("renkei.shelf", "renkei.other")
    folder = tmp_path_factory.mktemp("shelf")
    async with started(await engines.database("shelf"), engines, folder) as running:
        yield running


async def test_a_command_is_answered_with_its_facts_and_confidential_values_stay_hidden(
    shelf: Running,
) -> None:
    status, answer = await shelf.post("/shelf/shelf/tea/shelve", {"thing": "茶碗", "note": "秘密"})
    assert status == 200
    [fact] = answer["facts"]  # type: ignore[misc]
    assert fact["data"] == {"thing": "茶碗", "note": "(confidential)"}
    assert (fact["subject"], fact["version"], fact["actor"]) == ("shelf/tea", 1, "window:W-01:S01")
    connection = await asyncpg.connect(shelf.dsn)
    assert "秘密" in await connection.fetchval("select body from events where stream = 'shelf/tea'")
    await connection.close()


async def test_a_request_repeated_with_its_key_gets_the_same_answer(shelf: Running) -> None:
    first = await shelf.post("/shelf/shelf/k/shelve", {"thing": "x"}, **{"Idempotency-Key": "key-1"})
    again = await shelf.post("/shelf/shelf/k/shelve", {"thing": "x"}, **{"Idempotency-Key": "key-1"})
    other = await shelf.post("/shelf/shelf/k/shelve", {"thing": "y"}, **{"Idempotency-Key": "key-1"})
    assert first == again
    assert (other[0], other[1]["type"]) == (422, "urn:renkei:refused:KeyUsedBefore")


async def test_a_key_gives_nobody_the_answer_that_somebody_else_got(shelf: Running) -> None:
    sent = {"Idempotency-Key": "key-of-one"}
    await shelf.post("/shelf/shelf/o/shelve", {"thing": "x"}, **sent)
    other = await shelf.post(
        "/shelf/shelf/o/shelve", {"thing": "x"}, **sent, **{"Renkei-Actor": "window:W-99:S01"}
    )
    assert (other[0], other[1]["type"]) == (422, "urn:renkei:refused:KeyUsedBefore")


BAD_INPUT: list[tuple[str, object, dict[str, str], int, str]] = [
    ("/shelf/shelf/a/shelve", b"{", {}, 422, "Malformed"),
    ("/shelf/shelf/a/shelve", [], {}, 422, "Malformed"),
    ("/shelf/shelf/a/shelve", {"thing": 7}, {}, 422, "Malformed"),
    ("/shelf/shelf/a/shelve", b'{"thing": "x", "thing": "y"}', {}, 422, "Malformed"),
    ("/shelf/shelf/a/shelve", {"thing": "x", "more": 1}, {}, 422, "Malformed"),
    ("/shelf/shelf/a/shelve", {"thing": "x", "at": "2024-01-01T00:00:00Z"}, {}, 422, "Malformed"),
    ("/shelf/shelf/a/shelve", b'{"thing": "\\ud800"}', {}, 422, "Malformed"),
    ("/shelf/shelf/a b/shelve", {"thing": "x"}, {}, 422, "Malformed"),
    ("/shelf/shelf/a%0A/shelve", {"thing": "x"}, {}, 422, "Malformed"),
    ("/shelf/shelf/a/shelve", {"thing": "x"}, {"Idempotency-Key": "no spaces"}, 422, "Malformed"),
    ("/shelf/shelf/a/shelve", {"thing": "x"}, {"Renkei-Actor": "emperor:1"}, 401, "Unknown"),
    ("/shelf/shelf/a/shelve", {"thing": "x"}, {"Renkei-Actor": "reviewer:R1"}, 403, "NotYours"),
]


async def test_bad_input_is_refused_by_name_and_never_quoted(shelf: Running) -> None:
    for path, body, headers, status, name in BAD_INPUT:
        answered, problem = await shelf.post(path, body, **headers)
        assert (answered, problem["type"]) == (status, f"urn:renkei:refused:{name}"), (path, body, headers)


async def test_a_refusal_says_what_a_person_can_do(shelf: Running) -> None:
    for thing in "abc":
        await shelf.post("/shelf/shelf/full/shelve", {"thing": thing})
    status, problem = await shelf.post("/shelf/shelf/full/shelve", {"thing": "d"})
    assert (status, problem["type"]) == (409, "urn:renkei:refused:ShelfFull")
    assert problem["detail"] == "This shelf holds three things; take one off first."


async def test_a_refusal_is_said_in_japanese_first(shelf: Running) -> None:
    status, problem = await shelf.post(
        "/shelf/shelf/a/shelve", {"thing": "x"}, **{"Renkei-Actor": "reviewer:R1"}
    )
    assert (status, problem["title"]) == (403, "この役割では行えません。")
    assert str(problem["detail"]).startswith("Your role may not do this. Shelve is for: ")


async def test_health_sees_a_lost_database_and_a_lost_broker(shelf: Running, engines: Engines) -> None:
    await engines.postgres.stop()
    try:
        assert await until(lambda: _unready(shelf, "database"))
        assert (await shelf.post("/shelf/shelf/h/shelve", {"thing": "x"}))[0] == 503
        assert (await shelf.get("/health/live"))[0] == 200
    finally:
        await engines.postgres.start()
    assert await until(lambda: _ready(shelf))
    assert (await shelf.post("/shelf/shelf/h/shelve", {"thing": "x"}))[0] == 200
    await engines.kafka.stop()
    try:
        assert await until(lambda: _unready(shelf, "broker"))
    finally:
        await engines.kafka.start()
    assert await until(lambda: _ready(shelf))


async def _unready(shelf: Running, part: str) -> bool:
    status, text = await shelf.get("/health/ready")
    return status == 503 and f'"{part}":"does not answer' in text


async def test_metrics_and_descriptions_are_served(shelf: Running) -> None:
    before = await _accepted(shelf)
    await shelf.post("/shelf/shelf/m/shelve", {"thing": "x"})
    assert await _accepted(shelf) == before + 1
    _, metrics = await shelf.get("/metrics")
    for name in (
        "renkei_outbox_depth",
        "renkei_dead_letters",
        "renkei_event_loop_lag_seconds",
        "renkei_http_seconds_bucket",
    ):
        assert name in metrics
    status, openapi = await shelf.get("/shelf/openapi.json")
    assert status == 200
    assert "/shelf/shelf/{id}/take-off" in openapi


async def _accepted(shelf: Running) -> float:
    _, metrics = await shelf.get("/metrics")
    counted = re.search(r'renkei_commands_total\{command="Shelve",outcome="accepted"} (\S+)', metrics)
    return float(counted[1]) if counted else 0.0


async def test_the_development_clock_moves_what_commands_see(shelf: Running) -> None:
    async with shelf.http.put(
        "/shelf/development/clock", json={"now": "2029-04-01T09:00:00+09:00"}
    ) as answer:
        assert answer.status == 200
    _, answered = await shelf.post("/shelf/shelf/t/shelve", {"thing": "x"})
    assert answered["facts"][0]["time"].startswith("2029-04-01T00:00")  # type: ignore[index]


async def test_in_production_nobody_is_taken_at_their_word(engines: Engines, tmp_path: Path) -> None:
    async with started(await engines.database("shelf"), engines, tmp_path, "production") as running:
        assert (await running.post("/shelf/shelf/a/shelve", {"thing": "x"}))[0] == 401
        async with running.http.put(
            "/shelf/development/clock", json={"now": "2029-04-01T09:00:00+09:00"}
        ) as answer:
            assert answer.status == 409
