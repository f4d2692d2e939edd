"""What an answer, or none, says about a request; and to whom a load may be sent."""

import asyncio
from collections.abc import Awaitable, Callable

import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from deploy.load.cases import Cases
from deploy.load.client import Answer, Client, Cut, NotLoopback, addresses, answer
from tests.load.plans import STEPS, endless

FACTS = [
    {"id": "f", "subject": "proposal/c", "version": 1, "type": "t", "time": "2024-07-31T15:00:00.000000Z"}
]


async def sent_to(
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]], within: float = 5.0
) -> Answer:
    """The first step of a case, sent to a service that does this."""
    application = web.Application()
    application.router.add_post("/intake/proposal/case-0/submit-proposal", handler)
    async with TestServer(application) as server, Client({"intake": server.make_url("/")}, within) as client:
        return await client.send(Cases(endless(*STEPS)).next(now=0.0))


async def test_a_command_is_posted_with_its_actor_and_key() -> None:
    seen: dict[str, str] = {}

    async def handler(request: web.Request) -> web.Response:
        seen.update(request.headers)
        return web.json_response({"facts": FACTS})

    accepted = await sent_to(handler)

    assert (seen["Renkei-Actor"], seen["Idempotency-Key"]) == ("proposer:P-1", "case-0-0.0")
    assert accepted.facts == FACTS
    assert str(accepted.today) == "2024-08-01"  # in Tokyo


async def test_a_connection_that_breaks_is_a_cut() -> None:
    async def handler(request: web.Request) -> web.Response:
        assert request.transport
        request.transport.abort()
        return web.Response()

    with pytest.raises(Cut, match=r"ServerDisconnected|ClientOSError"):
        await sent_to(handler)


async def test_an_answer_that_does_not_come_is_a_cut() -> None:
    async def handler(request: web.Request) -> web.Response:
        await asyncio.get_running_loop().create_future()
        return web.Response()

    with pytest.raises(Cut, match="Timeout"):
        await sent_to(handler, within=0.1)


def test_a_refusal_bears_the_name_of_its_rule() -> None:
    problem = orjson.dumps(
        {"type": "urn:renkei:refused:ScreeningNotOpen", "title": "ScreeningNotOpen", "status": 409}
    )

    assert answer(409, problem) == Answer(409, [], "ScreeningNotOpen")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}"])
def test_a_refusal_without_a_name_bears_its_status(body: bytes) -> None:
    assert answer(404, body) == Answer(404, [], "HTTP 404")


@pytest.mark.parametrize(("status", "body"), [(503, b"{}"), (500, b""), (200, b"not json"), (200, b"{}")])
def test_what_does_not_say_whether_it_was_done_is_a_cut(status: int, body: bytes) -> None:
    with pytest.raises(Cut):
        answer(status, body)


def test_services_answer_on_the_ports_after_the_front() -> None:
    assert {name: str(url) for name, url in addresses("http://127.0.0.1:8100").items()} == {
        "intake": "http://127.0.0.1:8101",
        "screening": "http://127.0.0.1:8102",
        "matching": "http://127.0.0.1:8103",
        "agreements": "http://127.0.0.1:8104",
        "audit": "http://127.0.0.1:8105",
        "publication": "http://127.0.0.1:8106",
    }


@pytest.mark.parametrize(
    "address",
    ["http://192.0.2.1:8100", "http://example.org:80", "http://localhost.example.org:8100", "http://0.0.0.0:8100",
     "http://[2001:db8::1]:8100", "http://127.0.0.1.example.org:8100"],
)  # fmt: skip
def test_a_load_goes_to_this_machine_only(address: str) -> None:
    with pytest.raises(NotLoopback, match="never to others"):
        addresses(address)


@pytest.mark.parametrize("address", ["http://localhost:8100", "http://127.0.0.9:8100", "http://[::1]:8100"])
def test_every_name_of_this_machine_will_do(address: str) -> None:
    assert addresses(address)
