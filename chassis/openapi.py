"""How a command is described to people and tools: one OpenAPI operation for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from chassis.decider import Command
from contracts.terms import term


def kebab(name: str) -> str:
    """SubmitProposal → submit-proposal"""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


ABOUT = """\
命令は `POST /{service}/種類/番号/命令`、答えは起きた事実(`facts`)です。
受け付けられないときは、理由とどうすればよいかを `title`(日本語)と `detail`(英語と詳細)が述べます。
用語は用語集 `docs/glossary.md` にあります。

Commands are `POST /{service}/<kind>/<id>/<command>`; the answer is the facts that followed.
A refusal says why, and what to do, in `title` (Japanese) and `detail` (English, particulars); `type` ends in its name.
"""

ID = "案件などの番号。最初に作る人が決めます。 Of the case, or whatever it is about; whoever begins it chooses it."
ACTOR = "誰の操作か:`役割:番号`、課なら `役割:番号:課`。 Who asks: `role:id`, or `role:id:section`."
KEY = "送り直しても一度だけ行われます。 Sent again with the same one, it is done once."


def described(kind_of_id: str, kind_of_key: str, command: type[Command]) -> dict[str, Any]:
    """The operation of a command, as FastAPI takes it."""
    sentence = (command.__doc__ or "").strip().partition("\n")[0]
    return {
        "operation_id": f"{kebab(command.__name__)}",
        "summary": f"{term(command.__name__)} {sentence}".strip(),
        "description": f"できる人 For: {', '.join(f'{term(role)} `{role}`' for role in sorted(command.by))}",
        "openapi_extra": {
            "x-roles": sorted(command.by),
            "parameters": [
                {
                    "name": "id",
                    "in": "path",
                    "required": True,
                    "description": ID,
                    "schema": {"type": "string", "pattern": kind_of_id},
                },
                {
                    "name": "Renkei-Actor",
                    "in": "header",
                    "description": ACTOR,
                    "schema": {"type": "string"},
                    "example": "window:W-01:S01",
                },
                {
                    "name": "Idempotency-Key",
                    "in": "header",
                    "description": KEY,
                    "schema": {"type": "string", "pattern": kind_of_key},
                },
            ],
            "requestBody": {"required": True, "content": {"application/json": {"schema": _asked(command)}}},
        },
        "responses": {
            200: {"description": "起きた事実。 The facts that followed."},
            **problems({**PROBLEMS, **OF_COMMANDS}),
        },
    }


@cache
def _asked(command: type[Command]) -> dict[str, Any]:
    """What the body holds: what is not given by the service itself."""
    schema = command.model_json_schema(ref_template="#/components/schemas/{model}", by_alias=True)
    for name in command.given():
        schema["properties"].pop(name, None)
        schema["required"] = [field for field in schema.get("required", []) if field != name]
    return inlined(schema)


def problems(which: Mapping[int, str] | None = None) -> dict[int | str, dict[str, Any]]:
    """How the problems that an operation may answer with are described; those of every operation, unless told."""
    problem = {"content": {"application/problem+json": {"schema": _problem()}}}
    return {code: {"description": text, **problem} for code, text in (which or PROBLEMS).items()}


PROBLEMS = {
    401: "どなたか分かりません。 Nobody known is asking.",
    403: "この役割ではできません。 This role may not do this.",
    404: "ありません。 There is no such thing.",
    422: "形が正しくありません。`errors` が欄を示します。 Malformed; `errors` says where.",
    503: "後でもう一度。 Try again.",
}
OF_COMMANDS = {
    409: "受け付けられません。`type` が規則の名前です。 Refused; `type` names the rule.",
    413: "大きすぎます。 Too large.",
}


class ProblemDocument(BaseModel):
    """RFC 9457: `type` names the rule, `title` says it in Japanese, `detail` in English with the particulars."""

    type: str
    title: str
    status: int
    detail: str


@cache
def _problem() -> dict[str, Any]:
    return ProblemDocument.model_json_schema()


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
