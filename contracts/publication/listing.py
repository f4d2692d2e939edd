"""What is public as it is (stream `listing/<case or theme>`)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from contracts.fact import Fact
from contracts.text import Name, Reason, Reference, SectionId

Ocid = Annotated[str, StringConstraints(pattern=r"^ocds-[a-z0-9]{6}-[A-Za-z0-9._-]{1,80}$")]
ThemeStanding = Literal["open", "closed", "cancelled", "concluded"]


class ThemeListed(Fact):
    """A theme stands in the public list, as it is now."""

    of: Reference  # id of the fact that told
    standing: ThemeStanding
    title: Name
    section: SectionId
    criteria: tuple[tuple[Name, int], ...]  # name, weight
    min_total: int
    opens: date
    closes: date
    published_on: date
    reason: Reason | None = None  # of a cancellation


class ProcurementReleased(Fact):
    """A release of the Open Contracting Data Standard, byte for byte as it is served; it never changes (V36)."""

    of: Reference  # id of the fact that it tells of; the release's id follows from it
    ocid: Ocid
    release_id: Reference
    date: AwareDatetime
    tags: tuple[Name, ...]
    release: str  # JSON


class DatasetListed(Fact):
    """Data of a pilot are open to everybody (GL5-05)."""

    of: Reference
    dataset: Reference
    title: Name
    labels: int = Field(ge=1)
    columns: tuple[Name, ...]
    rows: tuple[tuple[int | Name | None, ...], ...]
    totals: tuple[int | None, ...] = ()
    limit: int = Field(ge=1)  # no count below it is shown (V37)
    licence: Reference
    released_on: date
