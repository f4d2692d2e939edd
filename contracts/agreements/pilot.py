"""The pilot, its data and what went wrong in it (stream `partnership/<case>`; GL4-3c, V24, V37)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from contracts.agreements.case import Side
from contracts.confidential import Confidential
from contracts.days import ZONE
from contracts.fact import Fact
from contracts.intake import Part
from contracts.text import Name, Reason, Reference, Text

Insurance = Literal["held", "waived", "missing"]
PilotEnd = Literal["completed", "aborted", "unnecessary"]
StopCause = Literal["incident", "stop_rule"]  # 事故等, 中止の基準への該当
KpiValue = Annotated[float, Field(allow_inf_nan=False)] | Name
Cell = int | Name | None


class PersonalData(Part):
    """The personal data that a pilot uses: what for, on which ground, and until when they are kept (V37).

    They are kept until a day, or for so many days after the pilot has ended.
    """

    purpose: Confidential[Reason] | None = None
    lawful_basis: Confidential[Reason] | None = None
    retain_until: date | None = None  # included
    retain_days: int | None = Field(default=None, ge=0, le=36_525)


class PilotPlanned(Fact):
    """A pilot was planned. A plan may have gaps; a pilot that starts has none (V24)."""

    kpis: tuple[Confidential[Name], ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None  # included
    permits: tuple[Name, ...] = ()  # those that are needed
    insurance: Insurance = "missing"
    stop_rule: Confidential[Text] | None = None
    data_terms: Confidential[Text] | None = None
    personal_data: PersonalData | None = None  # None: it uses none (V37)


class PermitGranted(Fact):
    """A permit that the plan names was granted; `reference` is where it can be looked up."""

    permit: Name
    reference: Reference


class PilotStarted(Fact):
    """The pilot began, with all that it needs (V24)."""

    ends_on: date | None = None  # the last day of its plan
    report_by: date | None = None  # the last day for its report, or for breaking it off (V22)
    erase_by: date | None = None  # the last day on which its personal data are kept, as planned (V37)
    zone: str = ZONE


class ProgressReported(Fact):
    """How the pilot does by the KPIs of its plan."""

    number: int = Field(ge=1)  # counts within the case
    as_of: date
    values: Confidential[Mapping[Name, KpiValue]]  # KPI of the plan → value
    note: Confidential[Reason] | None = None
    by: Side


class IncidentReported(Fact):
    """One side reports something that happened in the pilot and ought not to have happened."""

    number: int = Field(ge=1)  # counts within the case
    occurred_on: date
    what: Confidential[Text]
    by: Side


class PilotSuspended(Fact):
    """The pilot stands still, for an incident or by its stop rule, until both sides say that the cause is removed."""

    cause: StopCause
    incident: int | None = Field(default=None, ge=1)  # the number of the one it is suspended for
    reason: Confidential[Reason]
    by: Side
    review_by: date | None = None  # the last day for going on, or breaking it off (V22)
    zone: str = ZONE


class CauseRemoved(Fact):
    """One side says that the cause is removed, and how; the other has not said so yet."""

    how: Confidential[Reason]
    by: Side


class PilotResumed(Fact):
    """Both sides say that the cause is removed: the pilot goes on."""

    how: Confidential[Reason]
    by: Side  # that said so last


class PilotCompleted(Fact):
    """The pilot came to its end; report and data are filed."""

    report: Confidential[Text]  # or where it is filed
    data: Confidential[Text] | None = None  # where its data are filed
    erase_by: date | None = None  # the last day on which its personal data are kept (V37)
    zone: str = ZONE


class PilotJudgedUnnecessary(Fact):
    """The case goes to evaluation without a pilot, which is run only as needed (GL4-3c)."""

    reason: Confidential[Reason]


class PilotAborted(Fact):
    """One side ended the pilot early."""

    reason: Confidential[Reason]
    by: Side
    erase_by: date | None = None  # the last day on which its personal data are kept (V37)
    zone: str = ZONE


class PersonalDataErased(Fact):
    """The personal data that a pilot used are kept no longer (V37)."""

    erased_on: date
    how: Confidential[Reason]
    by: Side


class OpenDataReleased(Fact):
    """Counts out of the pilot of a signed case, for everybody. What is under the limit is hidden (V37).

    `rows` have a cell for each of `columns`: first `labels` that say what is counted, then counts; None is a hidden
    one. `totals` has the sum of each column of counts, hidden cells included; None where it would tell what is hidden.
    What one table hides no other of the case tells: they have the same columns and other rows.
    """

    dataset: Reference
    title: Name
    labels: int = Field(ge=1)  # how many of the columns are labels
    columns: tuple[Name, ...] = Field(min_length=2)
    rows: tuple[tuple[Cell, ...], ...] = Field(min_length=1)
    totals: tuple[int | None, ...] = ()
    limit: int = Field(ge=1)  # no count below it is shown
    licence: Literal["CC-BY-4.0"] = "CC-BY-4.0"
    released_on: date
