"""What no section of a city does, though people ask it: matters of the state, the prefecture, other cities, or nobody.

A pack says so in `outside.json` beside its sections; one without it has only its sections to judge by.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError

import guidelines
from guidelines import BrokenPack, packs
from guidelines.edition import Data

FILE = "outside.json"


class Outside(Data):
    """A kind of matter that others decide, and what people ask of it."""

    name: str = Field(min_length=1, max_length=200)  # 県・警察の仕事
    examples: tuple[str, ...] = Field(min_length=1)


_KINDS = TypeAdapter(tuple[Outside, ...])


def outside(edition_id: str) -> tuple[Outside, ...]:
    """The kinds that the edition knows. Raises BrokenPack or NoSuchEdition."""
    return _read(guidelines.folder_of(edition_id) / FILE)


@cache
def _read(path: Path) -> tuple[Outside, ...]:
    if not path.exists():
        return ()
    try:
        return _KINDS.validate_python(packs.read(path))
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        raise BrokenPack(f"{path}: {'.'.join(map(str, problem['loc']))}: {problem['msg']}") from None
