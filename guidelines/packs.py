"""Packs on disk: where they lie, how they are read, and what is said of one that cannot be read.

    BrokenPack         a file of a pack is missing or wrong; says which one, in which line, which field, and what
      └─ AmbiguousPack     two packs claim the same edition

A pack is a folder `<municipality>/<edition>`. Those that ship with the package come first; more are found in the
folders that the environment variable `RENKEI_GUIDELINES` lists, separated like a search path.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from functools import cache
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

SHIPPED = Path(__file__).parent
ELSEWHERE = "RENKEI_GUIDELINES"

_DECODER = json.JSONDecoder()
_BLANK = " \t\r\n"


class BrokenPack(ValueError):
    """A file of this pack is missing or wrong. Each finding is one line."""

    def __init__(self, *findings: str) -> None:
        self.findings = tuple("".join(map(_shown, finding)) for finding in findings)
        super().__init__("\n".join(self.findings))


class AmbiguousPack(BrokenPack):
    """Two packs claim the same edition."""


def roots() -> tuple[Path, ...]:
    """The folders that hold packs. Raises BrokenPack for one that is no folder."""
    named = os.environ.get(ELSEWHERE, "")  # noqa: TID251 - the one place where the law's whereabouts are read
    return _folders(named)


@cache
def _folders(named: str) -> tuple[Path, ...]:
    more = [Path(folder).expanduser().resolve() for folder in named.split(os.pathsep) if folder.strip()]
    for folder in more:
        if not folder.is_dir():
            raise BrokenPack(f"{ELSEWHERE} names {folder}, which is no folder")
    return tuple(dict.fromkeys([SHIPPED, *more]))


@cache
def find(folders: Sequence[Path]) -> dict[str, Path]:
    """Id of every edition there is → its folder, by id. Raises AmbiguousPack."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*/*/edition.json")):
            id_ = path.parent.relative_to(folder).as_posix()
            if id_ in found:
                raise AmbiguousPack(f"{id_} lies in {found[id_]} and in {path.parent}; keep one of them")
            found[id_] = path.parent
    return dict(sorted(found.items()))


def read(path: Path) -> Any:
    """What a JSON file holds. Raises BrokenPack, with the line."""
    return parse(path, text_of(path))


def text_of(path: Path) -> str:
    """Raises BrokenPack."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise BrokenPack(f"{path}: the file is missing") from None
    except UnicodeDecodeError as error:
        raise BrokenPack(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise BrokenPack(f"{path}: {error.strerror or error}") from None


def parse(path: Path, text: str) -> Any:
    """The JSON in `text`, where no field stands twice. Raises BrokenPack, with the line."""
    twice: list[str] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        twice.extend(
            name for n, (name, _) in enumerate(found) if any(name == other for other, _ in found[:n])
        )
        return dict(found)

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_constant=_no_number)
    except JSONDecodeError as error:
        raise BrokenPack(f"{path}, line {error.lineno}, column {error.colno}: {error.msg}") from None
    except (RecursionError, ValueError) as error:
        raise BrokenPack(f"{path}: {error}") from None
    if twice:
        raise BrokenPack(f"{path}: these fields stand twice: {', '.join(sorted(set(twice)))}")
    return value


def validated(model: type[BaseModel], folder: Path, head: str, parts: Sequence[str]) -> Any:
    """The model that a file `<head>.json` holds, with a field more for the file of each part that is there.

    Raises BrokenPack, which says for each mistake the file, the line and the field.
    """
    files = {part: folder / f"{part}.json" for part in parts if part != "thresholds" or _there(folder, part)}
    texts = {name: text_of(path) for name, path in {"": folder / f"{head}.json", **files}.items()}
    value = parse(folder / f"{head}.json", texts[""])
    if not isinstance(value, dict):
        raise BrokenPack(f"{folder / head}.json: an object was expected")
    if stray := sorted(value.keys() & files.keys()):
        raise BrokenPack(f"{folder / head}.json: {stray[0]} stands in {stray[0]}.json, not here")
    try:
        return model.model_validate(value | {part: parse(path, texts[part]) for part, path in files.items()})
    except ValidationError as error:
        found = [
            _sentence(folder, head, texts, problem["loc"], problem["msg"])
            for problem in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise BrokenPack(*found) from None


def _there(folder: Path, part: str) -> bool:
    return (folder / f"{part}.json").exists()


def _sentence(folder: Path, head: str, texts: dict[str, str], loc: Sequence[Any], what: str) -> str:
    part = str(loc[0]) if loc and str(loc[0]) in texts else ""
    place = _place(texts[part], loc[1:] if part else loc)
    line = line_of(texts[part], place)
    field = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")
    at = f"{folder / (part or head)}.json, line {line}"
    return f"{at}: {field}: {what}" if field else f"{at}: {what}"


def _place(text: str, loc: Sequence[Any]) -> list[Any]:
    """The steps of `loc` without those that name a shape that was tried; the last may be missing in the text."""
    place: list[Any] = []
    inside = json.loads(text)
    for number, step in enumerate(loc, start=1):
        there = _has(inside, step)
        if there:
            inside = inside[step]
        if there or number == len(loc):
            place.append(step)
    return place


def _has(value: Any, step: Any) -> bool:
    if isinstance(value, list):
        return isinstance(step, int) and step < len(value)
    return isinstance(value, dict) and step in value


def line_of(text: str, place: Iterable[Any]) -> int:
    """The line, counted from 1, on which the value at `place` of a JSON text starts; of what is there, if missing."""
    at = _skip(text, 0)
    for step in place:
        inside = _child(text, at, step)
        if inside is None:
            break
        at = inside
    return text.count("\n", 0, at) + 1


def _child(text: str, at: int, step: Any) -> int | None:
    """Where the value starts that an object or array at `at` has under `step`."""
    if (opening := text[at]) not in "[{":
        return None
    at, number = _skip(text, at + 1), 0
    while text[at] not in "]}":
        name: Any = number
        if opening == "{":
            name, at = scanstring(text, at + 1)
            at = _skip(text, _skip(text, at) + 1)  # past the colon
        if name == step:
            return at
        _, at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
        at = _skip(text, at + 1) if text[at] == "," else at
        number += 1
    return None


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at


def _shown(letter: str) -> str:
    return letter if letter.isprintable() else ascii(letter)[1:-1]


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")
