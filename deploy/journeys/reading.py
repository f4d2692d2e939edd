"""Reads a scenario file. All that is wrong with it is said at once, each with the line on which it stands.

YAML without its surprises: dates stay text, only `true` and `false` are yes and no, a key stands once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml
from pydantic import ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from deploy.journeys.scenario import REFERENCE, TAGS, Scenario, WrongMoment, timeline
from deploy.local.trouble import Trouble


class UnreadableScenario(Trouble):
    """A line for each thing that is wrong: the place, and what is wrong there."""


class _Loader(yaml.SafeLoader):
    """Knows only what is added below."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  # a class attribute of PyYAML's own


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"-?(0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?(0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
    ("null", r"null|", ["n", ""]),
    ("merge", r"<<", "<"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


def read(path: Path) -> Scenario:
    """Raises UnreadableScenario."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableScenario(f"{path} cannot be read: {error}") from None
    return parse(text, path.name)


def parse(text: str, name: str) -> Scenario:
    """A scenario from the text of a file of this name. Raises UnreadableScenario."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        if not isinstance(root, MappingNode):
            raise UnreadableScenario(f"{name}:1: a scenario begins with `name:` and `title:`")
        repeated = list(_repeated_keys(root))
        raw = loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UnreadableScenario(f"{name}:{line}: {error.problem}") from None
    finally:
        loader.dispose()
    wrong = repeated or [*_wrong_shape(raw, root), *_unknown_names(raw, root)]
    if wrong:
        raise UnreadableScenario("\n".join(f"{name}:{line}: {what}" for line, what in sorted(set(wrong))))
    return Scenario.model_validate(raw)


Wrong = tuple[int, str]  # line, counted from 1, and what is wrong there


def _wrong_shape(raw: object, root: Node) -> Iterator[Wrong]:
    try:
        for _ in timeline(Scenario.model_validate(raw)):
            pass
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False):
            loc = [part for part in each["loc"] if part not in TAGS]
            what = "unknown key" if each["type"] == "extra_forbidden" else each["msg"]
            yield _line(root, loc), f"{_place(loc)}: {what.removeprefix('Value error, ')}"
    except WrongMoment as wrong:
        yield _line(root, ["steps", wrong.step, "at"]), f"step {wrong.step + 1}: {wrong}"


def _place(loc: Sequence[str | int]) -> str:
    """steps.3.data → `step 4, data`"""
    match loc:
        case ["steps", int(number), *rest]:
            return ", ".join([f"step {number + 1}", *(".".join(map(str, rest)) for _ in rest[:1])])
        case []:
            return "the scenario"
        case _:
            return ".".join(map(str, loc))


def _line(root: Node, loc: Sequence[str | int]) -> int:
    """The line of the innermost thing on the way to `loc` that is there."""
    node, line = root, root.start_mark.line
    for part in loc:
        match node:
            case MappingNode():
                found = [(key, value) for key, value in node.value if key.value == str(part)]
                if not found:
                    break
                key, node = found[-1]  # own keys come after merged ones
                line = key.start_mark.line
            case SequenceNode() if isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                line = node.start_mark.line
            case _:
                break
    return line + 1


def _repeated_keys(node: Node) -> Iterator[Wrong]:
    """YAML itself would keep the last one, silently."""
    if isinstance(node, MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.start_mark.line + 1, f"`{key.value}` stands here a second time"
            seen.add(key.value)
            yield from _repeated_keys(value)
    elif isinstance(node, SequenceNode):
        for each in node.value:
            yield from _repeated_keys(each)


def _unknown_names(raw: dict[str, object], root: MappingNode) -> Iterator[Wrong]:
    """Each `${name}` in steps and end is a case or a variable of this file."""
    groups = (raw.get("cases"), raw.get("variables"))
    known = {name for group in groups if isinstance(group, dict) for name in group}
    for key, value in root.value:
        if key.value in ("steps", "end"):
            for scalar in _scalars(value):
                for name in REFERENCE.findall(scalar.value):
                    if name not in known:
                        told = f"${{{name}}} is neither a case nor a variable of this file"
                        yield scalar.start_mark.line + 1, told


def _scalars(node: Node) -> Iterator[ScalarNode]:
    match node:
        case ScalarNode():
            yield node
        case SequenceNode():
            for each in node.value:
                yield from _scalars(each)
        case MappingNode():
            for _, value in node.value:
                yield from _scalars(value)
