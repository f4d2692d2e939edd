"""What is procured, made public: the idea stands in it only with the proposer's consent (GL5-04)."""

from __future__ import annotations

from chassis.decider import Refused
from contracts.agreements import SpecificationConsented, SpecificationPublished
from contracts.days import day
from services.agreements.domain.procurement.commands import ConsentToSpecification, PublishSpecification
from services.agreements.domain.procurement.gate import NotInProcurement
from services.agreements.domain.standing import stands_at
from services.agreements.domain.state import Partnership


class MethodMissing(Refused):
    """How the contractor is found is not said yet; record the method first."""


class IdeaWithoutConsent(Refused):
    """The proposer has not consented that the idea stands in this specification; ask them, or write it without."""


def consent(command: ConsentToSpecification, state: Partnership) -> list[SpecificationConsented]:
    """The proposer's alone to give, for one specification, and as far as they say."""
    stands_at(state, "procurement", otherwise=NotInProcurement)
    return [SpecificationConsented(reference=command.reference, scope=command.scope)]


def publish(command: PublishSpecification, state: Partnership) -> list[SpecificationPublished]:
    opened = stands_at(state, "procurement", otherwise=NotInProcurement)
    if state.procurement.method is None:
        raise MethodMissing()
    if command.holds_idea and command.reference not in state.procurement.consented:
        raise IdeaWithoutConsent()
    return [
        SpecificationPublished(
            reference=command.reference,
            published_on=day(command.at, opened.zone),
            holds_idea=command.holds_idea,
        )
    ]
