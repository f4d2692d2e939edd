"""The four services without HTTP, Kafka and PostgreSQL: their real decisions and reactions, in memory."""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import UTC, date, datetime
from typing import Any

import orjson

from chassis.decider import Command, Recorded, Refused, permit
from chassis.http import shown
from chassis.openapi import kebab
from chassis.service import Service
from contracts.actors import Actor
from contracts.cloudevents import Envelope
from deploy.load.cases import Request
from deploy.load.client import Answer
from services.agreements.main import SERVICE as AGREEMENTS
from services.intake.main import SERVICE as INTAKE
from services.matching.main import SERVICE as MATCHING
from services.screening.main import SERVICE as SCREENING

SERVICES = {service.name: service for service in (INTAKE, SCREENING, MATCHING, AGREEMENTS)}
NOW = datetime(2024, 8, 1, 3, 0, tzinfo=UTC)

GIVEN: dict[str, Any] = {
    "at": NOW,
    "receipt_number": "R-2024-000001",
    "secret_hash": "0" * 64,
    "due": date(2024, 8, 8),
    "respond_by": date(2024, 8, 15),
    "edition": "tokorozawa/2023-07",
    "municipality": "112089",
    "measures": (),
}


class Town:
    """Facts stay on their way until `travel`."""

    def __init__(self) -> None:
        self.log: list[Envelope] = []
        self._streams: dict[str, list[Recorded]] = defaultdict(list)
        self._on_their_way: deque[tuple[str, Recorded]] = deque()

    def send(self, request: Request) -> Answer:
        """What the service would answer."""
        step, case = request.step, request.plan.case
        service = SERVICES[step.service]
        types = {kebab(type_.__name__): type_ for decider in service.deciders for type_ in decider.commands}
        type_ = types[step.command]
        given = {name: GIVEN[name] for name in type_.given() - {"actor"}}
        body = {**orjson.loads(request.body()), **given, "actor": Actor.parse(step.actor)}
        try:
            facts = self._handle(
                service, case, type_.model_validate(body), f"http:{request.subject}:{request.key}"
            )
        except Refused as refusal:
            return Answer(refusal.status, [], type(refusal).__name__)
        return Answer(200, [shown(fact) for fact in facts], None)

    def travel(self) -> None:
        """Every fact arrives everywhere, and so do those that follow from it."""
        while self._on_their_way:
            publisher, told = self._on_their_way.popleft()
            for service in SERVICES.values():
                reaction = service.reactions(None).get(type(told.fact))
                if publisher in service.listens_to and reaction:
                    for id_, command in reaction(told, NOW):
                        self._handle(service, id_, command, told.envelope.id)

    def _handle(self, service: Service, id_: str, command: Command, cause: str) -> list[Recorded]:
        permit(command)
        decider = next(one for one in service.deciders if type(command) in one.commands)
        stream = self._streams[decider.stream(id_)]
        state = decider.initial
        for before in stream:
            state = decider.evolve(state, before.fact)
        recorded = []
        for fact in decider.decide(command, state):
            envelope = Envelope(
                id=f"fact-{len(self.log)}",
                type=fact.type,
                source=f"/{service.name}",
                subject=decider.stream(id_),
                version=len(stream) + 1,
                time=command.at,
                case=id_,
                actor=str(command.actor),
                municipality="112089",
                cause=cause,
                traceparent=None,
                body=fact.encoded(),
            )
            recorded.append(Recorded(fact, envelope))
            stream.append(recorded[-1])
            self.log.append(envelope)
            self._on_their_way.append((service.name, recorded[-1]))
        return recorded
