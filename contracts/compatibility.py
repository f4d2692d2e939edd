"""May this schema take the place of the released one? A pure answer, with every reason.

A fact is read from two sides, and neither can be asked to change on the day we do:

- readers elsewhere hold the released schema and get what is sent from now on: nothing may leave, widen or
  turn optional;
- our own replay holds the new model and gets what was stored years ago: nothing may narrow or be required
  anew.

Together they leave little: a released field keeps its exact shape for ever, and what may come is an
optional field, text that explains, or the mark `x-confidential`. Anything else is a new version of the
fact, or a new fact.

Written here because the libraries answer other questions: jsoncompat decides by set inclusion, under
which a new optional field of an open object breaks stored data, and says yes or no without a reason;
api-schema-diff looks at one direction and passes over patterns and limits; jsonschema-diff shows differences
and judges none of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

EXPLAINS = frozenset({"$schema", "$id", "$defs", "title", "description", "examples", "deprecated"})
HOLDS_VALUES = frozenset({"const", "default", "enum"})  # values of a field, which only look like schemas
HOLDS_NAMES = frozenset(
    {"properties", "patternProperties"}
)  # a field may be called `title`: it explains nothing
CONFIDENTIAL = "x-confidential"


def incompatibilities(released: Schema, now: Schema) -> list[str]:
    """What readers or stored facts would stumble over, a line each; none if `now` may replace `released`."""
    return list(_compare(_shape(released, released), _shape(now, now), at=""))


def _shape(node: Any, root: Schema) -> Any:
    """Without what only explains, and each `$ref` replaced by what it names (facts are trees: it ends)."""
    if isinstance(node, list):
        return [_shape(each, root) for each in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        named = root["$defs"][node["$ref"].removeprefix("#/$defs/")]
        return _shape({**named, **{keyword: node[keyword] for keyword in node if keyword != "$ref"}}, root)
    shape = {}
    for keyword in node.keys() - EXPLAINS:
        if keyword in HOLDS_NAMES:
            shape[keyword] = {name: _shape(field, root) for name, field in node[keyword].items()}
        else:
            shape[keyword] = node[keyword] if keyword in HOLDS_VALUES else _shape(node[keyword], root)
    return shape


def _compare(released: Schema, now: Schema, at: str) -> Iterator[str]:
    place = at or "body"
    for keyword in sorted(released.keys() | now.keys()):
        before, after = released.get(keyword), now.get(keyword)
        if before == after:
            continue
        match keyword, before, after:
            case "properties", _, _:
                yield from _compare_fields(before or {}, after or {}, at)
            case "required", _, _:
                yield from _compare_required(released, now, at)
            case "items", dict(), dict():
                yield from _compare(before, after, f"{at}[]")
            case "anyOf" | "oneOf", list(), list() if len(before) == len(after):
                for branch, its_successor in zip(before, after, strict=True):
                    yield from _compare(branch, its_successor, at)
            case "enum", list(), list() if sorted(map(str, before)) == sorted(map(str, after)):
                pass  # the same choices in another order
            case _ if keyword == CONFIDENTIAL:
                if before:
                    yield f"{place}: no longer confidential, though what was stored under that promise is"
            case _:
                yield f"{place}: {keyword} was {_said(before)}, is {_said(after)}"


def _compare_fields(before: dict[str, Schema], after: dict[str, Schema], at: str) -> Iterator[str]:
    for name, schema in before.items():
        if name in after:
            yield from _compare(schema, after[name], _inside(at, name))
        else:
            yield f"{_inside(at, name)}: removed"


def _compare_required(released: Schema, now: Schema, at: str) -> Iterator[str]:
    before, after = set(released.get("required", ())), set(now.get("required", ()))
    for name in sorted(after - before):
        yield f"{_inside(at, name)}: newly required, but stored facts do not have it"
    for name in sorted(before - after):
        if name in now.get("properties", {}):
            yield f"{_inside(at, name)}: no longer required, but readers rely on it"


def _inside(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _said(value: Any) -> str:
    return "absent" if value is None else json.dumps(value, ensure_ascii=False)
