"""Whom a case concerns and how to reach them, read from its stream each time: no table keeps an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from chassis.event_store import EventStore
from contracts.cloudevents import Envelope
from contracts.fact import Fact, known
from contracts.intake import ConsultationOpened, GuidelineMigrated, ProposalReceived, ProposalSubmitted
from contracts.text import EditionId
from services.intake.notices.plans import address

PROPOSAL, CONSULTATION = "proposal", "consultation"
TOLD_BY: frozenset[type[Fact]] = frozenset(
    {ProposalSubmitted, ConsultationOpened, ProposalReceived, GuidelineMigrated}
)


@dataclass(frozen=True, slots=True)
class Party:
    """Who proposes or asks. `edition` is the one the case is bound to, once it is (V32)."""

    receipt_number: str
    received_on: date
    organisation: str = ""
    representative: str = ""
    address: str | None = None  # of mail
    edition: EditionId | None = None


async def party(store: EventStore, id_: str, *, asks: bool = False) -> Party | None:
    """Who proposes under this id, or else who asks; the other way round where it is about a consultation."""
    streams = [f"{PROPOSAL}/{id_}", f"{CONSULTATION}/{id_}"]
    if asks:
        streams.reverse()
    histories = await store.histories(streams)
    return next((found for name in streams if (found := _of(histories[name].events))), None)


def _of(events: Sequence[Envelope]) -> Party | None:
    facts = [envelope.fact() for envelope in events if known(envelope.type)[0] in TOLD_BY]
    edition: EditionId | None = None
    opened: Party | None = None
    for fact in facts:
        match fact:
            case ProposalSubmitted(proposer=proposer):
                opened = Party(
                    fact.receipt_number,
                    fact.submitted_on,
                    proposer.name,
                    proposer.representative.reveal(),
                    address(proposer.contact),
                )
            case ConsultationOpened(organisation=organisation):
                name = organisation.name if organisation else ""
                opened = Party(fact.receipt_number, fact.opened_on, name, "", address(fact.contact))
            case ProposalReceived():
                edition = fact.edition
            case GuidelineMigrated():
                edition = fact.to_edition
    return opened and replace(opened, edition=edition)
