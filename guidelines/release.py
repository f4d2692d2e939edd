"""Editions as they were released: once in force, none is edited.

Beside the packs lies `editions.lock.json`, which keeps for every released edition the SHA-256 of its files. An edition
in force that is not as it was released is a finding; what has to change is a new edition.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from contracts.text import Digest, EditionId
from guidelines import packs, read_edition
from guidelines.edition import Data
from guidelines.packs import BrokenPack

LOCK = "editions.lock.json"
BESIDE = ("rules", "tests")  # tests may be added to an edition at any time


class Release(Data):
    """An edition as it was released."""

    effective: date
    digest: Digest


_RELEASES = TypeAdapter(dict[EditionId, Release])


def digest(folder: Path) -> str:
    """SHA-256 over the files of an edition, by their names; hidden ones and tests of rules apart."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        parts = path.relative_to(folder).parts
        if parts[: len(BESIDE)] == BESIDE or any(part.startswith((".", "__")) for part in parts):
            continue
        whole.update("/".join(parts).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def released(root: Path) -> dict[str, Release]:
    """What `editions.lock.json` of a folder of packs keeps. Raises BrokenPack."""
    path = root / LOCK
    if not path.exists():
        return {}
    try:
        return dict(_RELEASES.validate_python(packs.read(path)))
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        raise BrokenPack(f"{path}: {'.'.join(map(str, problem['loc']))}: {problem['msg']}") from None


def departures(root: Path, today: date) -> Iterator[str]:
    """Editions in force that are not as they were released, and such as were never released or are gone."""
    kept, there = released(root), packs.find((root,))
    for id_, folder in there.items():
        effective = read_edition(folder).effective
        if id_ not in kept:
            if effective <= today:
                yield f"{folder}: {id_} is in force and was not released: check it with --release"
        elif kept[id_].digest != digest(folder):
            if min(effective, kept[id_].effective) <= today:
                yield f"{folder}: {id_} is in force and not as it was released: make a new edition instead"
            else:
                yield f"{folder}: {id_} is not as it was released: check it with --release before its first day"
    for id_ in kept.keys() - there.keys():
        yield f"{root / LOCK}: {id_} was released, and is not there any more"


def release(root: Path, today: date) -> list[str]:
    """Keep what is new, and what is not yet in force, as it is now; returns the editions that were kept."""
    kept = released(root)
    new = {}
    for id_, folder in packs.find((root,)).items():
        now = Release(effective=read_edition(folder).effective, digest=digest(folder))
        before = kept.get(id_)
        if before is None or (before != now and min(before.effective, now.effective) > today):
            new[id_] = now
    if new:
        whole = dict(sorted({**kept, **new}.items()))
        text = json.dumps(_RELEASES.dump_python(whole, mode="json"), indent=2)
        (root / LOCK).write_text(text + "\n", encoding="utf-8")
    return sorted(new)


def overlapping(root: Path) -> Iterator[str]:
    """Two editions of a municipality that take effect on the same day."""
    first: dict[tuple[str, date], str] = {}
    for id_, folder in packs.find((root,)).items():
        edition = read_edition(folder)
        other = first.setdefault((edition.municipality, edition.effective), id_)
        if other != id_:
            yield f"{folder}: {id_} takes effect on {edition.effective}, as {other} of the same city does"
