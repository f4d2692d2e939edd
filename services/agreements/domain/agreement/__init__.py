"""What was signed, over the years: stream `agreement/<case>`.

commands   what people can ask, what timers and other facts bring, and who may
state      what decisions need to know, and how each fact changes it
standing   where an agreement stands, and who speaks for which side
terms      which terms may be agreed on, notice days and renewals reckoned
life       entering, notice, renewal, expiry, termination
stops      an adverse fact, and what becomes of the agreement then
amending   changes that both sides stand by
spending   city money, within what was procured
projects   cases under a comprehensive agreement
deciding   which of these answers which command
"""

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
    Project,
    RecordAgreementPayment,
    ReinstateAgreement,
    RenewAgreement,
    RequestRenewalScreening,
    SuspendAgreement,
    TerminateAgreement,
)
from services.agreements.domain.agreement.deciding import AGREEMENT
from services.agreements.domain.agreement.state import Agreement, AgreementFact

__all__ = [
    "AGREEMENT",
    "AddProject",
    "Agreement",
    "AgreementCommand",
    "AgreementFact",
    "AmendAgreement",
    "ApproveAmendment",
    "ConfirmAmendment",
    "DecideProject",
    "EndProject",
    "EndWithAgreement",
    "EnterAgreement",
    "EscalateProject",
    "Expire",
    "GiveNotice",
    "NoteAgreementScreening",
    "Project",
    "RecordAgreementPayment",
    "ReinstateAgreement",
    "RenewAgreement",
    "RequestRenewalScreening",
    "SuspendAgreement",
    "TerminateAgreement",
]
