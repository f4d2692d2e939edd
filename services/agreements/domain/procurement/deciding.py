"""Which rule answers which command about a procurement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from services.agreements.domain.procurement import (
    award,
    fiscal,
    gate,
    method,
    paying,
    specification,
    splitting,
)
from services.agreements.domain.procurement.commands import (
    AbandonProcurement,
    AssignBudget,
    CheckSplitOrder,
    ConsentToSpecification,
    NotePartner,
    OpenProcurementGate,
    ProcurementCommand,
    PublishSpecification,
    RecordAward,
    RecordIpClaim,
    RecordMethod,
    RecordPayment,
    ResolveSplitOrder,
)
from services.agreements.domain.procurement.state import ProcurementFact
from services.agreements.domain.state import Partnership


def decide(command: ProcurementCommand, state: Partnership) -> Sequence[ProcurementFact]:
    match command:
        case NotePartner():
            return gate.note_partner(command, state)
        case OpenProcurementGate():
            return gate.open_gate(command, state)
        case RecordMethod():
            return method.record(command, state)
        case CheckSplitOrder():
            return splitting.check(command, state)
        case ResolveSplitOrder():
            return splitting.resolve(command, state)
        case ConsentToSpecification():
            return specification.consent(command, state)
        case PublishSpecification():
            return specification.publish(command, state)
        case AssignBudget():
            return fiscal.assign(command, state)
        case RecordAward():
            return award.record(command, state)
        case AbandonProcurement():
            return gate.abandon(command, state)
        case RecordPayment():
            return paying.pay(command, state)
        case RecordIpClaim():
            return paying.claim_rights(command, state)
        case _:
            assert_never(command)
