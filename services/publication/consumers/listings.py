"""What others tell that is public as it is: themes, data sets, procurements."""

from __future__ import annotations

from datetime import datetime

import guidelines
from chassis.decider import Recorded
from contracts.agreements import (
    AgreementSigned,
    Awarded,
    AwardedToOther,
    BudgetAssigned,
    MethodChosen,
    OpenDataReleased,
    ProcurementAbandoned,
    ProcurementOpened,
    SpecificationPublished,
)
from contracts.days import day
from contracts.fact import Fact
from contracts.intake import ThemeCancelled, ThemeClosed, ThemeConcluded, ThemePublished
from contracts.publication import ThemeStanding
from services.publication.consumers.following import PUBLICATION, Following, Says
from services.publication.domain.listing import ChangeTheme, ListDataset, ListTheme, ReleaseProcurement
from services.publication.ocds import Buyer, told

PROCUREMENT: tuple[type[Fact], ...] = (
    ProcurementOpened,
    MethodChosen,
    BudgetAssigned,
    SpecificationPublished,
    Awarded,
    AwardedToOther,
    ProcurementAbandoned,
    AgreementSigned,
)


def of_lists() -> dict[type[Fact], Says]:
    """Fact of another service → what is listed."""
    return {
        ThemePublished: list_theme,
        ThemeClosed: close_theme,
        ThemeCancelled: cancel_theme,
        ThemeConcluded: conclude_theme,
        OpenDataReleased: list_dataset,
        **dict.fromkeys(PROCUREMENT, release),
    }


def release(recorded: Recorded, at: datetime) -> Following:
    """V36: its id is that of the fact, so that told twice it is released once."""
    if isinstance(recorded.fact, AgreementSigned) and recorded.fact.procured is None:
        return []
    edition = guidelines.in_force(recorded.envelope.municipality, day(recorded.envelope.time))
    rules = edition.publication
    buyer = Buyer(rules.name or edition.issued_by, rules.corporate_number, edition.zone)
    content = told(recorded.fact, buyer)
    if content is None:
        return []
    command = ReleaseProcurement(
        actor=PUBLICATION,
        at=at,
        of=recorded.envelope.id,
        ocid=f"{rules.ocid_prefix}-{recorded.id}",
        date=recorded.envelope.time,
        stage=content.stage,
        content=content.members,
    )
    return [(recorded.id, command)]


def list_theme(recorded: Recorded, at: datetime) -> Following:
    fact = recorded.fact
    assert isinstance(fact, ThemePublished)
    command = ListTheme(
        actor=PUBLICATION,
        at=at,
        of=recorded.envelope.id,
        title=fact.title,
        section=fact.section,
        criteria=tuple((criterion.name, criterion.weight) for criterion in fact.criteria),
        min_total=fact.min_total,
        opens_on=fact.opens,
        closes_on=fact.closes,
        published_on=fact.published_on,
    )
    return [(recorded.id, command)]


def close_theme(recorded: Recorded, at: datetime) -> Following:
    return _theme(recorded, at, "closed")


def cancel_theme(recorded: Recorded, at: datetime) -> Following:
    fact = recorded.fact
    assert isinstance(fact, ThemeCancelled)
    return _theme(recorded, at, "cancelled", fact.reason)


def conclude_theme(recorded: Recorded, at: datetime) -> Following:
    return _theme(recorded, at, "concluded")


def list_dataset(recorded: Recorded, at: datetime) -> Following:
    """GL5-05: as it was released; small cells were hidden before (V37)."""
    fact = recorded.fact
    assert isinstance(fact, OpenDataReleased)
    command = ListDataset(
        actor=PUBLICATION,
        at=at,
        of=recorded.envelope.id,
        dataset=fact.dataset,
        title=fact.title,
        labels=fact.labels,
        columns=fact.columns,
        rows=fact.rows,
        totals=fact.totals,
        limit=fact.limit,
        licence=fact.licence,
        released_on=fact.released_on,
    )
    return [(recorded.id, command)]


def _theme(recorded: Recorded, at: datetime, standing: ThemeStanding, reason: str | None = None) -> Following:
    of = recorded.envelope.id
    return [(recorded.id, ChangeTheme(actor=PUBLICATION, at=at, of=of, standing=standing, reason=reason))]
