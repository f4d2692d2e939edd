"""One address for people: the operator's page at `/`, and every service below its own name."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web
from yarl import URL

from deploy.local import SERVICES
from deploy.local.front_page import page
from deploy.local.gauges import read_gauges
from deploy.local.settings import Settings
from deploy.local.state import StackState

# Between two neighbours only (RFC 9110, section 7.6.1); the rest of a message passes as it came.
_HOP_BY_HOP = {
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}
_LOOPBACK_NAMES = {"127.0.0.1", "localhost", "[::1]"}
_CHUNK = 65536
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serve_front(settings: Settings, state: StackState) -> AsyncIterator[None]:
    """Serve until the block ends."""
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=5)
    async with aiohttp.ClientSession(timeout=timeout, auto_decompress=False) as session:
        front = Front(settings, state, session)
        app = web.Application(middlewares=[only_for_this_machine], client_max_size=0)
        app.router.add_get("/", front.show)
        app.router.add_route("*", f"/{{service:{'|'.join(SERVICES)}}}{{rest:(/.*)?}}", front.forward)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", settings.ports.of("front")).start()
            yield
        finally:
            await runner.cleanup()


@web.middleware
async def only_for_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A page from elsewhere may call this address its own (DNS rebinding) and read what an operator may."""
    if request.host.rpartition(":")[0] not in _LOOPBACK_NAMES:
        raise web.HTTPMisdirectedRequest(
            text="This address is for this machine: open it as http://127.0.0.1."
        )
    return await handler(request)


class Front:
    def __init__(self, settings: Settings, state: StackState, session: aiohttp.ClientSession) -> None:
        self._settings = settings
        self._state = state
        self._session = session

    async def show(self, _request: web.Request) -> web.Response:
        running = [part for part in self._state.parts if part.kind == "service" and part.pid]
        gauges = await read_gauges(self._session, {part.name: part.address for part in running})
        traces = f"http://{self._settings.ports.address('zipkin')}/zipkin/" if self._settings.traces else None
        return web.Response(text=page(self._state, gauges, traces), content_type="text/html")

    async def forward(self, request: web.Request) -> web.StreamResponse:
        """Pass a request on and its answer back, both as streams."""
        url = f"http://{self._settings.ports.address(request.match_info['service'])}{request.raw_path}"
        headers = [(k, v) for k, v in request.headers.items() if k.lower() not in _HOP_BY_HOP]
        body = request.content.iter_chunked(_CHUNK) if request.body_exists else None
        try:
            async with self._session.request(
                request.method, URL(url, encoded=True), headers=headers, data=body, allow_redirects=False
            ) as answer:
                return await _pass_back(request, answer)
        except aiohttp.ClientConnectionError:
            service = request.match_info["service"]
            raise web.HTTPBadGateway(text=f"{service} does not answer: `renkei status` says why.") from None


async def _pass_back(request: web.Request, answer: aiohttp.ClientResponse) -> web.StreamResponse:
    response = web.StreamResponse(status=answer.status, reason=answer.reason)
    for name, value in answer.headers.items():
        if name.lower() not in _HOP_BY_HOP:
            response.headers.add(name, value)
    await response.prepare(request)
    async for chunk in answer.content.iter_any():
        await response.write(chunk)
    await response.write_eof()
    return response
