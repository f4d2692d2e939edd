"""The front shows what runs and passes everything else on as it came."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from deploy.local.front import serve_front
from deploy.local.gauges import gauges_in
from deploy.local.ports import Ports, free_base
from deploy.local.settings import Settings
from deploy.local.state import PartState, StackState


async def _echo(request: web.Request) -> web.Response:
    body = await request.read()
    headers = {"Seen-Path": request.raw_path, "Seen-Trace": request.headers.get("traceparent", "")}
    return web.Response(status=409, body=body, headers=headers, content_type="application/problem+json")


async def _metrics(_request: web.Request) -> web.Response:
    return web.Response(text="renkei_outbox_depth 1234567\n")


@pytest.fixture
async def front(tmp_path: Path) -> AsyncIterator[str]:
    settings = Settings(tmp_path, Ports(free_base()))
    intake = PartState("intake", "service", settings.ports.address("intake"), pid=1, state="ready")
    async with AsyncExitStack() as stack:
        app = web.Application(client_max_size=0)
        app.router.add_route("*", "/intake{rest:(/.*)?}", _echo)
        app.router.add_get("/metrics", _metrics)
        runner = web.AppRunner(app)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", settings.ports.of("intake")).start()
        await stack.enter_async_context(
            serve_front(settings, StackState(1, 0.0, settings.ports.base, [intake]))
        )
        yield settings.front


async def test_a_request_and_its_answer_pass_unchanged(front: str) -> None:
    body = b"x" * 3_000_000
    async with (
        ClientSession() as session,
        session.post(f"{front}/intake/a%2Fb?c=%20d", data=body, headers={"traceparent": "00-1"}) as answer,
    ):
        assert answer.status == 409
        assert answer.headers["Seen-Path"] == "/intake/a%2Fb?c=%20d"
        assert answer.headers["Seen-Trace"] == "00-1"
        assert answer.content_type == "application/problem+json"
        assert await answer.read() == body


@pytest.mark.parametrize(("path", "status"), [("/intake", 409), ("/intake?a=b", 409), ("/intakes", 404)])
async def test_a_service_has_an_address_of_its_own(front: str, path: str, status: int) -> None:
    """The open data has its table of contents there."""
    async with ClientSession() as session, session.get(f"{front}{path}") as answer:
        assert answer.status == status
        assert answer.headers.get("Seen-Path", path) == path


async def test_the_page_shows_parts_and_what_waits(front: str) -> None:
    async with ClientSession() as session, session.get(front) as answer:
        page = await answer.text()
    assert "すべて稼働中" in page
    assert '<a href="/intake/docs">' in page
    assert "1,234,567" in page


async def test_a_service_that_is_away_is_named(front: str) -> None:
    async with ClientSession() as session, session.get(f"{front}/audit/docs") as answer:
        assert answer.status == 502
        assert "audit does not answer" in await answer.text()


async def test_a_page_under_another_name_is_refused(front: str) -> None:
    async with (
        ClientSession() as session,
        session.get(front, headers={"Host": "evil.example:8100"}) as answer,
    ):
        assert answer.status == 421


def test_gauges_are_summed_over_their_labels() -> None:
    text = 'renkei_consumer_lag_records{partition="0"} 2\nrenkei_consumer_lag_records{partition="1"} 3\n'
    assert (gauges_in(text).lag, gauges_in(text).outbox) == (5.0, None)
