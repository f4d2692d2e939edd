"""Is what came what was expected? Every difference gets a line; no line, no difference.

Only the fields that are named are looked at. A name with dots goes inside: `proposer.name`,
`candidates.0.section`. An object is expected in part, a list with all of its items.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import JsonValue

NOT_THERE = object()


def name_of(type_: str) -> str:
    """renkei.screening.EligibilityDecided.v1 → EligibilityDecided"""
    return type_.split(".")[-2] if type_.count(".") >= 2 else type_


def differences(expected: Mapping[str, JsonValue], came: Mapping[str, Any]) -> Iterator[str]:
    """The lines for the fields of one fact."""
    for path, value in expected.items():
        yield from _compare(path, value, _at(path.split("."), came))


def _at(path: Sequence[str], value: Any) -> Any:
    for part in path:
        match value:
            case Mapping() if part in value:
                value = value[part]
            case list() if part.isdigit() and int(part) < len(value):
                value = value[int(part)]
            case _:
                return NOT_THERE
    return value


def _compare(path: str, expected: JsonValue, came: Any) -> Iterator[str]:
    match expected, came:
        case Mapping(), Mapping():
            for name, value in expected.items():
                yield from _compare(f"{path}.{name}", value, came.get(name, NOT_THERE))
        case list(), list() if len(expected) == len(came):
            for number, (one, other) in enumerate(zip(expected, came, strict=True)):
                yield from _compare(f"{path}.{number}", one, other)
        case _ if isinstance(expected, bool) != isinstance(came, bool) or expected != came:
            yield f"{path}: expected {shown(expected)}, came {shown(came)}"


def shown(value: Any) -> str:
    return "nothing" if value is NOT_THERE else json.dumps(value, ensure_ascii=False)


def missing_in_order(expected: Sequence[str], came: Sequence[str]) -> str | None:
    """The first name that does not follow those before it; others may stand between."""
    rest = iter(came)
    return next((name for name in expected if name not in rest), None)
