"""What screening does about facts of others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import guidelines
from chassis.decider import Command, Recorded
from chassis.inbox import Reaction
from contracts.actors import Actor, Role
from contracts.fact import Fact
from contracts.intake import ProposalReceived, Withdrawn
from services.screening.domain import CloseScreening, OpenScreening

SCREENING = Actor(role=Role.SERVICE, id="screening")


def reactions() -> dict[type[Fact], Reaction]:
    """Fact of another service → the commands that follow from it here."""
    return {ProposalReceived: open_screening, Withdrawn: close_screening}


def open_screening(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """A received proposal is screened by the edition it is bound to (V32)."""
    fact = recorded.fact
    assert isinstance(fact, ProposalReceived)
    edition = guidelines.load(fact.edition)
    command = OpenScreening(
        actor=SCREENING,
        at=at,
        edition=edition.id,
        municipality=fact.municipality,
        zone=edition.zone,
        partner=fact.partner,
        received_on=fact.received_on,
        partner_clauses=edition.partner_clauses,
        project_clauses=edition.project_clauses,
        mayor_clauses=edition.mayor_clauses,
        register_clauses=edition.register_clauses,
        reconsideration_days=edition.periods.reconsideration_days,
    )
    return [(recorded.id, command)]


def close_screening(recorded: Recorded, at: datetime) -> Sequence[tuple[str, Command]]:
    """A withdrawn proposal is screened no further (V33)."""
    return [(recorded.id, CloseScreening(actor=SCREENING, at=at))]
