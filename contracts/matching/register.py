"""What would make somebody partial, and how much a section can lead (streams `interest/<id>`, `section/<section>`)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from contracts.actors import Pseudonym
from contracts.fact import Fact
from contracts.intake import Partner
from contracts.text import (
    SectionId,
)

InterestKind = Literal[
    "employment", "former_employment", "family", "holding", "office_held", "contract", "other"
]  # 勤務, 元勤務, 親族, 出資, 役員等, 契約, その他


class CapacitySet(Fact):
    """From now on the section leads at most so many cases at a time, whatever the edition says."""

    section: SectionId
    capacity: int = Field(ge=0)


class InterestRecorded(Fact):
    """Why a person, or a whole section, would be partial about an organisation; both days included (V19)."""

    person: Pseudonym | None = None
    section: SectionId
    organisation: Partner
    kind: InterestKind
    valid_from: date
    valid_to: date | None = None
    whole_section: bool = False


class InterestBegan(Fact):
    """The first day of an entry has come that was recorded ahead."""


class InterestEnded(Fact):
    """The entry counts for the last time on `valid_to`; cases it was found in keep it."""

    valid_to: date
