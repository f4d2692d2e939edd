"""The AsyncAPI 3.0 document: which facts travel on which topic, under which headers.

Source: https://www.asyncapi.com/docs/reference/specification/v3.0.0 and its Kafka bindings 0.5.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.cloudevents import topic
from contracts.compatibility import Schema

JSON_SCHEMA = "application/schema+json;version=2020-12"
VERSION = "1.0.0"  # of the envelope and the topics; each fact carries its own version in its type


def document(publishers: Mapping[str, str], schemas: Mapping[str, Schema]) -> dict[str, Any]:
    """The document for these publishers (name → what it publishes) and schemas (by CloudEvents type)."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Renkei",
            "version": VERSION,
            "description": "Facts about the cases of a city's public-private partnership office. CloudEvents "
            "1.0 on Kafka, binary mode; at least once, in order within a case. See docs/subscriber.md.",
        },
        "defaultContentType": "application/json",
        "channels": {name: _channel(name, summary, schemas) for name, summary in publishers.items()},
        "operations": {
            f"{name}.publish": {"action": "send", "channel": {"$ref": f"#/channels/{name}"}}
            for name in publishers
        },
        "components": {
            "messages": {type_: _message(type_, schema) for type_, schema in schemas.items()},
            "messageTraits": {"fact": _trait()},
            "schemas": {"headers": _headers()},
        },
    }


def _channel(publisher: str, summary: str, schemas: Mapping[str, Schema]) -> dict[str, Any]:
    types = [type_ for type_ in schemas if type_.startswith(f"{topic(publisher)}.")]
    return {
        "address": topic(publisher),
        "summary": summary,
        "messages": {type_: {"$ref": f"#/components/messages/{type_}"} for type_ in types},
        "bindings": {"kafka": {"topic": topic(publisher), "bindingVersion": "0.5.0"}},
    }


def _message(type_: str, schema: Schema) -> dict[str, Any]:
    return {
        "name": type_,
        "title": schema["title"],
        "summary": schema.get("description", ""),
        "traits": [{"$ref": "#/components/messageTraits/fact"}],
        "payload": {"schemaFormat": JSON_SCHEMA, "schema": {"$ref": f"./schemas/{type_}.json"}},
    }


def _trait() -> dict[str, Any]:
    key = {"type": "string", "description": "The case: its facts stand in one partition, in their order."}
    return {
        "contentType": "application/json",
        "headers": {"$ref": "#/components/schemas/headers"},
        "correlationId": {"location": "$message.header#/ce_correlationid"},
        "bindings": {"kafka": {"key": key, "bindingVersion": "0.5.0"}},
    }


def _headers() -> Schema:
    """What `contracts.cloudevents.headers` sends; a test holds the two together."""
    traceparent = r"^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"
    always = {
        "ce_specversion": {"const": "1.0"},
        "ce_id": {"description": "Unique for ever; the same id is the same fact, sent again."},
        "ce_type": {
            "pattern": r"^renkei\.[a-z_]+\.[A-Za-z]+\.v[1-9][0-9]*$",
            "description": "Names the schema of the body: schemas/<ce_type>.json.",
        },
        "ce_source": {"pattern": "^/[a-z_]+$", "description": "The publisher, e.g. /screening."},
        "ce_subject": {"description": "The stream within the source, e.g. screening/<case>."},
        "ce_time": {"format": "date-time", "description": "When it happened, UTC."},
        "ce_correlationid": {"description": "The case; the same as the key."},
        "ce_streamversion": {
            "pattern": "^[1-9][0-9]*$",
            "description": "Counts 1, 2, 3 … within source and subject, so that a gap shows.",
        },
        "ce_actor": {"description": "Who acted: role:id or role:id:section, the id being a pseudonym."},
        "ce_municipality": {
            "pattern": "^[0-9]{6}$",
            "description": "Code of the local government, e.g. 112089.",
        },
        "content-type": {"const": "application/json"},
    }
    sometimes = {
        "ce_causationid": {"description": "The id of the fact or request that led to this one."},
        "ce_traceparent": {"pattern": traceparent, "description": "W3C trace context of the origin."},
        "traceparent": {
            "pattern": traceparent,
            "description": "W3C trace context of the hop that sent the record.",
        },
    }
    fields = {name: {"type": "string", **facets} for name, facets in {**always, **sometimes}.items()}
    return {"type": "object", "required": list(always), "properties": fields}
