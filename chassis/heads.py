"""HEAD wherever there is GET (RFC 9110, 9.1 and 9.3.2): the same headers, and no body.

FastAPI answers 405 instead. The server in front of the application leaves the body of an answer to HEAD out.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class Heads:
    """An application that takes HEAD for GET."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = {**scope, "method": "GET"} if scope.get("method") == "HEAD" else scope
        await self._app(asked, receive, send)
