"""Where an agreement stands, and who speaks for which side of it."""

from __future__ import annotations

from chassis.decider import Refused
from contracts.actors import Actor, Role
from contracts.agreements import AgreementEntered, Side
from services.agreements.domain.agreement.state import Agreement, Terms
from services.agreements.domain.standing import NotLeadSection


class NoAgreement(Refused):
    """Nothing was signed in this case."""


class AgreementIsOver(Refused):
    """This agreement has expired or was terminated; what comes next is a new proposal."""


class AgreementRests(Refused):
    """This agreement is suspended; it has to be reinstated first, or it is terminated."""


class EndsByNotice(Refused):
    """Notice was given: this agreement ends with its term, and is neither changed nor extended."""


def stands(state: Agreement) -> tuple[AgreementEntered, Terms]:
    """What was agreed on, while it has not ended; suspended or under notice all the same."""
    if state.entered is None or state.terms is None:
        raise NoAgreement()
    if state.ended is not None:
        raise AgreementIsOver()
    return state.entered, state.terms


def effective(state: Agreement) -> tuple[AgreementEntered, Terms]:
    """What was agreed on, while nothing stands against it."""
    entered, terms = stands(state)
    match state.status:
        case "suspended":
            raise AgreementRests()
        case "notice":
            raise EndsByNotice()
    return entered, terms


def side_of(actor: Actor, entered: AgreementEntered) -> Side:
    """GL5-02: two sides, equal. For the city speak its lead section and those who decide for it."""
    if actor.role == Role.PROPOSER:
        return "partner"
    by_lead(actor, entered)
    return "city"


def by_lead(actor: Actor, entered: AgreementEntered) -> None:
    """Of the sections, the one that leads."""
    if actor.role == Role.SECTION and actor.section != entered.lead:
        raise NotLeadSection(f"It is {entered.lead}.")
