"""How a command is described to people and tools: one OpenAPI operation for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from chassis.decider import Command


def kebab(name: str) -> str:
    """SubmitProposal → submit-proposal"""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def described(kind_of_id: str, kind_of_key: str, command: type[Command]) -> dict[str, Any]:
    schema = command.model_json_schema(ref_template="#/components/schemas/{model}", by_alias=True)
    for name in command.given():
        schema["properties"].pop(name, None)
        schema["required"] = [field for field in schema.get("required", []) if field != name]
    return {
        "operation_id": f"{kebab(command.__name__)}",
        "summary": (command.__doc__ or command.__name__).strip().splitlines()[0],
        "description": f"For: {', '.join(sorted(command.by))}.",
        "openapi_extra": {
            "parameters": [
                {
                    "name": "id",
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string", "pattern": kind_of_id},
                },
                {
                    "name": "Renkei-Actor",
                    "in": "header",
                    "schema": {"type": "string"},
                    "example": "window:W-01:S01",
                },
                {
                    "name": "Idempotency-Key",
                    "in": "header",
                    "schema": {"type": "string", "pattern": kind_of_key},
                },
            ],
            "requestBody": {"required": True, "content": {"application/json": {"schema": inlined(schema)}}},
        },
        "responses": {
            200: {"description": "The facts that followed."},
            **problems({**PROBLEMS, **OF_COMMANDS}),
        },
    }


def problems(which: Mapping[int, str] | None = None) -> dict[int | str, dict[str, Any]]:
    """How the problems that an operation may answer with are described; those of every operation, unless told."""
    problem = {"content": {"application/problem+json": {"schema": ProblemDocument.model_json_schema()}}}
    return {code: {"description": text, **problem} for code, text in (which or PROBLEMS).items()}


PROBLEMS = {
    401: "Nobody known is asking.",
    403: "This role may not do this.",
    404: "There is no such thing.",
    422: "Malformed; `errors` says where.",
    503: "Try again.",
}
OF_COMMANDS = {409: "Refused; `type` names the rule.", 413: "Too large."}


class ProblemDocument(BaseModel):
    """RFC 9457: `type` names the rule, `title` says it in Japanese, `detail` in English with the particulars."""

    type: str
    title: str
    status: int
    detail: str


def inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """A JSON Schema without `$defs`: each reference replaced by what it refers to."""
    definitions = schema.pop("$defs", {})

    def resolve(node: Any) -> Any:
        if isinstance(node, dict):
            if "$ref" in node:
                return resolve(definitions[node["$ref"].rpartition("/")[2]])
            return {name: resolve(value) for name, value in node.items()}
        return [resolve(value) for value in node] if isinstance(node, list) else node

    resolved: dict[str, Any] = resolve(schema)
    return resolved
