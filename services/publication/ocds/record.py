"""Releases of one procurement → what they come to together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from ocdsmerge import Merger

SCHEMA = Path(__file__).parent / "release-schema.json"


@cache
def _merger() -> Merger:
    """By the rules that the schema of 1.1.5 has for each field; read once, from the file beside."""
    return Merger(orjson.loads(SCHEMA.read_bytes()))


def compiled(releases: Sequence[str]) -> dict[str, Any]:
    """The compiled release, by the standard's own reference implementation."""
    made: dict[str, Any] = _merger().create_compiled_release([orjson.loads(release) for release in releases])
    return made
