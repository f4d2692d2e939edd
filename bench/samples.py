"""Facts and commands as people's proposals make them, the same that the load generator sends."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import count
from random import Random

from chassis import telemetry
from chassis.identity import new_id
from contracts.actors import Actor
from contracts.cloudevents import Envelope
from contracts.fact import Fact
from contracts.intake import Partner, ProposalReceived
from deploy.load import steps
from services.intake.domain import PROPOSAL, SubmitProposal

AT = datetime(2024, 8, 1, 1, 0, tzinfo=UTC)
DAY = date(2024, 8, 1)
PROPOSER = Actor.parse(steps.PROPOSER)
EDITION = "tokorozawa/2023-07"
MUNICIPALITY = "112089"
SAMPLED_ONE_IN = 12  # 50 requests a second are traced; of 600 a second that is one in twelve

_numbers = count(1)
_envelopes = count(1)  # their own: counted with the commands, every second number falls to them
_forms = [steps.submit(Random(number)).body for number in range(64)]
_commands = [
    SubmitProposal.model_validate(
        {**form, "actor": PROPOSER, "at": AT, "receipt_number": "2024-0", "secret_hash": "ab" * 32}
    )
    for form in _forms
]


def case_id() -> str:
    """Of a new case; random, as its client would make it."""
    return str(uuid.UUID(bytes=secrets.token_bytes(16), version=5))


def submissions(many: int) -> Iterator[tuple[str, SubmitProposal]]:
    """New cases with their first command, each with a receipt number of its own."""
    for _ in range(many):
        number = next(_numbers)
        command = _commands[number % len(_commands)]
        yield case_id(), command.model_copy(update={"receipt_number": f"2024-{number:06d}"})


def submitted(many: int) -> Iterator[Envelope]:
    """ProposalSubmitted of so many new cases."""
    for case, command in submissions(many):
        [fact] = PROPOSAL.decide(command, PROPOSAL.initial)
        yield envelope(case, fact)


def received(many: int) -> Iterator[Envelope]:
    """ProposalReceived of so many new cases."""
    for number in range(many):
        proposer = _commands[number % len(_commands)].proposer
        partner = Partner(name=proposer.name, corporate_number=proposer.corporate_number)
        fact = ProposalReceived(
            edition=EDITION,
            municipality=MUNICIPALITY,
            received_on=DAY,
            receipt_number=f"2024-{number:06d}",
            partner=partner,
        )
        yield envelope(case_id(), fact, version=2)


def envelope(case: str, fact: Fact, version: int = 1) -> Envelope:
    """The fact in the envelope that intake would give it; one in `SAMPLED_ONE_IN` belongs to a trace that is taken."""
    sampled = next(_envelopes) % SAMPLED_ONE_IN == 0
    return Envelope(
        id=new_id(),
        type=fact.type,
        source="/intake",
        subject=f"proposal/{case}",
        version=version,
        time=AT,
        case=case,
        actor=str(PROPOSER),
        municipality=MUNICIPALITY,
        cause=f"http:proposal/{case}:{case}-{version}.0",
        traceparent=f"00-{telemetry.trace_id(case):032x}-{secrets.token_hex(8)}-{int(sampled):02d}",
        body=fact.encoded(),
    )


def in_lots(envelopes: Iterator[Envelope], size: int) -> Iterator[Sequence[Envelope]]:
    """So many at a time."""
    lot: list[Envelope] = []
    for one in envelopes:
        lot.append(one)
        if len(lot) == size:
            yield lot
            lot = []
    if lot:
        yield lot
