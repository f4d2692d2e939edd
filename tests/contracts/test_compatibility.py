"""The gate, change by change: made to a copy of a released schema, each is refused or passes."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from contracts.compatibility import Schema, incompatibilities
from contracts.generate import schema_of
from contracts.intake import ProposalSubmitted

RELEASED = schema_of(ProposalSubmitted)

Change = Callable[[Schema], Any]


def field(schema: Schema, name: str) -> Schema:
    found: Schema = schema["properties"][name]
    return found


def part(schema: Schema, name: str) -> Schema:
    found: Schema = schema["$defs"][name]
    return found


def removed(schema: Schema) -> None:
    del schema["properties"]["channel"]
    schema["required"].remove("channel")


def renamed(schema: Schema) -> None:
    schema["properties"]["way_in"] = schema["properties"].pop("channel")
    schema["required"][schema["required"].index("channel")] = "way_in"


def required_and_new(schema: Schema) -> None:
    schema["properties"]["language"] = {"type": "string"}
    schema["required"].append("language")


def nullable(schema: Schema) -> None:
    schema["properties"]["submitted_on"] = {"anyOf": [field(schema, "submitted_on"), {"type": "null"}]}


def never_null(schema: Schema) -> None:
    schema["properties"]["theme"] = field(schema, "theme")["anyOf"][0]


INCOMPATIBLE: list[tuple[Change, str]] = [
    (removed, "channel: removed"),
    (renamed, "channel: removed"),
    (required_and_new, "language: newly required"),
    (nullable, "submitted_on: type was"),
    (never_null, "theme: anyOf was"),
    (lambda s: s["required"].append("theme"), "theme: newly required"),
    (lambda s: s["required"].remove("kind"), "kind: no longer required"),
    (
        lambda s: field(s, "secret_hash").update(type="integer"),
        'secret_hash: type was "string", is "integer"',
    ),
    (lambda s: field(s, "kind")["enum"].remove("theme_proposal"), "kind: enum was"),
    (lambda s: field(s, "kind")["enum"].append("petition"), "kind: enum was"),
    (lambda s: field(s, "consent_to_terms").pop("const"), "consent_to_terms: const was true, is absent"),
    (lambda s: field(s, "submitted_on").update(format="date-time"), 'submitted_on: format was "date"'),
    (lambda s: field(s, "secret_hash").update(pattern="^[0-9A-F]{64}$"), "secret_hash: pattern was"),
    (lambda s: field(s, "secret_hash").pop("pattern"), "secret_hash: pattern was"),
    (lambda s: field(s, "body").update(maxLength=1_000), "body: maxLength was 65535, is 1000"),
    (lambda s: field(s, "body").update(maxLength=100_000), "body: maxLength was 65535, is 100000"),
    (
        lambda s: field(s, "requested_resources").update(minItems=1),
        "requested_resources: minItems was absent",
    ),
    (lambda s: field(s, "requested_resources").update(default=["room"]), "requested_resources: default was"),
    (
        lambda s: field(s, "requested_resources")["items"].update(type="object"),
        'requested_resources[]: type was "string"',
    ),
    (lambda s: field(s, "theme")["anyOf"].append({"type": "integer"}), "theme: anyOf was"),
    (lambda s: field(s, "theme")["anyOf"][0].update(maxLength=4), "theme: maxLength was absent, is 4"),
    (lambda s: field(s, "body").pop("x-confidential"), "body: no longer confidential"),
    (lambda s: part(s, "Proposer")["properties"].pop("type"), "proposer.type: removed"),
    (lambda s: part(s, "Proposer")["required"].append("contact"), "proposer.contact: newly required"),
    (lambda s: part(s, "Proposer")["required"].remove("address"), "proposer.address: no longer required"),
    (lambda s: s.update(additionalProperties=False), "body: additionalProperties was absent, is false"),
]


@pytest.mark.parametrize(("change", "reason"), INCOMPATIBLE, ids=[reason for _, reason in INCOMPATIBLE])
def test_a_change_that_breaks_readers_or_stored_facts_is_refused(change: Change, reason: str) -> None:
    now = deepcopy(RELEASED)
    change(now)
    assert any(said.startswith(reason) for said in incompatibilities(RELEASED, now)), incompatibilities(
        RELEASED, now
    )


def optional_and_new(schema: Schema) -> None:
    schema["properties"]["language"] = {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None}


def optional_and_new_in_a_part(schema: Schema) -> None:
    part(schema, "Proposer")["properties"]["website"] = {"type": "string", "default": ""}


def a_part_is_named_otherwise(schema: Schema) -> None:
    schema["$defs"]["Applicant"] = schema["$defs"].pop("Proposer")
    field(schema, "proposer")["$ref"] = "#/$defs/Applicant"


COMPATIBLE: dict[str, Change] = {
    "nothing": lambda s: s,
    "an optional field came": optional_and_new,
    "an optional field came to a part": optional_and_new_in_a_part,
    "a part is named otherwise": a_part_is_named_otherwise,
    "a part is written in place": lambda s: s["properties"].update(proposer=part(s, "Proposer")),
    "a field became confidential": lambda s: field(s, "receipt_number").update({"x-confidential": True}),
    "a field is explained": lambda s: field(s, "theme").update(
        title="Theme", description="…", examples=["T-1"]
    ),
    "a field is on its way out": lambda s: field(s, "theme").update(deprecated=True),
    "the choices stand in another order": lambda s: field(s, "channel")["enum"].reverse(),
    "the fields stand in another order": lambda s: s["required"].reverse(),
}


@pytest.mark.parametrize("change", COMPATIBLE.values(), ids=COMPATIBLE.keys())
def test_a_change_that_breaks_nobody_is_let_through(change: Change) -> None:
    now = deepcopy(RELEASED)
    change(now)
    assert incompatibilities(RELEASED, now) == []
