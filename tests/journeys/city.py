"""A city on paper: the real rules, reactions and read models of every service behind the public HTTP shape.

No Kafka, no PostgreSQL: what a fact leads to elsewhere happens at once. So the scenario files and the player are
held against the rules in a second; that it all holds on the real engines is what `stack` is for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import guidelines
from chassis.calendar import office_days_after
from chassis.decider import Command, Decider, Recorded, permit
from chassis.http import shown
from chassis.identity import new_id
from chassis.openapi import kebab
from chassis.projections import Put
from contracts.actors import Actor
from contracts.cloudevents import Envelope
from contracts.days import day
from contracts.fact import Fact
from services.agreements import main as agreements
from services.intake import main as intake
from services.matching import main as matching
from services.screening import main as screening
from services.screening.policies import Measure

SERVICES = [intake.SERVICE, screening.SERVICE, matching.SERVICE, agreements.SERVICE]
MUNICIPALITY = "112089"


class NoRoute(LookupError):
    """No command has this path."""


class City:
    """Every stream, every read model, one clock, and the log of all that happened."""

    def __init__(self) -> None:
        self.log: list[Recorded] = []
        self.now = datetime(2023, 7, 3, tzinfo=UTC)
        self._tables: dict[str, defaultdict[str, dict[str, Any]]] = {
            model.name: defaultdict(dict) for service in SERVICES for model in service.read_models
        }
        self._reactions = [
            (service.name, fact, reaction)
            for service in SERVICES
            for fact, reaction in service.reactions(None).items()
        ]

    def ask(
        self, service: str, kind: str, id_: str, command: str, actor: str, body: Mapping[str, Any]
    ) -> list[Recorded]:
        """What a person asks for. Raises NoRoute, Refused, or pydantic's ValidationError."""
        commands = [
            each for decider in _deciders(service) if decider.kind == kind for each in decider.commands
        ]
        type_ = next((each for each in commands if kebab(each.__name__) == command), None)
        if type_ is None:
            raise NoRoute(f"{service}/{kind}/{command}")
        given = {name: value for name, value in self._given(id_).items() if name in type_.given()}
        return self._handle(
            service, id_, type_.model_validate({**body, **given, "actor": Actor.parse(actor)})
        )

    def status(self, receipt_number: str) -> dict[str, Any] | None:
        """How a case stands, from intake's read model."""
        cases = self._tables["cases"].values()
        return next((case for case in cases if case["receipt_number"] == receipt_number), None)

    def history(self, case: str) -> dict[str, Any]:
        """As the audit service answers."""
        entries = [
            {
                **shown(recorded),
                "index": index,
                "source": recorded.envelope.source,
                "cause": recorded.envelope.cause,
            }
            for index, recorded in enumerate(self.log)
            if recorded.id == case
        ]
        return {"case": case, "trace_id": "0" * 32, "entries": entries, "complete": True, "gaps": []}

    def tick(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def _handle(self, service: str, id_: str, command: Command, cause: str | None = None) -> list[Recorded]:
        """Decide, append, project; then everybody reacts."""
        decider = next(each for each in _deciders(service) if type(command) in each.commands)
        stream = decider.stream(id_)
        before = [
            each
            for each in self.log
            if (each.envelope.source, each.envelope.subject) == (f"/{service}", stream)
        ]
        state = decider.initial
        for each in before:
            state = decider.evolve(state, each.fact)
        permit(command)
        decided = decider.decide(command, state)
        recorded = [
            Recorded(fact, _envelope(fact, stream, len(before) + n, command, cause))
            for n, fact in enumerate(decided, start=1)
        ]
        self.log += recorded
        for each in recorded:
            self._project(service, each)
        for each in recorded:
            self._react(each)
        return recorded

    def _project(self, service: str, recorded: Recorded) -> None:
        for model in next(each for each in SERVICES if each.name == service).read_models:
            for change in model.project(recorded):
                if isinstance(change, Put):
                    self._tables[model.name][change.key] |= change.doc
                else:
                    self._tables[model.name].pop(change.key, None)

    def _react(self, recorded: Recorded) -> None:
        for service, fact, reaction in self._reactions:
            if fact is type(recorded.fact):
                for id_, command in reaction(recorded, self.tick()):
                    self._handle(service, id_, command, recorded.envelope.id)

    def _given(self, id_: str) -> dict[str, Any]:
        """What services add to what people ask for."""
        at = self.tick()
        edition = guidelines.in_force(MUNICIPALITY, day(at))
        return {
            "at": at,
            "receipt_number": f"2024-{len(self.log):06d}",
            "secret_hash": "0" * 64,
            "edition": edition.id,
            "municipality": MUNICIPALITY,
            "due": office_days_after(day(at), edition.periods.correction),
            "measures": self._measures(id_),
        }

    def _measures(self, case: str) -> tuple[Measure, ...]:
        """What the registers hold against the partner of a case, by its corporate number."""
        partner = self._tables["screenings"][case].get("partner", {})
        return tuple(
            Measure.model_validate({"id": id_, **measure})
            for id_, measure in self._tables["measures"].items()
            if measure["corporate_number"] == partner.get("corporate_number")
        )


def _deciders(service: str) -> tuple[Decider[Any, Any, Any], ...]:
    return tuple(decider for each in SERVICES if each.name == service for decider in each.deciders)


def _envelope(fact: Fact, stream: str, version: int, command: Command, cause: str | None) -> Envelope:
    return Envelope(
        id=new_id(), type=fact.type, source=f"/{fact.publisher}", subject=stream, version=version, time=command.at,
        case=stream.partition("/")[2], actor=str(command.actor), municipality=MUNICIPALITY, cause=cause,
        traceparent=None, body=fact.encoded(),
    )  # fmt: skip
