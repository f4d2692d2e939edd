"""An agreement over the years: which rule answers which command.

Pure: no I/O, no clock, no new ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from chassis.decider import Decider
from services.agreements.domain.agreement import amending, life, projects, spending, stops
from services.agreements.domain.agreement.commands import (
    AddProject,
    AgreementCommand,
    AmendAgreement,
    ApproveAmendment,
    ConfirmAmendment,
    DecideProject,
    EndProject,
    EndWithAgreement,
    EnterAgreement,
    EscalateProject,
    Expire,
    GiveNotice,
    NoteAgreementScreening,
    RecordAgreementPayment,
    ReinstateAgreement,
    RenewAgreement,
    RequestRenewalScreening,
    SuspendAgreement,
    TerminateAgreement,
)
from services.agreements.domain.agreement.state import Agreement, AgreementFact, evolve
from services.agreements.domain.persons import NoteAgreementProposers, note_proposers, only_its_proposers_act


def decide(command: AgreementCommand, state: Agreement) -> Sequence[AgreementFact]:
    only_its_proposers_act(command.actor, state.proposers)
    match command:
        case EnterAgreement():
            return life.enter(command, state)
        case NoteAgreementScreening():
            return life.note_screening(command, state)
        case NoteAgreementProposers():
            return note_proposers(command, state.proposers)
        case GiveNotice():
            return life.give_notice(command, state)
        case RequestRenewalScreening():
            return life.request_screening(command, state)
        case RenewAgreement() | Expire():
            return life.renew(command, state)
        case TerminateAgreement():
            return life.terminate(command, state)
        case EndWithAgreement():
            return life.end_with_agreement(command, state)
        case SuspendAgreement():
            return stops.suspend(command, state)
        case ReinstateAgreement():
            return stops.reinstate(command, state)
        case AmendAgreement():
            return amending.propose(command, state)
        case ApproveAmendment():
            return amending.approve(command, state)
        case ConfirmAmendment():
            return amending.confirm(command, state)
        case AddProject():
            return projects.add(command, state)
        case EndProject():
            return projects.end(command, state)
        case DecideProject():
            return projects.decide_on(command, state)
        case EscalateProject():
            return projects.escalate(command, state)
        case RecordAgreementPayment():
            return spending.pay(command, state)
        case _:
            assert_never(command)


AGREEMENT: Decider[AgreementCommand, Agreement, AgreementFact] = Decider(
    "agreement",
    (
        EnterAgreement,
        NoteAgreementScreening,
        NoteAgreementProposers,
        GiveNotice,
        RequestRenewalScreening,
        RenewAgreement,
        Expire,
        TerminateAgreement,
        EndWithAgreement,
        SuspendAgreement,
        ReinstateAgreement,
        AmendAgreement,
        ApproveAmendment,
        ConfirmAmendment,
        AddProject,
        EndProject,
        DecideProject,
        EscalateProject,
        RecordAgreementPayment,
    ),
    Agreement(),
    decide,
    evolve,
)
