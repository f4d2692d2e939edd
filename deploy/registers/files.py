"""Files that registers come in: CSV or JSON, in UTF-8 or the code page of office machines; see docs/registers.md."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local.trouble import Trouble
from deploy.registers.words import REGISTERS, SECTIONS, Register, column

ENCODINGS = ("utf-8-sig", "cp932")


@dataclass(frozen=True)
class Row:
    """What stands in one place of a file, by the names of our fields; nothing in it is checked yet."""

    place: str  # line 3; bid_suspension[0]
    said: dict[str, Any]
    unknown: tuple[str, ...] = ()  # columns that are not taken over
    wrong: str | None = None  # why the row cannot even be taken apart


@dataclass(frozen=True)
class File:
    """A file, read once."""

    name: str
    digest: str
    rows: Mapping[Register, tuple[Row, ...]]


def read(path: Path, register: str | None) -> File:
    """The rows of a file, of one register or of all that it holds. Raises Trouble, naming what is wrong."""
    if register is not None and register not in REGISTERS:
        raise Trouble(f"--register is one of {', '.join(REGISTERS)}, not {register}.")
    content = path.read_bytes()
    text = _text(path, content)
    match path.suffix.lower():
        case ".json":
            rows = _of_json(path, text, register)
        case ".csv":
            if register is None:
                raise Trouble("A CSV file holds one register: say which one by --register.")
            rows = {register: tuple(_of_csv(path, text))}
        case other:
            raise Trouble(
                f"{path.name}: registers come as .csv or .json, not as {other or 'a file without suffix'}."
            )
    return File(path.name, hashlib.sha256(content).hexdigest(), rows)


def _text(path: Path, content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Trouble(f"{path.name} is neither UTF-8 nor cp932 (Windows-31J); save it as UTF-8.")


def _of_csv(path: Path, text: str) -> Iterator[Row]:
    """The first line names the columns, in Japanese or in English."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        names = [column(title) for title in header]
        if not any(names):
            raise Trouble(f"{path.name}: the first line names none of the columns; see docs/registers.md.")
        twice = sorted({name for name in names if name and names.count(name) > 1})
        if twice:
            raise Trouble(f"{path.name}: these columns stand twice: {', '.join(twice)}.")
        unknown = tuple(
            title for title, name in zip(header, names, strict=True) if not name and title.strip()
        )
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(f"line {reader.line_num}", names, cells, unknown)
    except csv.Error as error:
        raise Trouble(f"{path.name}, line {reader.line_num}: {error}.") from None


def _row(place: str, names: list[str | None], cells: list[str], unknown: tuple[str, ...]) -> Row:
    if len(cells) > len(names):
        return Row(place, {}, unknown, f"{len(cells)} cells under {len(names)} columns")
    said = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name and cell.strip()}
    return Row(place, said, unknown)


def _of_json(path: Path, text: str, register: str | None) -> dict[Register, tuple[Row, ...]]:
    """A list of entries, or an object with a list for each register."""
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise Trouble(f"{path.name} is not JSON: {error}.") from None
    if isinstance(value, list):
        if register is None:
            raise Trouble("A list holds one register: say which one by --register.")
        return {register: tuple(_entries(register, value))}
    if not isinstance(value, dict):
        raise Trouble(
            f"{path.name}: a list of entries was expected, or an object with one for each register."
        )
    found = {SECTIONS[name]: (name, entries) for name, entries in value.items() if name in SECTIONS}
    if register is not None:
        found = {name: there for name, there in found.items() if name == register}
    if not found:
        wanted = register or ", ".join(SECTIONS)
        raise Trouble(f"{path.name} has no {wanted}.")
    rows: dict[Register, tuple[Row, ...]] = {}
    for name, (section, entries) in found.items():
        if not isinstance(entries, list):
            raise Trouble(f"{path.name}: {section} is no list.")
        rows[name] = tuple(_entries(section, entries))
    return rows


def _entries(section: str, entries: list[Any]) -> Iterator[Row]:
    for number, entry in enumerate(entries):
        place = f"{section}[{number}]"
        if not isinstance(entry, dict):
            yield Row(place, {}, (), "no object")
            continue
        names = {title: column(title) for title in entry}
        said = {
            name: entry[title] for title, name in names.items() if name and entry[title] not in (None, "")
        }
        yield Row(place, said, tuple(title for title, name in names.items() if name is None))
