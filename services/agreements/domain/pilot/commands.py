"""What people can ask of a pilot, and of what came of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from chassis.decider import Command
from contracts.actors import Role
from contracts.agreements import Insurance, KpiValue, PersonalData, StopCause
from contracts.confidential import Confidential
from contracts.text import A_NUMBER, Name, Reason, Reference, Text

SECTION = frozenset({Role.SECTION})
BOTH_SIDES = frozenset({Role.SECTION, Role.PROPOSER})

DatasetId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
KpiValues = Annotated[dict[Name, KpiValue], Field(max_length=50)]
Count = Annotated[int, Field(ge=0, le=10**15), A_NUMBER]


class PlanPilot(Command):
    """Plan how the idea is tried out. It may have gaps, and a later plan replaces it; permits granted stay.

    `personal_data`: what for they are used, on which ground, and until when they are kept; left out where none are.
    """

    by: ClassVar[frozenset[Role]] = BOTH_SIDES
    kpis: tuple[Confidential[Name], ...] = Field(default=(), max_length=50)
    starts_on: date | None = None
    ends_on: date | None = None
    permits: tuple[Name, ...] = Field(default=(), max_length=50)
    insurance: Insurance = "missing"
    stop_rule: Confidential[Text] | None = None
    data_terms: Confidential[Text] | None = None
    personal_data: PersonalData | None = None


class GrantPermit(Command):
    """Note that a permit of the plan was granted, and where it can be looked up."""

    by: ClassVar[frozenset[Role]] = SECTION
    permit: Name
    reference: Reference


class StartPilot(Command):
    """Start the pilot."""

    by: ClassVar[frozenset[Role]] = SECTION


class CompletePilot(Command):
    """End the pilot as planned, with report and data filed: the report, or where it is, and where the data are."""

    by: ClassVar[frozenset[Role]] = SECTION
    report: Confidential[Text]
    data: Confidential[Text] | None = None


class SkipPilot(Command):
    """Judge that no pilot is needed."""

    by: ClassVar[frozenset[Role]] = SECTION
    reason: Confidential[Reason]


class AbortPilot(Command):
    """End the pilot early."""

    by: ClassVar[frozenset[Role]] = BOTH_SIDES
    reason: Confidential[Reason]


class ReportIncident(Command):
    """Report what happened in the pilot and ought not to have happened."""

    by: ClassVar[frozenset[Role]] = BOTH_SIDES
    occurred_on: date
    what: Confidential[Text]


class ReportProgress(Command):
    """Say how the pilot does by its KPIs: for those of the plan that are known, a number or words."""

    by: ClassVar[frozenset[Role]] = BOTH_SIDES
    as_of: date
    values: Confidential[KpiValues]
    note: Confidential[Reason] | None = None


class SuspendPilot(Command):
    """Let the pilot stand still: for an incident that was reported, the last one unless another is named, or by its
    stop rule."""

    by: ClassVar[frozenset[Role]] = BOTH_SIDES
    cause: StopCause
    incident: int | None = Field(default=None, ge=1)
    reason: Confidential[Reason]


class ResumePilot(Command):
    """Say that the cause is removed, and how. When both sides have said so, the pilot goes on."""

    by: ClassVar[frozenset[Role]] = BOTH_SIDES
    how: Confidential[Reason]


class ConfirmErasure(Command):
    """Say when and how the personal data that the pilot used were erased."""

    by: ClassVar[frozenset[Role]] = BOTH_SIDES
    erased_on: date
    how: Confidential[Reason]


class ReleaseOpenData(Command):
    """Release counts out of the pilot for everybody, under CC BY 4.0; title, columns and labels are read by all.

    A row has first its `labels`, then its `counts`, in the order of their names, and no row or column is a total of
    others (`no_totals`: though one looks so). Counts below the limit of the edition are hidden, with as many others as
    it takes (V37).
    """

    by: ClassVar[frozenset[Role]] = SECTION
    dataset: DatasetId
    title: Name
    labels: tuple[Name, ...] = Field(min_length=1, max_length=10)
    counts: tuple[Name, ...] = Field(min_length=1, max_length=30)
    rows: tuple[tuple[Count | Name, ...], ...] = Field(min_length=1, max_length=5000)
    no_totals: bool = False
