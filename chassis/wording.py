"""What people read in Japanese: the sentence of each refusal, in `refusals.ja.json` of the package whose refusal it is.

The English one is the docstring of the class (`chassis.decider.Refused`); `tests/docs` holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

import orjson

from chassis.decider import Refused

FILE = "refusals.ja.json"


def in_japanese(refusal: type[Refused]) -> str | None:
    """The sentence of a refusal of a service, or of the chassis; None where its package has no such file."""
    root, _, rest = refusal.__module__.partition(".")
    return sentences(f"{root}.{rest.partition('.')[0]}" if root == "services" else root).get(refusal.__name__)


@cache
def sentences(package: str) -> Mapping[str, str]:
    """Name of a refusal → its sentence, for `chassis` or `services.<name>`; empty for a package without the file."""
    file = resources.files(package) / FILE
    found: Mapping[str, str] = orjson.loads(file.read_bytes()) if file.is_file() else {}
    return found
