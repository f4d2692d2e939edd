"""HTTP: one command, one route, one name; what goes wrong becomes a problem document (chassis/problems.py)."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from fastapi import APIRouter, FastAPI, Request, Response
from pydantic import ValidationError

from chassis import telemetry
from chassis.clock import Clock, DevelopmentClock, NotADevelopmentClock
from chassis.commands import Commands
from chassis.decider import Command, Decider, Recorded, Refused
from chassis.deciding import Asked
from chassis.event_store import RequestKey
from chassis.heads import Heads
from chassis.identity import Identify
from chassis.openapi import ABOUT, described, kebab, problems
from chassis.problems import Malformed, TooLarge, explained, places
from contracts.actors import Actor
from contracts.cloudevents import instant

ID = re.compile(r"^[A-Za-z0-9._-]{1,64}$")
KEY = re.compile(r"^[\x21-\x7e]{1,128}$")


LONGEST_BODY = 900_000  # bytes: whatever follows from it has to fit into one record of Kafka (1 MiB)


@dataclass(frozen=True)
class Supply:
    """What a service adds to a command before it is decided, and to the answer after.

    `fields(id, body, at)` returns the values of the command's Given fields; `answer(id, facts)` further members of the
    answer.
    """

    fields: Callable[[str, Mapping[str, Any], datetime], Awaitable[dict[str, Any]]]
    answer: Callable[[str, Sequence[Recorded]], dict[str, Any]] = lambda id_, facts: {}


class Answer(Response):
    """JSON."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return orjson.dumps(content)


def application(service: str, routers: Iterable[APIRouter]) -> FastAPI:
    """The HTTP side of one service. FastAPI's own telemetry is off: it would make four spans a request."""
    app = FastAPI(
        title=f"連携 Renkei – {service}",
        description=ABOUT.format(service=service),
        docs_url=f"/{service}/docs",
        openapi_url=f"/{service}/openapi.json",
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        responses=problems(),
    )
    for router in routers:
        app.include_router(router)
    explained(app)
    app.add_middleware(Heads)
    return app


def command_routes(
    service: str,
    deciders: Iterable[Decider[Any, Any, Any]],
    commands: Commands,
    clock: Clock,
    identify: Identify,
    supplies: Mapping[type[Command], Supply],
) -> APIRouter:
    """`POST /<service>/<kind>/{id}/<command-in-kebab-case>` for every command of every decider.

    Commands that only timers or other services issue have no route.
    """
    router = APIRouter()
    for decider in deciders:
        for command in decider.commands:
            if not command.by <= {"timer", "service"}:
                route = f"/{service}/{decider.kind}/{{id}}/{kebab(command.__name__)}"
                endpoint = _endpoint(
                    route, decider.kind, command, commands, clock, identify, supplies.get(command)
                )
                router.add_api_route(
                    route,
                    endpoint,
                    methods=["POST"],
                    tags=[decider.kind],
                    **described(ID.pattern, KEY.pattern, command),
                )
    return router


def _endpoint(
    route: str,
    kind: str,
    type_: type[Command],
    commands: Commands,
    clock: Clock,
    identify: Identify,
    supply: Supply | None,
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        began = time.perf_counter()
        id_ = request.path_params["id"]
        status = 500
        try:
            if not ID.fullmatch(id_):
                raise Malformed("An id has 1 to 64 letters, digits, dots, hyphens or underscores.")
            with telemetry.case_span(f"{type_.__name__}", id_, {"http.route": route}) as span:
                actor = identify(request.headers.get("renkei-actor"))
                raw = await _body(request)
                body = _object(raw)
                at = clock()
                given = await supply.fields(id_, body, at) if supply else {}
                command = _command(type_, body, {"actor": actor, "at": at, **given})
                key = _request_id(request, kind, id_)
                digest = _digest(actor, route, raw)
                asked = Asked(
                    id_,
                    command,
                    RequestKey(key, digest) if key else None,
                    cause=key,
                    traceparent=telemetry.traceparent(span),
                )
                try:
                    facts = await commands.handle(asked)
                except Refused as refusal:
                    span.set_attribute("renkei.refused", type(refusal).__name__)
                    raise
            status = 200
            return Answer(
                {**(supply.answer(id_, facts) if supply else {}), "facts": [shown(fact) for fact in facts]}
            )
        except Refused as refusal:
            status = refusal.status
            raise
        finally:
            telemetry.HTTP.labels("POST", route, status).observe(time.perf_counter() - began)

    return endpoint


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise TooLarge()
    return body


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError as error:
        raise Malformed(f"The body is not JSON: {error.msg}.") from None
    if not isinstance(value, dict):
        raise Malformed("The body is not a JSON object.")
    json.loads(body or b"{}", object_pairs_hook=_each_once)
    return value


def _each_once(members: list[tuple[str, Any]]) -> None:
    """RFC 8259 leaves open which of two members of one name counts; so neither does."""
    names = [name for name, _ in members]
    if len(set(names)) < len(names):
        raise Malformed("A field stands twice in one object; say each once.")


def _command(type_: type[Command], body: Mapping[str, Any], given: Mapping[str, Any]) -> Command:
    if foreign := type_.given() & body.keys():
        raise Malformed(f"These fields are filled in by the service: {', '.join(sorted(foreign))}.")
    try:
        return type_.model_validate({**body, **given})
    except ValidationError as error:
        raise Malformed("See `errors`.", errors=places(error)) from None


def _digest(actor: Actor, route: str, raw: bytes) -> bytes:
    """What a repeated request has to equal. Who asks belongs to it: an answer may hold what is theirs alone."""
    return hashlib.blake2b("\0".join((str(actor), route, "")).encode() + raw, digest_size=16).digest()


def _request_id(request: Request, kind: str, id_: str) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not KEY.fullmatch(key):
        raise Malformed("An Idempotency-Key has 1 to 128 visible ASCII characters.")
    return f"http:{kind}/{id_}:{key}"


def shown(recorded: Recorded) -> dict[str, Any]:
    """A fact as an answer shows it; confidential values are hidden."""
    envelope = recorded.envelope
    return {
        "id": envelope.id,
        "type": envelope.type,
        "subject": envelope.subject,
        "version": envelope.version,
        "time": instant(envelope.time),
        "actor": envelope.actor,
        "data": recorded.fact.model_dump(mode="json", by_alias=True),
    }


def clock_routes(service: str, clock: Clock) -> APIRouter:
    """`PUT /<service>/development/clock` sets the shared development clock."""
    router = APIRouter(include_in_schema=False)

    @router.put(f"/{service}/development/clock")
    async def set_clock(request: Request) -> Response:
        if not isinstance(clock, DevelopmentClock):
            raise NotADevelopmentClock()
        body = _object(await request.body())
        try:
            now = datetime.fromisoformat(str(body.get("now")))
        except ValueError:
            raise Malformed('Send {"now": "2024-07-31T09:00:00+09:00"}.') from None
        if now.tzinfo is None:
            raise Malformed("`now` needs an offset from UTC.")
        return Answer({"now": instant(clock.set(now))})

    return router
