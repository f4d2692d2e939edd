"""Whatever goes wrong is answered by a problem document that says what to do, and quotes nobody."""

import contextlib
from typing import Any

import asyncpg
import orjson
import pytest
from fastapi import APIRouter, Response

from chassis.http import application
from tests.publication.hall import call

router = APIRouter()
WRONG: dict[str, Exception] = {
    "fault": KeyError("what somebody wrote"),
    "away": asyncpg.ConnectionDoesNotExistError("what somebody wrote"),
}


@router.get("/shelf/{wrong}")
async def fail(wrong: str) -> Response:
    raise WRONG[wrong]


APP = application("shelf", [router])


async def served(*asgi: Any) -> None:
    """A fault goes on to the server's log after its answer."""
    with contextlib.suppress(KeyError):
        await APP(*asgi)


@pytest.mark.parametrize(("wrong", "status"), [("fault", 500), ("away", 503)])
async def test_what_nobody_asked_for_is_explained(wrong: str, status: int) -> None:
    answer = await call(served, "GET", f"/shelf/{wrong}", {})
    problem = orjson.loads(answer.raw)
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (problem["type"], problem["status"]) == (f"urn:renkei:{wrong}", status)
    assert "Idempotency-Key" in problem["title"]
    assert "Idempotency-Key" in problem["detail"]
    assert "somebody" not in str(problem)
