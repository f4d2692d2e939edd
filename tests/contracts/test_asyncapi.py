"""The AsyncAPI document: of the basic shape of version 3.0, and true to the headers that are sent."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from contracts.cloudevents import headers, topic
from contracts.generate import FOLDER, PUBLISHERS
from tests.contracts.samples import TYPES
from tests.contracts.test_envelope import SENT

DOCUMENT: dict[str, Any] = yaml.safe_load((FOLDER / "asyncapi.yaml").read_text(encoding="utf-8"))


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from references(each)


def resolved(reference: str) -> Any:
    """What a reference names: `#/a/b` here, `./schemas/…` in a file beside the document."""
    if not reference.startswith("#/"):
        return json.loads((FOLDER / reference).read_text(encoding="utf-8"))
    return reduce(lambda node, name: node[name], reference.removeprefix("#/").split("/"), DOCUMENT)


def test_it_says_what_it_is() -> None:
    assert DOCUMENT["asyncapi"] == "3.0.0"
    assert DOCUMENT["info"].keys() >= {"title", "version"}
    assert DOCUMENT.keys() <= {
        "asyncapi",
        "info",
        "defaultContentType",
        "channels",
        "operations",
        "components",
    }


@pytest.mark.parametrize("reference", sorted(set(references(DOCUMENT))))
def test_every_reference_leads_somewhere(reference: str) -> None:
    assert resolved(reference)


def test_there_is_one_channel_for_each_publisher_and_one_operation_that_sends() -> None:
    names = [module.__name__.removeprefix("contracts.") for module in PUBLISHERS]
    assert {name: channel["address"] for name, channel in DOCUMENT["channels"].items()} == {
        name: topic(name) for name in names
    }
    assert [(op["action"], op["channel"]["$ref"]) for op in DOCUMENT["operations"].values()] == [
        ("send", f"#/channels/{name}") for name in names
    ]


@pytest.mark.parametrize("type_", TYPES)
def test_every_version_of_every_fact_is_a_message_of_its_publishers_channel(type_: str) -> None:
    channel = DOCUMENT["channels"][type_.split(".")[1]]
    message = resolved(channel["messages"][type_]["$ref"])
    schema = resolved(message["payload"]["schema"]["$ref"])
    assert message["name"] == type_
    assert schema["$id"] == f"urn:renkei:schema:{type_}"
    assert message["payload"]["schemaFormat"] == "application/schema+json;version=2020-12"


def test_no_message_is_left_over() -> None:
    assert sorted(DOCUMENT["components"]["messages"]) == TYPES


@pytest.mark.parametrize("envelope", [SENT, replace(SENT, cause=None, traceparent=None)])
def test_the_headers_that_are_sent_are_those_that_are_described(envelope: Any) -> None:
    schema = DOCUMENT["components"]["schemas"]["headers"]
    sent = {name: value.decode() for name, value in headers(envelope)}
    Draft202012Validator(schema).validate(sent)
    assert sent.keys() <= schema["properties"].keys()
    described = set(schema["properties"]) if envelope is SENT else set(schema["required"])
    assert sent.keys() == described


def test_every_message_has_those_headers_and_its_key() -> None:
    (trait,) = {
        ref["$ref"] for message in DOCUMENT["components"]["messages"].values() for ref in message["traits"]
    }
    assert resolved(trait)["headers"] == {"$ref": "#/components/schemas/headers"}
    assert resolved(trait)["bindings"]["kafka"]["key"]["type"] == "string"
