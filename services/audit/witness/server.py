"""The witness over HTTP: `POST /add-checkpoint` (C2SP tlog-witness)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

from aiohttp import web

from services.audit.tlog.notes import Signer
from services.audit.verifier.notes import Key
from services.audit.witness.deciding import Answer, Asked, decide, read
from services.audit.witness.store import Store

LARGEST = 100_000  # bytes of a request


def application(
    signer: Signer, logs: Mapping[str, Sequence[Key]], store: Store, now: Callable[[], float]
) -> web.Application:
    """`now`: seconds since 1970."""

    def take(asked: Asked) -> None:
        with store.alone():
            origin = asked.checkpoint.origin
            store.keep(origin, decide(asked, logs, store.seen(origin)))

    async def add_checkpoint(request: web.Request) -> web.Response:
        try:
            asked = read(await request.read())
            await asyncio.to_thread(take, asked)
        except Answer as answer:
            return web.Response(status=answer.status, text=answer.body, content_type=answer.content_type)
        return web.Response(text=signer.cosign(asked.text, int(now())))

    async def vkey(_: web.Request) -> web.Response:
        return web.Response(text=f"{signer.key.vkey}\n")

    app = web.Application(client_max_size=LARGEST)
    app.add_routes([web.post("/add-checkpoint", add_checkpoint), web.get("/witness.vkey", vkey)])
    return app
