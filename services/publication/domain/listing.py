"""What is public as it is: themes, releases about procurements, data sets. Each fact that tells of one is listed once.

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, assert_never

from pydantic import AwareDatetime, Field

from chassis.decider import Command, Decider
from contracts.actors import Role
from contracts.publication import DatasetListed, Ocid, ProcurementReleased, ThemeListed, ThemeStanding
from contracts.text import Name, Reason, Reference, SectionId
from services.publication import ocds
from services.publication.ocds import Stage

SERVICE = frozenset({Role.SERVICE})


class ListTheme(Command):
    """A theme was published."""

    by: ClassVar[frozenset[Role]] = SERVICE
    of: Reference
    title: Name
    section: SectionId
    criteria: tuple[tuple[Name, int], ...]
    min_total: int
    opens_on: date
    closes_on: date
    published_on: date


class ChangeTheme(Command):
    """A theme that is listed stands differently."""

    by: ClassVar[frozenset[Role]] = SERVICE
    of: Reference
    standing: ThemeStanding
    reason: Reason | None = None


class ReleaseProcurement(Command):
    """Something happened in a procurement: a release tells it."""

    by: ClassVar[frozenset[Role]] = SERVICE
    of: Reference
    ocid: Ocid  # of the first procurement of the case
    date: AwareDatetime
    stage: Stage
    content: dict[str, Any]  # members of the release


class ListDataset(Command):
    """Data of a pilot were opened."""

    by: ClassVar[frozenset[Role]] = SERVICE
    of: Reference
    dataset: Reference
    title: Name
    labels: int = Field(ge=1)
    columns: tuple[Name, ...]
    rows: tuple[tuple[int | Name | None, ...], ...]
    totals: tuple[int | None, ...] = ()
    limit: int = Field(ge=1)
    licence: Reference
    released_on: date


ListingCommand = ListTheme | ChangeTheme | ReleaseProcurement | ListDataset
ListingFact = ThemeListed | ProcurementReleased | DatasetListed


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed of a case or a theme, by the ids of the facts that told."""

    listed: frozenset[str] = frozenset()
    theme: ThemeListed | None = None
    ocid: Ocid | None = None  # of the first procurement; it stays, whatever prefix a later edition has
    turn: int = 1  # how many times it was procured
    tags: frozenset[str] = frozenset()  # of the releases of this turn


def decide(command: ListingCommand, state: Listing) -> list[ListingFact]:
    if command.of in state.listed:
        return []  # told twice, listed once; and a release never changes (V36)
    match command:
        case ListTheme():
            return [_theme(command)]
        case ChangeTheme():
            if state.theme is None:
                return []
            changed = {"of": command.of, "standing": command.standing, "reason": command.reason}
            return [state.theme.model_copy(update=changed)]
        case ReleaseProcurement():
            return _released(command, state)
        case ListDataset():
            return [_dataset(command)]
        case _:
            assert_never(command)


def evolve(state: Listing, fact: ListingFact) -> Listing:
    listed = state.listed | {fact.of}
    match fact:
        case ThemeListed():
            return replace(state, listed=listed, theme=fact)
        case ProcurementReleased():
            ended = any(tag.endswith("Cancellation") for tag in fact.tags)
            return replace(
                state,
                listed=listed,
                ocid=state.ocid or fact.ocid,
                turn=state.turn + ended,
                tags=frozenset() if ended else state.tags.union(fact.tags),
            )
        case DatasetListed():
            return replace(state, listed=listed)
        case _:
            assert_never(fact)


def _theme(command: ListTheme) -> ThemeListed:
    return ThemeListed(
        of=command.of,
        standing="open",
        title=command.title,
        section=command.section,
        criteria=command.criteria,
        min_total=command.min_total,
        opens=command.opens_on,
        closes=command.closes_on,
        published_on=command.published_on,
    )


def _released(command: ReleaseProcurement, state: Listing) -> list[ListingFact]:
    tags = ocds.tags(command.stage, state.tags)
    if not tags:
        return []
    ocid = ocds.process(state.ocid or command.ocid, state.turn)
    return [
        ProcurementReleased(
            of=command.of,
            ocid=ocid,
            release_id=command.of,
            date=command.date,
            tags=tags,
            release=ocds.release(ocid, command.of, command.date, tags, command.content),
        )
    ]


def _dataset(command: ListDataset) -> DatasetListed:
    return DatasetListed(
        of=command.of,
        dataset=command.dataset,
        title=command.title,
        labels=command.labels,
        columns=command.columns,
        rows=command.rows,
        totals=command.totals,
        limit=command.limit,
        licence=command.licence,
        released_on=command.released_on,
    )


LISTING: Decider[ListingCommand, Listing, ListingFact] = Decider(
    "listing", (ListTheme, ChangeTheme, ReleaseProcurement, ListDataset), Listing(), decide, evolve
)
