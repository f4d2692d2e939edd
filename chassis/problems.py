"""What goes wrong over HTTP, as problem documents (RFC 9457); errors are mapped here and nowhere else.

Refused                      its own status (409 as a rule)   urn:renkei:refused:<Name>
malformed request            422                              urn:renkei:refused:Malformed, `errors` says where
nothing there                404, 405                         urn:renkei:nothing-there
the database is away         503, try again with the same Idempotency-Key
a fault of ours              500                              urn:renkei:fault
"""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from chassis.database import UNREACHABLE
from chassis.decider import Refused
from chassis.event_store import Contention
from chassis.wording import in_japanese


class Malformed(Refused):
    """The request is not of the shape this route takes."""

    status = 422


class TooLarge(Refused):
    """A request has at most 900,000 bytes; leave out what can be handed in otherwise."""

    status = 413


class Problem(Response):
    """RFC 9457: `type` names the rule, `title` says it in Japanese, `detail` in English with the particulars."""

    media_type = "application/problem+json"

    def __init__(self, status: int, type_: str, title: str, detail: str, **more: Any) -> None:
        body = {"type": type_, "title": title, "status": status, "detail": detail, **more}
        super().__init__(orjson.dumps(body, default=str), status)


def explained(app: FastAPI) -> None:
    """Whatever this application raises is answered so that a person knows what to do."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _nothing_there)
    for unreachable in (*UNREACHABLE, Contention):
        app.add_exception_handler(unreachable, _away)
    app.add_exception_handler(Exception, _fault)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    name = type(error).__name__
    title = in_japanese(type(error)) or error.sentence
    return Problem(error.status, f"urn:renkei:refused:{name}", title, str(error), **error.extra)


async def _malformed(request: Request, error: Exception) -> Response:
    """What a query takes is read by FastAPI, which has an answer of its own for what is wrong with it."""
    assert isinstance(error, RequestValidationError)
    wrong = [{"field": ".".join(map(str, e["loc"])), "wrong": e["msg"]} for e in error.errors()]
    return await _refused(request, Malformed("See `errors`.", errors=wrong))


async def _nothing_there(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = f"There is nothing at this address ({error.detail})."
    return Problem(error.status_code, "urn:renkei:nothing-there", "この宛先には何もありません。", detail)


async def _away(request: Request, error: Exception) -> Response:
    detail = "The database cannot be reached just now. Try again with the same Idempotency-Key: nothing is done twice."
    title = "いまデータベースに接続できません。同じ Idempotency-Key でもう一度お試しください。二重にはなりません。"
    problem = Problem(503, "urn:renkei:away", title, detail)
    problem.headers["Retry-After"] = "1"
    return problem


async def _fault(request: Request, error: Exception) -> Response:
    """Starlette raises it again after this answer, so that it stands in the log."""
    detail = "This is a fault of ours and stands in our log. Trying again with the same Idempotency-Key does no harm."
    title = "不具合のため処理できませんでした。同じ Idempotency-Key でもう一度お試しください。二重にはなりません。"
    return Problem(500, "urn:renkei:fault", title, detail)


def places(error: ValidationError) -> list[dict[str, str]]:
    """Where a body is wrong and how; never what stood there, nor that it might have been confidential already."""
    return [
        {
            "field": ".".join(str(part) for part in e["loc"] if "Confidential" not in str(part)),
            "wrong": e["msg"],
        }
        for e in error.errors(include_input=False, include_url=False, include_context=False)
        if e["type"] != "is_instance_of"
    ]
