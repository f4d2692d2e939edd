"""What can be read can be asked for without its body (RFC 9110)."""

from typing import Any

import pytest
from fastapi import APIRouter, Response

from chassis.http import application
from tests.publication.hall import Reply, call

router = APIRouter()


@router.get("/shelf/book")
async def book() -> Response:
    return Response(b"once upon a time", headers={"ETag": '"1"'})


@router.post("/shelf/book/take")
async def take() -> Response:
    return Response(b"taken")


APP = application("shelf", [router])


async def ask(method: str, path: str) -> Reply:
    return await call(APP, method, path, {})


async def test_head_has_the_headers_of_get() -> None:
    got, head = await ask("GET", "/shelf/book"), await ask("HEAD", "/shelf/book")
    assert (head.status, dict(head.headers)) == (200, dict(got.headers))
    assert head.headers["etag"] == '"1"'


@pytest.mark.parametrize(("path", "status"), [("/shelf/book/take", 405), ("/shelf/nowhere", 404)])
async def test_head_does_nothing_that_get_does_not(path: str, status: int) -> None:
    assert (await ask("HEAD", path)).status == (await ask("GET", path)).status == status


def test_head_is_described_by_get() -> None:
    described: dict[str, Any] = APP.openapi()["paths"]
    assert set(described["/shelf/book"]) == {"get"}
