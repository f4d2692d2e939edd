"""What a city provides to those who work with it: places, data, people who know (GL5-05).

An edition says so in `catalogue.json`; one without it provides nothing that could be asked for by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError

from contracts.agreements import ResourceKind
from contracts.text import Name, Reference, SectionId
from guidelines import BrokenPack, folder_of, packs
from guidelines.edition import Data, Edition

FILE = "catalogue.json"


class Resource(Data):
    """One thing that can be asked for, who is in charge of it, and on which conditions it is had."""

    id: Reference = Field(pattern=r"^[a-z0-9-]+$")
    kind: ResourceKind
    name: Name
    section: SectionId  # in charge
    conditions: tuple[str, ...] = ()
    licence: Reference | None = None  # of data; SPDX where it has such a name: CC-BY-4.0


_RESOURCES = TypeAdapter(tuple[Resource, ...])


def catalogue(edition_id: str) -> tuple[Resource, ...]:
    """What the edition's city provides. Raises BrokenPack or NoSuchEdition."""
    return read(folder_of(edition_id))


@cache
def read(folder: Path) -> tuple[Resource, ...]:
    """The catalogue in the folder of an edition. Raises BrokenPack."""
    path = folder / FILE
    if not path.exists():
        return ()
    try:
        return _RESOURCES.validate_python(packs.read(path))
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        raise BrokenPack(f"{path}: {'.'.join(map(str, problem['loc']))}: {problem['msg']}") from None


def findings(folder: Path, edition: Edition) -> Iterator[str]:
    """What keeps a catalogue from being relied on, a sentence each."""
    path = folder / FILE
    try:
        resources = read(folder)
    except BrokenPack as error:
        yield from error.findings
        return
    sections = {section.id for section in edition.sections}
    for resource in resources:
        if resource.section not in sections:
            yield f"{path}: {resource.id}: {edition.id} has no section {resource.section}"
    for id_, count in Counter(resource.id for resource in resources).items():
        if count > 1:
            yield f"{path}: {id_} stands there {count} times"
