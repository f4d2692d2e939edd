"""The published log over HTTP: for everybody, as static files, with what a cache may do with each."""

import asyncio
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from chassis.http import application
from chassis.service import Parts
from services.audit.api import routes
from services.audit.verifier.log import verify
from services.audit.verifier.policy import policy
from services.audit.verifier.sources import Folder
from tests.audit.verifier.logs import POLICY, publish, some


async def got(
    folder: Path | None, path: str, method: str = "GET", **asked_with: str
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of what nobody in particular asks for."""
    parts = SimpleNamespace(settings=SimpleNamespace(audit_log=folder), identify=None)
    app, answer = application("audit", [routes(cast(Parts, parts))]), []

    sent = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> dict[str, Any]:
        if (message := next(sent, None)) is None:
            await asyncio.Event().wait()  # who asked stays until the answer is there
        return message or {}

    async def send(message: Any) -> None:
        answer.append(dict(message))

    scope = {
        "type": "http",
        "method": method,
        "path": f"/audit/log/{path}",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in asked_with.items()],
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


async def test_who_has_it_already_is_not_sent_it_again(tmp_path: Path) -> None:
    publish(tmp_path, some(300).entries)
    for name in ("checkpoint", "tile/0/001.p/44"):
        _, before, body = await got(tmp_path, name)
        for known in (before["etag"], f'W/"x", W/{before["etag"]}'):
            status, headers, nothing = await got(tmp_path, name, **{"if-none-match": known})
            assert (status, nothing, headers["etag"]) == (304, b"", before["etag"])
            assert headers["cache-control"] == before["cache-control"]
        assert (await got(tmp_path, name, **{"if-none-match": '"another"'}))[0::2] == (200, body)
    publish(tmp_path, some(301).entries)
    status, headers, body = await got(tmp_path, "checkpoint", **{"if-none-match": before["etag"]})
    assert (status, body) == (200, (tmp_path / "checkpoint").read_bytes())


async def test_it_can_be_asked_whether_a_file_is_there(tmp_path: Path) -> None:
    publish(tmp_path, some(300).entries)
    for name in ("checkpoint", "tile/0/000"):
        _, wanted, _ = await got(tmp_path, name)
        status, headers, _ = await got(tmp_path, name, "HEAD")
        assert (status, headers) == (200, wanted)
    assert (await got(tmp_path, "tile/0/002", "HEAD"))[0] == 404


async def test_a_partial_tile_is_gone_once_the_full_one_is_there_and_a_reader_finds_the_same_in_it(
    tmp_path: Path,
) -> None:
    seen = (publish(tmp_path, some(300).entries) / "checkpoint").read_bytes()
    publish(tmp_path, some(600).entries)
    for level in ("0", "entries"):
        shutil.rmtree(tmp_path / f"tile/{level}/001.p")
        assert (await got(tmp_path, f"tile/{level}/001.p/44"))[0] == 404
        assert (await got(tmp_path, f"tile/{level}/001"))[0] == 200
    (tmp_path / "checkpoint").write_bytes(seen)
    found = verify(Folder(tmp_path), policy(POLICY))
    assert found.checkpoint.size == 300


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
