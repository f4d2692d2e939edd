"""The published log over HTTP: for everybody, as static files, with what a cache may do with each."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from chassis.http import application
from chassis.service import Parts
from services.audit.api import routes
from tests.audit.verifier.logs import publish, some


async def got(folder: Path | None, path: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of a GET by nobody in particular."""
    parts = SimpleNamespace(settings=SimpleNamespace(audit_log=folder), identify=None)
    app, answer = application("audit", [routes(cast(Parts, parts))]), []

    asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> dict[str, Any]:
        if (message := next(asked, None)) is None:
            await asyncio.Event().wait()  # who asked stays until the answer is there
        return message or {}

    async def send(message: Any) -> None:
        answer.append(dict(message))

    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/audit/log/{path}",
        "query_string": b"",
        "headers": [],
    }
    await app(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in answer[0]["headers"]}
    return answer[0]["status"], headers, b"".join(message.get("body", b"") for message in answer)


async def test_tiles_are_kept_for_ever_and_the_checkpoint_is_asked_for_again(tmp_path: Path) -> None:
    publish(tmp_path, some(300).entries)
    for name in ("tile/0/000", "tile/entries/000", "tile/entries/001.p/44", "tile/1/000.p/1"):
        status, headers, body = await got(tmp_path, name)
        assert (status, body) == (200, (tmp_path / name).read_bytes())
        assert "immutable" in headers["cache-control"]
        assert headers["content-type"] == "application/octet-stream"
    for name in ("checkpoint", "policy", "log.vkey", "witness.vkey"):
        status, headers, body = await got(tmp_path, name)
        assert (status, body) == (200, (tmp_path / name).read_bytes())
        assert headers["cache-control"] == "no-cache"
        assert headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    ["", "tile", "tile/0/001", "tile/entries/001", "tile/0/001.p/45", "../secret", "tile/../../secret",
     "checkpoint.new", "tile/0/000.new", "%2e%2e/secret", "tile/0/١٢٣", "tile/0/001.p/0"],
)  # fmt: skip
async def test_what_is_not_published_is_not_there(tmp_path: Path, path: str) -> None:
    folder = publish(tmp_path / "log", some(300).entries)
    (tmp_path / "secret").write_text("secret")
    (folder / "checkpoint.new").write_text("half")
    (folder / "tile/0/000.new").write_text("half")
    status, _, body = await got(folder, path)
    assert status == 404
    assert b"half" not in body
    assert b"secret" not in body


async def test_where_no_log_is_published_there_is_none(tmp_path: Path) -> None:
    assert (await got(None, "checkpoint"))[0] == 404
    assert (await got(tmp_path / "empty", "checkpoint"))[0] == 404
