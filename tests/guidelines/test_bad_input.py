"""Whatever stands in the files of a pack: it is read, or said to be broken, in a sentence that names the file."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import guidelines
from guidelines import BrokenPack, packs
from guidelines.check import check

SHIPPED = guidelines.folder_of("kakuu-minato/2024-04")
FILES = ("edition.json", "clauses.json", "sections.json", "thresholds.json")
RULES = ("rules/eligibility.json", "rules/route.json", "rules/tests/route.json")

texts = st.text() | st.sampled_from(
    ["", "\ud800", "髙﨑①㈱", "e\u0301", "葛\U000e0100", "長" * 65_536, "\x00"]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A pack to spoil again and again; nothing of it is kept by the caches of a process, for its name changes."""
    with tempfile.TemporaryDirectory() as root:
        yield Path(root)


def spoilt(root: Path, file: str, text: bytes) -> Path:
    copy = Path(tempfile.mkdtemp(dir=root)) / "kakuu-minato" / "2024-04"
    shutil.copytree(SHIPPED, copy, ignore=shutil.ignore_patterns("notices"))
    (copy / file).write_bytes(text)
    return copy


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value."""
    yield at
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inside:
        yield from places(each, (*at, step))


def put(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    value[place[0]] = put(value[place[0]], place[1:], new)
    return value


@given(st.sampled_from((*FILES, *RULES)), values, st.data())
@settings(max_examples=60, deadline=None)
def test_any_value_anywhere_is_read_or_named(folder: Path, file: str, new: Any, data: st.DataObject) -> None:
    value = json.loads((SHIPPED / file).read_text(encoding="utf-8"))
    place = data.draw(st.sampled_from(list(places(value))))
    pack = spoilt(folder, file, json.dumps(put(value, place, new)).encode())
    for finding in check(pack):
        assert finding.startswith(str(pack)), finding
        assert "Stack backtrace" not in finding


@given(
    st.sampled_from(FILES),
    st.binary(max_size=50) | st.text(max_size=50).map(lambda t: t.encode(errors="replace")),
)
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_named(folder: Path, file: str, raw: bytes) -> None:
    pack = spoilt(folder, file, raw)
    assume((file, raw.strip()) != ("thresholds.json", b"{}"))  # the one file that may say nothing
    with pytest.raises(BrokenPack, match=file):
        guidelines.read_edition(pack)


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenPack):
        packs.parse(tmp_path, "[" * 100_000)
