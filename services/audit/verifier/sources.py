"""Where the files of a log lie, and what they are called (C2SP tlog-tiles): a folder, a zip, an address."""

from __future__ import annotations

import urllib.error
import urllib.request
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from services.audit.verifier.merkle import HASH
from services.audit.verifier.verdict import refuse

WIDTH = 256  # hashes of a full tile, entries of a full bundle
ENTRIES = "entries"
LARGEST_FILE = WIDTH * (2 + 65_535)  # bytes


class Row(NamedTuple):
    """What is kept beside an entry: the exact bytes of its fact, and what the row says, under the entry's names, each
    as often as it is said."""

    value: bytes
    said: Collection[tuple[str, object]]


class Source(Protocol):
    """Something that files of a log can be read from, by their names."""

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where it is not there."""

    def rows(self, start: int, end: int) -> list[Row] | None:
        """What is kept beside these entries; None where that is not published."""


class Published:
    """What is published holds digests of facts, not the facts."""

    def rows(self, start: int, end: int) -> list[Row] | None:
        return None


@dataclass(frozen=True)
class Folder(Published):
    path: Path

    def read(self, name: str) -> bytes | None:
        file = self.path / name
        return file.read_bytes() if file.is_file() else None


@dataclass(frozen=True)
class Zip(Published):
    """The files of a log below a folder of a zip file."""

    path: Path
    below: str = ""

    def read(self, name: str) -> bytes | None:
        with zipfile.ZipFile(self.path) as opened:
            try:
                return opened.read(self.below + name)
            except KeyError:
                return None


@dataclass(frozen=True)
class Web(Published):
    """The files of a log at an address, read as static files."""

    address: str

    def read(self, name: str) -> bytes | None:
        try:
            with urllib.request.urlopen(f"{self.address.rstrip('/')}/{name}", timeout=30) as answer:
                data: bytes = answer.read(LARGEST_FILE + 1)
                return data
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                return None
            raise


def source(place: str) -> Source:
    """`https://…`, `file.zip`, or a folder."""
    if place.startswith(("http://", "https://")):
        return Web(place)
    return Zip(Path(place)) if zipfile.is_zipfile(place) else Folder(Path(place))


def name(level: int | str, number: int, width: int = WIDTH) -> str:
    """The name of a tile: 1, 1234067 → `tile/1/x001/x234/067`; a partial one ends in `.p/<width>`."""
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    return f"tile/{level}/{'/'.join(groups)}" + (f".p/{width}" if width < WIDTH else "")


def there(of: Source, file: str) -> bytes:
    """A file that has to be there."""
    data = of.read(file)
    if data is None:
        refuse("files.there", f"the file {file} is not there")
        return b""
    return data


def _tile(of: Source, level: int | str, number: int, width: int) -> bytes:
    """A partial tile may be gone once the log has grown: then the full one says the same, and more."""
    partial = of.read(name(level, number, width)) if width < WIDTH else None
    return there(of, name(level, number)) if partial is None else partial


def hashes(of: Source, level: int, number: int, width: int) -> list[bytes]:
    """The first `width` hashes of a tile."""
    data = _tile(of, level, number, width)
    if len(data) not in (width * HASH, WIDTH * HASH):
        refuse("tile.length", f"{name(level, number, width)} has {len(data):,} bytes, not {width * HASH:,}")
    return [data[at : at + HASH] for at in range(0, width * HASH, HASH)]


def entries(of: Source, number: int, width: int) -> list[bytes]:
    """The first `width` entries of a bundle: each two bytes of length, and its own."""
    data = _tile(of, ENTRIES, number, width)
    found, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        found.append(data[at + 2 : end])
        at = end
    if at != len(data) or len(found) not in (width, WIDTH):
        refuse(
            "bundle.length",
            f"{name(ENTRIES, number, width)} does not hold {width} entries and nothing else",
            number * WIDTH + min(len(found), width) - (at != len(data)),
        )
    return found[:width]
